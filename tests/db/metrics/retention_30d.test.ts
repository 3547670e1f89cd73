import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

it.each([
  ['30 and 29 days ago', [30, 29], { value: 1, denominator: 1 }],
  ['59 days ago and today', [59, 0], { value: 1, denominator: 1 }],
  ['30 days ago only', [30], { value: 0, denominator: 1 }],
  ['60 days ago and today', [60, 0], { value: null, denominator: 0 }],
  ['in the last 30 days only', [29, 1], { value: null, denominator: 0 }],
])('a client who came %s', async (_, daysAgo, expected) => {
  const club = await clubs.open();
  await club.came('eva', daysAgo);
  expect(await club.metric('retention_30d')).toMatchObject(expected);
});

it('is the unrounded share of those who came before', async () => {
  const club = await clubs.open();
  await club.came('stayed', [40, 10]);
  await club.came('left', [40]);
  await club.came('gone', [35, 50]);
  expect((await club.metric('retention_30d')).value).toBeCloseTo(1 / 3, 15);
});
