import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

it.each([
  ['first came 31 days ago', [31], 1],
  ['first came 90 days ago', [90], 1],
  ['first came 30 days ago', [30], 0],
  ['first came 91 days ago', [91], 0],
  ['first came 60 days ago and last 30 days ago', [60, 30], 1],
  ['first came 60 days ago and last 29 days ago', [60, 29], 0],
])('a client who %s', async (_, daysAgo, expected) => {
  const club = await clubs.open();
  await club.came('eva', daysAgo);
  expect((await club.metric('early_churn')).value).toBe(expected);
});
