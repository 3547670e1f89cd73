import { formatDistance, formatInstant } from '#lib/format/time.ts';
import type { Clock } from '#lib/format/time.ts';
import type { Tone } from './tone.ts';

/** Limits above this are none. */
const UNLIMITED = 1_000_000_000;

const qualities: Record<'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN', { label: string; tone: Tone }> = {
  GREEN: { label: 'Good', tone: 'good' },
  YELLOW: { label: 'Medium: some members block or report messages', tone: 'warn' },
  RED: { label: 'Low: many members block or report messages', tone: 'bad' },
  UNKNOWN: { label: 'Not rated yet', tone: 'calm' },
};

const count = (people: number) => new Intl.NumberFormat('en-US').format(people);

function byWhom(by: string | null, me: string): string {
  if (by === 'system:whatsapp') return 'because WhatsApp refuses the number';
  return by === `operator:${me}` ? 'by you' : 'by a colleague';
}

export const sendingWords = {
  title: 'Sending',
  alerts: 'What needs somebody now',
  toSending: 'See how sending goes',
  open: 'Approved messages go out in the club’s sending hours.',
  paused: (at: string, by: string | null, me: string, clock: Clock) =>
    `Paused ${formatDistance(at, clock)} (${formatInstant(at, clock)}), ${byWhom(by, me)}. What is approved waits and is checked again before it goes out.`,
  reason: (reason: string) => `Reason: ${reason}`,
  shared: 'The number is shared: resuming lets every club go on that it had stopped.',
  pause: 'Pause all messages',
  resume: 'Resume sending',
  why: 'Why (for your colleagues)',
  readOnly: 'Owners and operators pause and resume.',
  isPaused: 'Nothing goes out any more until somebody resumes.',
  isResumed: 'Messages go out again.',
  unchanged: 'It was so already.',
  invalid: 'That was not understood: load the page again.',
  number: {
    title: 'The number',
    number: 'Number',
    quality: 'How members rate it',
    people: 'People written to in 24 hours',
    peopleHint:
      'Different people outside their 24 hours, over all clubs of this number, as WhatsApp counts them.',
    of: (reached: number, limit: number) =>
      limit > UNLIMITED ? `${count(reached)}, no limit` : `${count(reached)} of ${count(limit)}`,
    read: (at: string, clock: Clock) => `Read from WhatsApp ${formatDistance(at, clock)}.`,
    unread: 'Not read from WhatsApp yet: that happens every hour.',
    failed: (error: string) => `The last reading failed (${error}); what is shown is older.`,
    unknown: 'not known yet',
  },
  rating: (quality: keyof typeof qualities | null) => qualities[quality ?? 'UNKNOWN'],
};
