import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

it.each([
  ['today', [0], 1],
  ['6 days ago', [6], 1],
  ['7 days ago', [7], 0],
  ['6 days ago, and not the first', [6, 7], 0],
  ['tomorrow', [-1], 0],
])('a client who came %s', async (_, daysAgo, expected) => {
  const club = await clubs.open();
  await club.came('eva', daysAgo);
  expect((await club.metric('new_clients_7d')).value).toBe(expected);
});

it('does not take a booking that was missed for a first visit', async () => {
  const club = await clubs.open();
  await club.came('eva', [20], { status: 'no_show' });
  await club.visits('eva', [club.ago(2)]);
  expect((await club.metric('new_clients_7d')).value).toBe(1);
});

it('counts a first visit on the edge of the club’s day, not of UTC’s', async () => {
  const club = await clubs.open({ timezone: 'America/New_York' });
  await club.client('in');
  await club.booking('in', '', { startsAt: `${club.ago(6)}T04:00:00Z` });
  await club.client('out');
  await club.booking('out', '', { startsAt: `${club.ago(6)}T03:59:00Z` });
  expect((await club.metric('new_clients_7d')).value).toBe(1);
});
