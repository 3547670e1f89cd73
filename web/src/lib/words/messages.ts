import { counted } from '#lib/format/number.ts';
import type { AttemptOutcome, Decided, Delivery, MessageStatus } from '#lib/message.ts';
import { reasonWords } from './skip-reason.ts';
import type { Tone } from './tone.ts';

const statuses: Record<MessageStatus, { label: string; tone: Tone }> = {
  queued: { label: 'Queued', tone: 'calm' },
  sending: { label: 'Sending', tone: 'calm' },
  sent: { label: 'Sent', tone: 'good' },
  failed: { label: 'Will be tried again', tone: 'warn' },
  dead: { label: 'Not sent', tone: 'bad' },
  cancelled: { label: 'Cancelled', tone: 'calm' },
  uncertain: { label: 'Uncertain', tone: 'warn' },
};

const deliveries: Record<Delivery, string> = {
  accepted: 'Accepted by WhatsApp',
  held: 'Held by WhatsApp',
  sent: 'Sent by WhatsApp',
  delivered: 'Delivered',
  read: 'Read',
  failed: 'Not delivered',
};

const outcomes: Record<AttemptOutcome, string> = {
  accepted: 'accepted by WhatsApp',
  retry: 'failed, tried again later',
  final: 'failed for good',
  uncertain: 'no answer: it may have arrived',
  not_started: 'not started',
};

function whoDecided(actor: string | null, name: string | null, me: string): string {
  if (actor === `operator:${me}`) return 'you';
  if (actor?.startsWith('operator:')) return `${name ?? 'a colleague'}, in the dashboard`;
  if (actor?.startsWith('telegram:')) return `${name ?? 'a moderator'}, in Telegram`;
  if (actor?.startsWith('campaign:')) return 'whoever started the campaign';
  return 'the club’s own rule, without a person';
}

export const messages = {
  title: 'Messages',
  waiting: {
    title: 'Waiting for approval',
    none: 'Nothing waits for approval.',
    noneDetail: 'New drafts appear here by themselves.',
    some: (shown: number, all: number) => (all > shown ? `the first ${shown} of ${all}` : `${all}`),
    cannot: 'You can read these. An owner, operator or moderator decides.',
    why: 'Why',
    text: (member: string) => `The message ${member} would read`,
    language: 'Language',
    segment: 'Segment',
    noSegment: 'Unsegmented',
    expires: (when: string) => `Expires ${when}`,
    static: 'Standard text',
    writtenBy: (author: string) => `Written by ${author === 'You' ? 'you' : author}`,
    snoozed: (until: string, name: string | null) =>
      `Put off until ${until}${name === null ? '' : ` by ${name}`}`,
    gone: 'That message is not waiting any more: it was decided, it expired, or the member came back.',
    approve: 'Approve',
    approveFor: (member: string) => `Approve the message to ${member}`,
  },
  history: {
    title: 'History',
    caption: 'Approved messages, newest first',
    filter: 'Show',
    filters: {
      all: 'All',
      'on-the-way': 'On their way',
      sent: 'Sent',
      'needs-a-person': 'Need a person',
      cancelled: 'Cancelled',
      rejected: 'Rejected',
    },
    columns: {
      member: 'Member',
      scenario: 'Scenario',
      status: 'Status',
      delivery: 'Delivery',
      returned: 'Came back',
    },
    none: 'No message here yet.',
    noneFiltered: 'No message like this.',
    noneDetail: 'Approved messages appear here, with what became of each.',
    notReturned: 'Not yet',
    optedOut: 'Wants no messages',
    notDelivered: 'Nothing yet',
    queued: 'Approved',
    details: (member: string) => `Text and attempts of the message to ${member}`,
    detailsShort: (attempts: number) =>
      attempts === 0 ? 'Text' : `Text, ${counted(attempts, 'attempt', 'attempts')}`,
    steps: 'On its way',
    attempts: 'Attempts',
    noAttempts: 'Not tried yet.',
    why: 'Why',
    approvedBy: 'Approved by',
    running: 'under way',
    error: (code: number) => `error ${code}`,
    older: 'Older',
    newest: 'Newest',
    pages: 'Pages of the history',
  },
  copy: {
    action: (phone: string) => `Copy ${phone}`,
    done: (phone: string) => `${phone} copied`,
    failed: (phone: string) => `This browser does not let pages copy. The number is ${phone}`,
  },
  statuses,
  deliveries,
  outcomes,
  whoDecided,
  invalid: 'This form was incomplete. Load the page again and decide once more.',
  notAllowed: 'Only an owner, operator or moderator of the club may decide about its messages.',
  failed: 'That did not work, and nothing was changed. Try again in a moment.',
};

export interface Told extends Record<string, unknown> {
  tone: 'success' | 'info' | 'warning' | 'error';
  text: string;
}

/** What came of a decision, as the person reads it. */
export function decisionWords({ outcome, status, reason }: Decided): Told {
  switch (outcome) {
    case 'approved':
      return { tone: 'success', text: 'Approved. The message is on its way.' };
    case 'rejected':
      return { tone: 'success', text: 'Rejected. Nothing will be sent.' };
    case 'already_decided':
      return { tone: 'info', text: `Somebody was faster: it is already ${status ?? 'decided'}.` };
    case 'old_version':
      return {
        tone: 'warning',
        text: 'The text has changed since you read it. Read the new one and decide again.',
      };
    case 'expired':
      return { tone: 'warning', text: 'This draft has expired. Nothing will be sent.' };
    case 'not_eligible':
      return { tone: 'warning', text: `Not sent: ${reasonWords(reason ?? 'unknown')}.` };
    case 'unknown':
      return { tone: 'warning', text: 'This draft is no longer there.' };
  }
}
