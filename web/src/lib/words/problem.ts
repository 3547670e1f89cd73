import { counted } from '#lib/format/number.ts';
import type { Requeued, StuckMessage } from '#lib/message.ts';
import type { Told } from './messages.ts';

const purposes: Record<StuckMessage['purpose'], string> = {
  campaign: 'Campaign',
  answer: 'Your answer',
  confirmation: 'That a stop was heard',
};

const resolved: Record<string, Told> = {
  sent: { tone: 'success', text: 'Noted: it arrived, and counts as sent.' },
  dead: { tone: 'success', text: 'Noted: it did not arrive. It may be sent again now.' },
};

export const problemWords = {
  title: 'Problems',
  none: 'Nothing is stuck.',
  noneDetail: 'Messages that could not be sent, or of which nobody knows whether they arrived, appear here.',
  readOnly: 'You can read these. An owner or operator of the club decides.',
  invalid: 'Choose at least one message.',
  occasion: ({ purpose, occasion }: Pick<StuckMessage, 'purpose' | 'occasion'>) =>
    occasion ?? purposes[purpose],
  first: (shown: number, all: number) =>
    all > shown
      ? `the newest ${shown} of ${counted(all, 'message', 'messages')}`
      : counted(all, 'message', 'messages'),
  dead: {
    title: 'Not sent',
    lead: 'These certainly did not go out, and are not tried again by themselves. Remove the cause, then send them again: every check is made anew before each goes out.',
    code: (code: number | null) => (code === null ? 'no error code' : `error ${code}`),
    said: 'What was said',
    attempts: (attempts: number) => counted(attempts, 'attempt', 'attempts'),
    never: 'never tried',
    last: 'last',
    choose: (member: string) => `Choose the message to ${member}`,
    tooLate: 'Too late to send: the time for which it was planned is over.',
    again: 'Send the chosen again',
    all: (count: number) => `Send all ${count} again`,
    text: 'Text',
    textOf: (member: string) => `Text of the message to ${member}`,
  },
  uncertain: {
    title: 'Uncertain',
    lead: 'WhatsApp gave no answer while these were handed over, so nobody knows whether they arrived. They are never sent again by a machine: nobody should get a message twice. Mostly a receipt settles it within minutes. If none comes, ask the member, or look at the phone of the club.',
    arrived: 'It arrived',
    lost: 'It did not arrive',
    arrivedFor: (member: string) => `The message to ${member} arrived`,
    lostFor: (member: string) => `The message to ${member} did not arrive`,
    handedOver: 'Handed over',
  },
};

/** What came of sending dead messages again. */
export function requeuedWords({ requeued, expired, refused }: Requeued): Told {
  const parts = [
    ...(requeued > 0 ? [`${counted(requeued, 'message is', 'messages are')} on the way again.`] : []),
    ...(expired > 0 ? [`For ${counted(expired, 'message', 'messages')} it is too late.`] : []),
    ...(refused > 0 ? [`${counted(refused, 'message was', 'messages were')} not stuck any more.`] : []),
  ];
  return {
    tone: requeued > 0 ? (expired > 0 ? 'warning' : 'success') : 'info',
    text: parts.join(' ') || 'Nothing was chosen.',
  };
}

/** What came of saying whether an uncertain message arrived. */
export function resolvedWords(status: string, hasArrived: boolean): Told {
  const told = resolved[status];
  if (told && (status === 'sent') === hasArrived) return told;
  return { tone: 'info', text: `It was settled already: it is ${status} by now.` };
}
