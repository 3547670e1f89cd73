import type { Told } from './messages.ts';

export const webhookWords = {
  title: 'News from WhatsApp that need you',
  lead: 'WhatsApp reported something that does not fit what is known here. The rest is not affected. Do what each asks for, and note it; or have it read once more when its cause is gone.',
  kinds: {
    status: 'What became of a message',
    message: 'A message of a member',
    user_preference: 'A member’s settings in WhatsApp',
    other: 'Something else',
  } as Record<string, string>,
  received: 'Received',
  userId: 'WhatsApp’s id of the sender',
  raw: 'What WhatsApp sent',
  note: 'What you did about it',
  settle: 'Settled',
  retry: 'Read it again',
  invalid: 'Write what you did about it.',
  readAgain: 'It is understood now.',
  stillThere: (left: string) => `Not yet: ${left}`,
};

/** What came of noting what was done. */
export const settledWords = (isSettled: boolean): Told =>
  isSettled ? { tone: 'success', text: 'Settled.' } : { tone: 'info', text: 'It was settled already.' };
