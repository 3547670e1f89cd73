import { expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

/** The rows somebody is in: `day: from-until → clients, stayed, share`. */
async function curve(club: Club, day = club.today) {
  const rows = await clubs.sql<{ row: string; clients: number; stayed: number; share: number | null }[]>`
    select day || ': ' || visits_from || coalesce('-' || visits_until, '+') as row,
      clients::int, stayed::int, share::float8
    from metrics.onboarding_curve(${club.id}, ${day})`;
  expect(rows.map(({ row }) => row)).toEqual(
    [7, 14, 30].flatMap((day) => ['1-1', '2-2', '3-4', '5-8', '9+'].map((bucket) => `${day}: ${bucket}`)),
  );
  for (const { clients, share } of rows) expect(share === null).toBe(clients === 0);
  return Object.fromEntries(
    rows
      .filter(({ clients }) => clients > 0)
      .map(({ row, clients, stayed, share }) => [row, [clients, stayed, share]]),
  );
}

it('sets the visits of the first days against who stayed a year', async () => {
  const club = await clubs.open();
  await club.came('left', [400]);
  await club.came('stayed', [400, 395, 390, 380, 50]);
  await club.came('stayed too', [400, 50]);
  expect(await curve(club)).toEqual({
    '7: 1-1': [2, 1, 0.5],
    '7: 2-2': [1, 1, 1],
    '14: 1-1': [2, 1, 0.5],
    '14: 3-4': [1, 1, 1],
    '30: 1-1': [2, 1, 0.5],
    '30: 3-4': [1, 1, 1],
  });
});

it.each([
  [7, ['7: 2-2', '14: 2-2', '30: 2-2']],
  [8, ['7: 1-1', '14: 2-2', '30: 2-2']],
  [14, ['7: 1-1', '14: 2-2', '30: 2-2']],
  [15, ['7: 1-1', '14: 1-1', '30: 2-2']],
  [30, ['7: 1-1', '14: 1-1', '30: 2-2']],
  [31, ['7: 1-1', '14: 1-1', '30: 1-1']],
])('a second visit %i days after the first', async (days, rows) => {
  const club = await clubs.open();
  await club.came('ann', [500, 500 - days]);
  expect(Object.keys(await curve(club))).toEqual(rows);
});

it.each([
  [1, '1-1'],
  [2, '2-2'],
  [3, '3-4'],
  [4, '3-4'],
  [5, '5-8'],
  [8, '5-8'],
  [9, '9+'],
  [15, '9+'],
])('%i visits', async (visits, bucket) => {
  const club = await clubs.open();
  await club.came(
    'ann',
    Array.from({ length: visits }, (_, day) => 500 - day),
  );
  expect(Object.keys(await curve(club)).at(-1)).toBe(`30: ${bucket}`);
});

it.each([
  [334, 0],
  [335, 1],
  [365, 1],
  [366, 0],
])('a visit %i days after the first', async (days, stayed) => {
  const club = await clubs.open();
  await club.came('ann', [500, 500 - days]);
  expect((await curve(club))['30: 1-1']![1]).toBe(stayed);
});

it.each([
  [364, 0],
  [365, 1],
  [729, 1],
  [730, 0],
])('a client whose first visit was %i days ago', async (daysAgo, clients) => {
  const club = await clubs.open();
  await club.came('ann', [daysAgo]);
  expect(Object.keys(await curve(club))).toHaveLength(3 * clients);
});

it('counts clients who are there, and visits they made', async () => {
  const club = await clubs.open();
  await club.came('ann', [400]);
  await club.booking('ann', club.ago(399), { status: 'no_show' });
  await club.booking('ann', club.ago(50), { status: 'booked' });
  await club.came('gone', [400]);
  await club.deleteClient('gone');
  expect((await curve(club))['7: 1-1']).toEqual([1, 0, 0]);
});

it('reads a past day as it was read then, from the rollup or not', async () => {
  const club = await clubs.open();
  await club.came('ann', [400, 390]);
  const then = await curve(club, club.ago(35));
  expect(then['14: 2-2']).toEqual([1, 0, 0]);
  await club.visits('ann', [club.ago(34)]);
  await club.refresh();
  // The window of a year's stay ended on that day.
  expect(await curve(club, club.ago(35))).toEqual(then);
});

it('is empty for a club without visits, whatever others have', async () => {
  const busy = await clubs.open();
  await busy.came('ann', [400]);
  expect(await curve(await clubs.open())).toEqual({});
});
