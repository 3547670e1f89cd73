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

it('parts the two windows at the club’s midnight', async () => {
  const club = await clubs.open();
  await club.client('eva');
  // A minute before and at the midnight between 30 and 29 days ago, in Prague.
  await club.booking('eva', '', { startsAt: `${club.ago(30)}T21:59:00Z` });
  expect(await club.metric('retention_30d')).toMatchObject({ value: 0, denominator: 1 });
  await club.booking('eva', '', { startsAt: `${club.ago(30)}T22:00:00Z` });
  expect(await club.metric('retention_30d')).toMatchObject({ value: 1, denominator: 1 });
});

it('counts 30 dates on either side of 29 February', async () => {
  const club = await clubs.open();
  await club.client('eva');
  await club.visits('eva', ['2028-01-31', '2028-02-29']);
  // 29 February is 30 dates after 30 January, and 31 January is in the last 30.
  expect((await club.metric('retention_30d', '2028-02-29')).value).toBeNull();
  expect((await club.metric('retention_30d', '2028-03-01')).value).toBe(1);
  expect((await club.metric('retention_30d', '2028-03-29')).value).toBe(1);
  expect((await club.metric('retention_30d', '2028-03-30')).value).toBe(0);
  expect((await club.metric('retention_30d', '2028-04-28')).value).toBe(0);
  expect((await club.metric('retention_30d', '2028-04-29')).value).toBeNull();
});

it('leaves deleted clients out of both windows', async () => {
  const club = await clubs.open();
  await club.came('stayed', [40, 1]);
  await club.came('deleted', [40]);
  expect((await club.metric('retention_30d')).value).toBe(0.5);
  await club.deleteClient('deleted');
  expect((await club.metric('retention_30d')).value).toBe(1);
});
