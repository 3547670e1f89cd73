import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

it.each([
  ['today', [0], 1],
  ['29 days ago', [29], 1],
  ['30 days ago', [30], 0],
  ['29 days ago, and not the first', [29, 400], 0],
])('a client who came %s', async (_, daysAgo, expected) => {
  const club = await clubs.open();
  await club.came('eva', daysAgo);
  expect((await club.metric('new_clients_30d')).value).toBe(expected);
});

it('counts a client whose earlier visit turned out to be deleted', async () => {
  const club = await clubs.open();
  await club.came('eva', [5]);
  await club.booking('eva', club.ago(100), { id: 'first' });
  expect((await club.metric('new_clients_30d')).value).toBe(0);
  await club.booking('eva', club.ago(100), { id: 'first', isDeleted: true });
  expect((await club.metric('new_clients_30d')).value).toBe(1);
});

it('reads a past day as it was: what came later does not count', async () => {
  const club = await clubs.open();
  await club.came('eva', [10, 50]);
  expect((await club.metric('new_clients_30d')).value).toBe(0);
  expect((await club.metric('new_clients_30d', club.ago(40))).value).toBe(1);
  expect((await club.metric('new_clients_30d', club.ago(51))).value).toBe(0);
});

it('counts 30 dates back from 29 February', async () => {
  const club = await clubs.open();
  for (const day of ['2028-01-30', '2028-01-31', '2028-02-29']) {
    await club.client(day);
    await club.visits(day, [day]);
  }
  expect((await club.metric('new_clients_30d', '2028-02-29')).value).toBe(2);
  expect((await club.metric('new_clients_30d', '2028-02-28')).value).toBe(2);
});
