import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

it.each([
  ['59 days ago', [59], 0],
  ['60 days ago', [60], 1],
  ['179 days ago', [179], 1],
  ['180 days ago', [180], 0],
  ['never', [], 0],
])('a client who last came %s', async (_, daysAgo, expected) => {
  const club = await clubs.open();
  await club.came('eva', [...daysAgo, ...daysAgo.map((days) => days + 100)]);
  expect((await club.metric('inactive_60d')).value).toBe(expected);
});
