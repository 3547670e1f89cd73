import type { Change } from '#lib/change.ts';

const ways = { up: 'up', down: 'down' } as const;

export const changeWords = {
  title: 'Change',
  none: 'Nothing to compare yet',
  flat: 'No change',
  better: 'better',
  worse: 'worse',
  tooFew: 'too few to mean it',
  /** As it is heard; what is seen has a sign and an arrow. */
  spoken: ({ way, size }: Change) =>
    way === 'flat' ? 'no change' : `${ways[way]} ${size.replace(/ pp$/, ' percentage points')}`,
  day: (isYesterday: boolean, date: string, value: string) =>
    isYesterday ? `Yesterday, ${date} (${value}),` : `${date} (${value})`,
  against: (date: string, value: string) => `against ${date} (${value})`,
  noValue: 'no value',
  notYet: 'It appears when two days a period apart have been kept.',
  line: (days: number) => `The last ${days} days`,
  lineSpoken: (days: number, first: string, firstDay: string, last: string, lastDay: string) =>
    `The last ${days} days: ${first} on ${firstDay}, ${last} on ${lastDay}`,
};
