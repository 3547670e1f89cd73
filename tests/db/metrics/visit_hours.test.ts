import { expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

/** The hours somebody came in, as `weekday hour → visits, clients`. */
async function hours(club: Club, day = club.today, days = 90) {
  const rows = await clubs.sql<{ weekday: number; hour: number; visits: number; clients: number }[]>`
    select weekday, hour, visits::int, clients::int from metrics.visit_hours(${club.id}, ${day}, ${days})`;
  expect(rows.map(({ weekday, hour }) => `${weekday} ${hour}`)).toEqual(
    [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => Array.from({ length: 24 }, (_, hour) => `${weekday} ${hour}`)),
  );
  return Object.fromEntries(
    rows
      .filter(({ visits }) => visits > 0)
      .map(({ weekday, hour, visits, clients }) => [`${weekday} ${hour}`, [visits, clients]]),
  );
}

it('counts visits and clients by weekday and hour', async () => {
  const club = await clubs.open();
  for (const name of ['ann', 'bob']) await club.client(name);
  // 15 June 2026 is a Monday, the 14th a Sunday.
  await club.visits('ann', ['2026-06-15', '2026-06-08'], { time: '18:59' });
  await club.booking('bob', '2026-06-15', { time: '18:00' });
  await club.booking('bob', '2026-06-14', { time: '00:00' });
  await club.booking('bob', '2026-06-14', { time: '10:00', status: 'no_show' });
  expect(await hours(club)).toEqual({ '1 18': [3, 2], '7 0': [1, 1] });
});

it('goes by the wall clock of the club’s zone', async () => {
  const club = await clubs.open({ timezone: 'America/New_York' });
  await club.client('ann');
  // 03:30 UTC on Monday is half past eleven on Sunday night.
  await club.booking('ann', club.today, { startsAt: '2026-06-15T03:30:00Z' });
  expect(await hours(club)).toEqual({ '7 23': [1, 1] });
});

it('keeps six in the evening together over a change of the clocks, and the repeated hour as one', async () => {
  const club = await clubs.open({ today: '2026-11-01' });
  await club.client('ann');
  // Friday before and after 25 October 2026, when Prague goes back from 03:00 to 02:00.
  await club.booking('ann', club.today, { startsAt: '2026-10-23T16:00:00Z' });
  await club.booking('ann', club.today, { startsAt: '2026-10-30T17:00:00Z' });
  await club.booking('ann', club.today, { startsAt: '2026-10-25T00:30:00Z' });
  await club.booking('ann', club.today, { startsAt: '2026-10-25T01:30:00Z' });
  expect(await hours(club)).toEqual({ '5 18': [2, 1], '7 2': [2, 1] });
});

it.each([
  [0, 1],
  [89, 1],
  [90, 0],
  [-1, 0],
])('takes the last days up to the day: a visit %i days ago', async (daysAgo, seen) => {
  const club = await clubs.open();
  await club.came('ann', [daysAgo]);
  expect(Object.keys(await hours(club))).toHaveLength(seen);
});

it('reads a past day as it was, of clients who are there', async () => {
  const club = await clubs.open();
  await club.came('ann', [20, 3]);
  await club.came('gone', [20]);
  await club.deleteClient('gone');
  expect(Object.values(await hours(club, club.ago(10)))).toEqual([[1, 1]]);
  expect(Object.values(await hours(club, club.today, 7))).toEqual([[1, 1]]);
});

it('has all hours, empty, for a club without visits, whatever others have', async () => {
  const busy = await clubs.open();
  await busy.came('ann', [3]);
  expect(await hours(await clubs.open())).toEqual({});
});
