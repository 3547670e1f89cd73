import { expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

/** `{ '2026-04': [[clients, active, retention, is_complete], …] }`, by month number. */
async function triangle(club: Club, day = club.today, months = 24) {
  const rows = await clubs.sql<
    { month: string; k: number; clients: number; active: number; retention: number; over: boolean }[]
  >`
    select to_char(cohort_month, 'YYYY-MM') as month, month_number as k, clients::int, active::int,
      retention::float8, is_complete as over
    from metrics.first_visit_cohorts(${club.id}, ${day}, ${months})`;
  const cohorts: Record<string, unknown[]> = {};
  for (const { month, k, clients, active, retention, over } of rows) {
    expect(cohorts[month]?.length ?? 0).toBe(k);
    (cohorts[month] ??= []).push([clients, active, retention, over]);
  }
  return cohorts;
}

it('follows each month’s newcomers month by month, up to the month of the day', async () => {
  const club = await clubs.open();
  for (const name of ['ann', 'bob', 'cyd']) await club.client(name);
  await club.visits('ann', ['2026-03-02', '2026-03-09', '2026-04-30', '2026-06-15']);
  await club.visits('bob', ['2026-03-31']);
  await club.visits('cyd', ['2026-05-01', '2026-06-01', '2026-06-02']);
  expect(await triangle(club)).toEqual({
    '2026-03': [
      [2, 2, 1, true],
      [2, 1, 0.5, true],
      [2, 0, 0, true],
      [2, 1, 0.5, false],
    ],
    // Nobody came for the first time.
    '2026-04': [
      [0, 0, null, true],
      [0, 0, null, true],
      [0, 0, null, false],
    ],
    '2026-05': [
      [1, 1, 1, true],
      [1, 1, 1, false],
    ],
    '2026-06': [[0, 0, null, false]],
  });
});

it('ends a month with the day after it', async () => {
  const club = await clubs.open();
  await club.client('ann');
  await club.visits('ann', ['2026-05-05']);
  expect(await triangle(club, '2026-05-31')).toEqual({ '2026-05': [[1, 1, 1, false]] });
  expect((await triangle(club, '2026-06-01'))['2026-05']![0]).toEqual([1, 1, 1, true]);
});

it('dates by the club’s calendar', async () => {
  const club = await clubs.open();
  await club.client('ann');
  // Half past midnight on 1 April in Prague.
  await club.booking('ann', club.today, { startsAt: '2026-03-31T22:30:00Z' });
  expect(Object.keys(await triangle(club))).toEqual(['2026-04', '2026-05', '2026-06']);
});

it('looks no further back than asked; an older client is nobody’s newcomer', async () => {
  const club = await clubs.open();
  for (const name of ['old', 'new']) await club.client(name);
  await club.visits('old', ['2026-04-30', '2026-05-10']);
  await club.visits('new', ['2026-05-01']);
  expect(await triangle(club, club.today, 2)).toEqual({
    '2026-05': [
      [1, 1, 1, true],
      [1, 0, 0, false],
    ],
    '2026-06': [[0, 0, null, false]],
  });
});

it('sees visits of clients who are there, on any day as it was, from the rollup or not', async () => {
  const club = await clubs.open();
  for (const name of ['ann', 'gone']) await club.client(name);
  await club.visits('ann', ['2026-05-05']);
  await club.visits('gone', ['2026-05-05']);
  await club.booking('ann', '2026-06-02', { status: 'no_show' });
  await club.deleteClient('gone');
  const then = await triangle(club, '2026-06-10');
  expect(then['2026-05']).toEqual([
    [1, 1, 1, true],
    [1, 0, 0, false],
  ]);
  await club.visits('ann', ['2026-06-11']);
  await club.refresh();
  expect(await triangle(club, '2026-06-10')).toEqual(then);
  expect((await triangle(club))['2026-05']![1]).toEqual([1, 1, 1, false]);
});

it('is empty for a club without visits, whatever others have', async () => {
  const busy = await clubs.open();
  await busy.came('ann', [3]);
  expect(await triangle(await clubs.open())).toEqual({});
});
