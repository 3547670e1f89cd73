import { formatDistance, formatInstant } from '#lib/format/time.ts';
import type { Clock } from '#lib/format/time.ts';
import type { Conversation, ThreadMessage } from '#lib/conversation.ts';
import { hasOpenWindow } from '#lib/conversation.ts';
import { messages } from './messages.ts';
import type { Told } from './messages.ts';
import type { Tone } from './tone.ts';

const needs: Record<NonNullable<Conversation['needs']>, { label: string; tone: Tone }> = {
  answer: { label: 'Needs an answer', tone: 'warn' },
  decision: { label: 'Unclear wish', tone: 'bad' },
};

const purposes: Record<ThreadMessage['kind'], string> = {
  inbound: '',
  campaign: 'Campaign',
  answer: 'Answer',
  confirmation: 'Stop confirmed',
};

function whoWrote(author: string | null, me: string): string {
  if (author === `operator:${me}`) return 'you';
  return author?.startsWith('operator:') ? 'a colleague' : 'the club';
}

export const conversationWords = {
  suggestion: {
    title: 'Suggested by Claude, from what the club says of itself. Read it before you send it.',
    ask: 'Suggest a reply',
    again: 'Suggest another',
    use: 'Use these words',
    writing: 'A reply is being written; it takes a few seconds.',
    asked: 'A reply is being written.',
  },
  title: 'Conversations',
  lead: 'Members who wrote back. While a conversation is open, nothing is planned for them and no campaign reaches them.',
  filter: 'Show',
  filters: { open: 'Open', closed: 'Closed' },
  none: {
    open: {
      title: 'Nobody waits for an answer.',
      detail: 'A member who writes back appears here by themselves.',
    },
    closed: { title: 'No conversation was closed yet.', detail: 'Once one is done, it is kept here.' },
  },
  first: (shown: number, all: number) => (all > shown ? `The first ${shown} of ${all}.` : ''),
  state: ({ needs: what, is_open }: Conversation): { label: string; tone: Tone } => {
    if (!is_open) return { label: 'Closed', tone: 'calm' };
    return what === null ? { label: 'Answered', tone: 'good' } : needs[what];
  },
  wordless: 'A message without words',
  wrote: 'Wrote',
  /** How long a member may be answered in one's own words; short where there is no room. */
  window: (conversation: Pick<Conversation, 'window_closes_at'>, clock: Clock): string =>
    hasOpenWindow(conversation, clock.now)
      ? `Answer freely until ${formatInstant(conversation.window_closes_at!, clock)}, ${formatDistance(conversation.window_closes_at!, clock)}`
      : 'Only a template, until they write again',
  back: 'All conversations',
  thread: (member: string) => `What was written with ${member}, the newest last`,
  empty: 'Nothing was written yet.',
  from: (message: ThreadMessage, member: string, me: string): string => {
    if (message.kind === 'inbound') return member;
    if (message.kind === 'answer') return whoWrote(message.author, me);
    return purposes[message.kind];
  },
  /** What became of a message of the club's. */
  sent: ({ status, delivery }: ThreadMessage): { label: string; isBad: boolean } | null => {
    if (status === null) return null;
    if (delivery !== null) return { label: messages.deliveries[delivery], isBad: delivery === 'failed' };
    return { label: messages.statuses[status].label, isBad: status === 'dead' };
  },
  about: {
    title: 'The member',
    segment: 'Segment',
    unsegmented: 'Unsegmented',
    page: 'Open their page',
    phone: 'Phone',
    opened: 'Opened',
    closed: 'Closed',
  },
  pause: {
    title: 'In conversation',
    text: 'Scenarios and campaigns leave them out until it is closed.',
    link: 'Go to the conversation',
    past: 'Wrote to the club',
    pastText: 'Their last conversation is closed, and holds nothing back.',
  },
  wish: {
    title: 'Do they want no more messages?',
    lead: 'Their words may mean that. Until somebody says so, nothing but your answers is sent to them.',
    yes: 'Yes, they want no more messages',
    no: 'No, keep them',
    stopped: 'Noted. They get no more marketing, and are told so.',
    kept: 'Noted. Once the conversation is closed they are written to as before.',
  },
  answer: {
    title: 'Answer',
    text: 'Your answer',
    hint: 'Up to 4,096 characters. It goes to their WhatsApp as you write it.',
    send: 'Send the answer',
    sent: 'On its way.',
    closed: 'This conversation is closed. When they write again, a new one opens.',
    readOnly: 'You can read this. An owner, operator or moderator answers.',
    incomplete: 'Write something first.',
  },
  template: {
    lead: 'More than 24 hours have passed since they wrote, so WhatsApp takes nothing but a template it has approved.',
    choose: 'Template',
    none: 'No template may go to them: either they agreed to no marketing, or none that WhatsApp has approved can be filled for them.',
    line: 'Your words in the template',
    hint: 'One line. It stands where the template has a place for it.',
    noPlace: 'This template has no place for words of your own.',
    preview: 'As they will read it',
    send: 'Send the template',
    incomplete: 'Choose a template and write your line.',
  },
  done: {
    title: 'Done',
    lead: 'Close it when nothing is left to say: scenarios and campaigns may write to them again.',
    button: 'Done, close the conversation',
    closed: 'Closed. They are written to as before.',
    already: 'It was closed already.',
  },
  invalid: 'This form was incomplete. Load the page again and try once more.',
  unknown: 'There is no such conversation. It may belong to another club.',
};

export const closedWords = (isClosed: boolean): Told =>
  isClosed
    ? { tone: 'success', text: conversationWords.done.closed }
    : { tone: 'info', text: conversationWords.done.already };
