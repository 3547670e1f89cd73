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

it('counts from the last visit, whatever was missed or deleted since, and forgets it with the next', async () => {
  const club = await clubs.open();
  await club.came('eva', [60, 61, 400]);
  await club.booking('eva', club.ago(2), { status: 'no_show' });
  await club.booking('eva', club.ago(2), { id: 'visit', isDeleted: true });
  expect((await club.metric('inactive_60d')).value).toBe(1);
  await club.booking('eva', club.ago(2), { id: 'visit' });
  expect((await club.metric('inactive_60d')).value).toBe(0);
  expect((await club.metric('inactive_60d', club.ago(3))).value, 'not 60 days yet, then').toBe(0);
});

it('counts 60 dates across 29 February', async () => {
  const club = await clubs.open();
  await club.client('eva');
  await club.visits('eva', ['2028-01-30']);
  expect((await club.metric('inactive_60d', '2028-03-29')).value).toBe(0);
  expect((await club.metric('inactive_60d', '2028-03-30')).value).toBe(1);
});
