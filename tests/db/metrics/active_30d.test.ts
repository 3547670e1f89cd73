import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

it.each([
  ['today', [0], 1],
  ['29 days ago', [29], 1],
  ['30 days ago', [30], 0],
])('a client who came %s', async (_, daysAgo, expected) => {
  const club = await clubs.open();
  await club.came('eva', daysAgo);
  expect((await club.metric('active_30d')).value).toBe(expected);
});

it('counts neither walk-ins nor deleted clients, and a client we learn of later at once', async () => {
  const club = await clubs.open();
  await club.booking(null, club.today);
  await club.booking('unknown', club.today);
  await club.came('deleted', [1]);
  await club.deleteClient('deleted');
  expect((await club.metric('active_30d')).value).toBe(0);
  await club.client('unknown');
  expect((await club.metric('active_30d')).value).toBe(1);
});

it('counts thirty dates across 29 February', async () => {
  const club = await clubs.open({ today: '2028-03-15' });
  await club.client('eva');
  await club.visits('eva', ['2028-02-15']);
  expect((await club.metric('active_30d')).value).toBe(1);
  expect((await club.metric('active_30d', '2028-03-16')).value).toBe(0);
});
