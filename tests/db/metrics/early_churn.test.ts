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

it.each([
  ['never came', [], {}, 0],
  ['only missed her bookings', [40], { status: 'no_show' }, 0],
  ['is coming tomorrow', [40, -1], {}, 1],
] as const)('a client who %s', async (_, daysAgo, fields, expected) => {
  const club = await clubs.open();
  await club.came('eva', [...daysAgo], fields);
  expect((await club.metric('early_churn')).value).toBe(expected);
});

it('takes whoever turns out to have come long before for no newcomer', async () => {
  const club = await clubs.open();
  await club.came('eva', [40]);
  expect((await club.metric('early_churn')).value).toBe(1);
  await club.visits('eva', [club.ago(400)]);
  expect((await club.metric('early_churn')).value).toBe(0);
  expect((await club.metric('early_churn', club.ago(330))).value).toBe(1);
});
