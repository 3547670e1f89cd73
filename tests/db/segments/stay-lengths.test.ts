import { expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { tellHistory } from './told-history.ts';
import type { ToldChange } from './told-history.ts';

const clubs = useClubs();

const BEGINS = 100;

type Stay = [began: number, ended: number | null];
const repeated = (times: number, stay: Stay): Stay[] => Array.from({ length: times }, () => stay);

/** Of each stay in the segment how long ago it began and ended; null: still running. */
async function told(stays: Stay[]): Promise<Club> {
  const club = await clubs.open();
  const changes = stays.flatMap(([began, ended], index): ToldChange[] => [
    [`client-${index}`, began, null, 'regular'],
    ...(ended === null ? [] : [[`client-${index}`, ended, 'regular', null] satisfies ToldChange]),
  ]);
  const members = stays.map(([, ended], index) => [`client-${index}`, ended === null ? 'regular' : null]);
  await tellHistory(club, { begins: BEGINS, changes, members: Object.fromEntries(members) });
  return club;
}

async function lengths(club: Club, daysAgo = 0) {
  const [row] = await clubs.sql`
    select finished::int, running::int, median_days as median, median_days_with_running as "withRunning"
    from segments.stay_lengths(${club.id}, ${club.ago(daysAgo)}) where segment = 'regular'`;
  return row;
}

it.each<[string, Stay[], object]>([
  ['nobody', [], { finished: 0, running: 0, median: null, withRunning: null }],
  [
    'stays that are all over',
    [
      [50, 48],
      [50, 46],
      [50, 44],
    ],
    { finished: 3, running: 0, median: 4, withRunning: 4 },
  ],
  [
    'an even number of them',
    [
      [50, 49],
      [50, 44],
    ],
    { finished: 2, running: 0, median: 3.5, withRunning: 1 },
  ],
  [
    'a running stay longer than all',
    [
      [50, 48],
      [50, 46],
      [50, 44],
      [10, null],
    ],
    { finished: 3, running: 1, median: 4, withRunning: 4 },
  ],
  [
    'running stays that have outlasted the others',
    [
      [50, 45],
      [7, null],
      [9, null],
    ],
    { finished: 1, running: 2, median: 5, withRunning: null },
  ],
  [
    'a running stay that says nothing yet of the longer ones',
    [
      [50, 48],
      [50, 42],
      [4, null],
    ],
    { finished: 2, running: 1, median: 5, withRunning: 8 },
  ],
  [
    'one that began today',
    [
      [50, 48],
      [0, null],
    ],
    { finished: 1, running: 1, median: 2, withRunning: 2 },
  ],
  // 11/12 of 6/11: a half, which logarithms miss by a hair.
  [
    'a share of exactly a half',
    [[50, 48], ...repeated(5, [50, 45]), ...repeated(6, [90, null])],
    { finished: 6, running: 6, median: 5, withRunning: 5 },
  ],
])('of %s', async (_, stays, expected) => {
  expect(await lengths(await told(stays))).toEqual(expected);
});

it('are as of the day that is asked for', async () => {
  const club = await told([
    [50, 40],
    [30, 10],
    [5, null],
  ]);
  expect(await lengths(club, 0)).toEqual({ finished: 2, running: 1, median: 15, withRunning: 10 });
  expect(await lengths(club, 10)).toEqual({ finished: 2, running: 0, median: 15, withRunning: 10 });
  expect(await lengths(club, 11)).toEqual({ finished: 1, running: 1, median: 10, withRunning: 10 });
  expect(await lengths(club, 60)).toEqual({ finished: 0, running: 0, median: null, withRunning: null });
});

it('leave out who was in the segment when the history began, since nobody knows for how long', async () => {
  const club = await clubs.open();
  await tellHistory(club, {
    begins: BEGINS,
    changes: [['there before', 20, 'regular', null]],
    members: { 'there before': null, 'there before and now': 'regular' },
  });
  expect(await lengths(club)).toEqual({ finished: 0, running: 0, median: null, withRunning: null });
});

it('are refused for a day that is not known yet', async () => {
  const club = await told([[5, null]]);
  await expect(lengths(club, -1)).rejects.toThrow(
    `The segments of club ${club.id} are known until ${club.today}: ask for that day or an earlier one.`,
  );
});
