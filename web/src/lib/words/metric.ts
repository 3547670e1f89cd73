import { formatCount } from '#lib/format/number.ts';
import type { HistoryRange } from '#lib/history-range.ts';
import type { KindReading } from '#lib/server/db/kind-readings.ts';
import type { Metric } from '#lib/server/db/metrics.ts';

const ranges: Record<HistoryRange, string> = { '90-days': '90 days', '1-year': '1 year', all: 'All' };

const kinds: Record<KindReading['service_kind'], string> = {
  trial: 'Trial',
  group: 'Group class',
  personal: 'Personal training',
  open: 'Open gym',
  other: 'Other',
};

const directions: Record<Metric['direction'], string> = {
  up: 'Higher is better.',
  down: 'Lower is better.',
  neutral: 'Neither way is good or bad by itself.',
};

export const metricWords = {
  back: 'All numbers',
  unknown: (code: string) => `No number is called “${code}”. All there are is on Today, under Numbers.`,
  now: 'Now',
  parts: { numerator: 'Numerator', denominator: 'Denominator', sample: 'Sample' },
  wrong: 'Something is wrong with the numbers.',
  wrongLink: 'See what, on Today',
  history: {
    title: 'History',
    range: 'Show',
    ranges,
    empty: 'No day has been kept yet.',
    emptyDetail: 'Today’s reading is kept within ten minutes, and the days before follow.',
    noValue: 'No day here has a value: there was nobody to count.',
    known: 'Read on the day itself',
    replayed: 'Replayed later, from what was known by then',
    slider: (title: string) => `${title}, day by day`,
    hint: 'Point at the line, or use the arrow keys on it, to read a day.',
    tooFew: 'too few to mean it',
    fewNote: 'Days that rest on too few are in the line, not among the lowest and highest.',
    soFar: 'today so far',
    none: 'nobody to count',
    readings: { known: 'read on the day', replayed: 'replayed later' },
    extremes: (low: string, lowDay: string, high: string, highDay: string) =>
      `Lowest ${low} on ${lowDay}, highest ${high} on ${highDay}.`,
    flat: (value: string) => `${value} on every day.`,
  },
  about: {
    title: 'What it means',
    direction: 'Which way is good',
    directions,
    smallest: 'Smallest sample',
    smallestDetail: (smallest: number) => `Read it from ${formatCount(smallest)} on.`,
    period: 'Compared with',
    periodDetail: (days: number) => `The reading of ${days} days before, both of whole days.`,
    sql: 'The SQL that is run',
    languages: (count: number) => `In ${count} languages`,
  },
  columns: { value: 'Value', ratio: 'Of', sample: 'Sample', day: 'Day' },
  kinds: {
    title: 'By service kind',
    asOf: (date: string) => `${date}, as if the club had only visits of that kind. The kinds do not add up.`,
    table: 'The reading of each service kind',
    first: 'Service kind',
    names: kinds,
    empty: 'Kept once a day, for the day that is over: the first one is not there yet.',
  },
  locations: {
    title: 'By location',
    lead: 'The latest reading that was kept in each of your clubs.',
    table: 'The reading of each location',
    first: 'Location',
    here: 'this one',
  },
  clients: {
    title: 'The people behind it',
    list: 'The list of people',
    shown: (shown: number, all: number) => `${formatCount(shown)} of ${formatCount(all)} shown`,
    allCounted: 'All of them are counted.',
    some: 'Those the number counts come first; the others are whom it is taken among.',
    counted: 'Counted',
    notCounted: 'Not counted',
    none: 'Nobody, as of today.',
  },
};
