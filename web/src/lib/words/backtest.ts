import { cameBackAlone } from '#lib/backtest.ts';
import type { Tally } from '#lib/backtest.ts';
import { counted, formatCount, formatShare } from '#lib/format/number.ts';
import { reasonWords } from './skip-reason.ts';

const days = (count: number) => counted(count, 'day', 'days');

/** What a backtest says in the end, in sentences. */
export function backtestSentences(total: Tally, returnDays: number): string[] {
  const alone = cameBackAlone(total);
  const late = total.messaged - total.followed;
  const share = total.followed === 0 ? '' : ` (${formatShare(alone / total.followed)})`;
  return [
    `Of ${formatCount(total.followed)} it would have messaged, ${formatCount(alone)} came back on their own within ${days(returnDays)}${share}.`,
    ...(total.returned_contacted > 0
      ? [`${formatCount(total.returned_contacted)} more came back after a message that really reached them.`]
      : []),
    ...(late > 0
      ? [
          `${formatCount(late)} more would have been messaged too late to say: their ${days(returnDays)} were not over.`,
        ]
      : []),
    ...(total.met_cap + total.met_cooldown > 0
      ? [
          `The frequency cap held up ${formatCount(total.met_cap)} and the cooldown ${formatCount(total.met_cooldown)}, some of whom had their message later.`,
        ]
      : []),
  ];
}

export const backtestWords = {
  title: 'The last 12 months, replayed',
  lead: 'What it would have done, day by day. Visits count from their day and bookings from when they were made; consents, opt-outs, phones, templates and settings as they are today, as if they had held all along.',
  which: 'Which scenarios were on',
  alone: 'This one alone',
  together: 'All that are on, together',
  ask: 'Replay the last 12 months',
  askAgain: 'Replay it again',
  readOnly: 'Only an owner or operator of the club may have it replayed.',
  started: 'It is being replayed, a few days every minute. You can leave this page.',
  none: 'Not replayed yet.',
  noneDetail: 'It takes minutes, in a large club hours, and disturbs nothing.',
  running: (done: number, all: number) => `Replayed ${formatCount(done)} of ${days(all)}.`,
  runningDetail: 'A few days every minute. You can leave this page.',
  progress: 'Days replayed',
  failed: (error: string) => `The last replay stopped: ${error}. Ask for it again.`,
  period: (from: string, until: string) => `${from} to ${until}`,
  nothing: 'It would have fitted nobody in that time.',
  months: {
    table: 'What it would have done in each month',
    columns: {
      month: 'Month',
      messaged: 'Messaged',
      returned: 'Came back on their own',
      contacted: 'Came back after a real message',
      cap: 'Met the cap',
      cooldown: 'Met the cooldown',
      skipped: 'Never messaged',
    },
    total: 'In all',
    of: (returned: number, followed: number) => `${formatCount(returned)} of ${formatCount(followed)}`,
  },
  skipped: {
    title: 'Who would have got nothing',
    none: 'Everybody it fitted would have been messaged.',
    reason: (code: string, count: number) =>
      `${counted(count, 'occasion', 'occasions')}: ${reasonWords(code)}`,
  },
  people: {
    title: 'Whom it would have messaged',
    shown: (shown: number, all: number) =>
      shown === all
        ? counted(all, 'message', 'messages')
        : `the last ${formatCount(shown)} of ${counted(all, 'message', 'messages')}`,
    table: 'Whom it would have messaged, and when they came back',
    columns: { name: 'Name', day: 'Message', returned: 'Came back' },
    onTheirOwn: (date: string) => `${date}, on their own`,
    afterMessage: (date: string) => `${date}, after a real message`,
    not: (within: number) => `not within ${days(within)}`,
    notYet: (within: number) => `not yet, the ${days(within)} are not over`,
  },
};
