import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

it.each([
  ['179 days ago', [179], 0],
  ['180 days ago', [180], 1],
  ['2,000 days ago', [2000], 1],
  ['never', [], 0],
])('a client who last came %s', async (_, daysAgo, expected) => {
  const club = await clubs.open();
  await club.came('eva', daysAgo);
  expect((await club.metric('inactive_180d')).value).toBe(expected);
});
