import { describe, expect, it } from 'vitest';
import { addVisitors, begin, earlier, FIT, fitted, keep, makeDue } from '../bg-nbd-club.ts';
import { NOON } from '../campaign.ts';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

const later = (hours: number) => new Date(Date.parse(NOON) + hours * 3_600_000).toISOString();

async function isDue(club: Club, now = NOON): Promise<boolean> {
  const rows =
    await clubs.sql`select from stats.bg_nbd_due(${now}) as due (club_id) where club_id = ${club.id}`;
  return rows.length > 0;
}

describe('a fit is due', () => {
  it('once the mirror is complete and the rollup stands, then a week after each fit', async () => {
    const club = await clubs.open();
    await club.came('eva', [100]);
    expect(await isDue(club)).toBe(false);
    await makeDue(club);
    expect(await isDue(club)).toBe(true);
    await fitted(club);
    expect(await isDue(club)).toBe(false);
    expect(await isDue(club, later(7 * 24 - 1))).toBe(false);
    expect(await isDue(club, later(7 * 24))).toBe(true);
  });

  it('not while the first sync is under way', async () => {
    const club = await clubs.open();
    await club.came('eva', [100]);
    await club.refresh();
    expect(await isDue(club)).toBe(false);
  });

  it.each([
    ['broke off', () => Promise.resolve()],
    [
      'found too few clients',
      (club: Club) => club.sql`select stats.note_bg_nbd_shortage(${club.id}, 7, ${NOON})`,
    ],
    ['failed', (club: Club) => club.sql`select stats.note_bg_nbd_failure(${club.id}, 'no', ${NOON})`],
  ])('a day after an attempt that %s, not earlier', async (_, end: (club: Club) => PromiseLike<unknown>) => {
    const club = await clubs.open();
    await makeDue(club);
    await begin(club);
    await end(club);
    expect(await isDue(club, later(23))).toBe(false);
    expect(await isDue(club, later(24))).toBe(true);
  });

  it('before others to whom waits longest', async () => {
    const [tried, waits] = [await clubs.open(), await clubs.open()];
    for (const club of [tried, waits]) await makeDue(club);
    await begin(tried);
    const rows = await clubs.sql<
      { id: number }[]
    >`select bg_nbd_due::int as id from stats.bg_nbd_due(${later(24)})`;
    const order = rows.map(({ id }) => id);
    expect(order.indexOf(waits.id)).toBeLessThan(order.indexOf(tried.id));
    expect(order).toContain(tried.id);
  });
});

describe('the facts of a fit', () => {
  it('end 30 days before yesterday, and take clients together who are alike', async () => {
    const club = await clubs.open();
    await addVisitors(club, [[31, 30, 1], [31], [31, 5], [91, 61, 33, 2], [30], [0]]);
    expect(await begin(club)).toEqual({
      repeat_clients: 1,
      is_enough: false,
      facts: [
        [0, 0, 0, 3],
        [2, 58, 60, 1],
      ],
    });
  });

  it.each([
    [199, false],
    [200, true],
  ])('of %d repeat clients are enough: %s', async (clients, isEnough) => {
    const club = await clubs.open();
    await addVisitors(club, [...earlier(clients, 9, 4), ...earlier(50, 9)]);
    expect(await begin(club)).toMatchObject({ repeat_clients: clients, is_enough: isEnough });
  });

  it('are of at most 10,000 clients, the same ones each time', async () => {
    const club = await clubs.open();
    await addVisitors(
      club,
      Array.from({ length: 10_100 }, (_, place) => [31 + (place % 900), 31]),
    );
    const one = await begin(club);
    expect(one.facts.reduce((sum, [, , , clients]) => sum + clients, 0)).toBe(10_000);
    expect(one.repeat_clients).toBe(10_100);
    expect(await begin(club)).toEqual(one);
  });

  it('are those of a club that there is', async () => {
    await expect(clubs.sql`select stats.begin_bg_nbd_fit(0, ${NOON})`).rejects.toThrow('There is no club 0');
  });
});

describe('keeping a fit', () => {
  it('keeps the days, the clients and the parameters as they were found', async () => {
    const club = await clubs.open();
    await addVisitors(club, earlier(3, 20, 10));
    await begin(club);
    const id = await keep(club);
    const rows = await clubs.sql`
      select *, as_of::text, holdout_until::text, fit_id::int, own_repeat_clients::int, clients::int, repeat_clients::int
      from stats.bg_nbd_fits where club_id = ${club.id}`;
    expect(rows).toMatchObject([
      {
        fit_id: id,
        fitted_at: new Date(NOON),
        as_of: club.ago(31),
        holdout_until: club.ago(1),
        basis: 'pooled',
        own_repeat_clients: 3,
        ...FIT,
      },
    ]);
  });

  it.each<[string, Partial<typeof FIT>, string, string]>([
    ['a parameter that is not positive', { a: 0 }, 'pooled', 'bg_nbd_fits_a_check'],
    ['an alpha that needs endless series', { alpha: 0.01 }, 'pooled', 'alpha_keeps_series_short'],
    ['a thousand visits a day', { r: 1000, alpha: 1 }, 'pooled', 'nobody_comes_a_hundred_times_a_day'],
    ['own parameters of 3 repeat clients', {}, 'own', 'own_parameters_need_repeat_clients'],
  ])('refuses %s, and keeps nothing of it', async (_, fit, basis, constraint) => {
    const club = await clubs.open();
    await addVisitors(club, earlier(3, 20, 10));
    await begin(club);
    await expect(keep(club, fit, basis)).rejects.toThrow(constraint);
    expect(await clubs.sql`select outcome from stats.bg_nbd_attempts where club_id = ${club.id}`).toEqual([
      { outcome: 'begun' },
    ]);
  });

  it('refuses one that nobody began', async () => {
    const club = await clubs.open();
    await expect(keep(club)).rejects.toThrow('begin one with stats.begin_bg_nbd_fit');
  });
});

describe('the calibration', () => {
  it('counts exactly the 30 days that were not fitted on, of every client there was', async () => {
    const club = await clubs.open();
    // The day of the facts and today do not count, the first and the last day of the holdout do.
    await addVisitors(club, [[50, 31], [50, 40, 30, 1, 1], [50, 0], [20]]);
    await begin(club);
    await keep(club);
    const rows = await clubs.sql<{ clients: number; actual: number; active: number; alive: number }[]>`
      select clients::int, actual_visits as actual, actual_active as active, predicted_alive as alive
      from stats.bg_nbd_calibrations where club_id = ${club.id} order by decile`;
    expect(rows).toHaveLength(3);
    expect(rows.every(({ clients }) => clients === 1)).toBe(true);
    expect(rows.map(({ actual }) => actual).sort()).toEqual([0, 0, 3]);
    expect(rows.map(({ active }) => active).sort()).toEqual([0, 0, 1]);
  });

  it('parts the clients into tenths, fewest predicted visits first, with the means of what the model says', async () => {
    const club = await clubs.open();
    await addVisitors(
      club,
      Array.from({ length: 57 }, (_, place) => [31 + place * 3, 31 + place, 31]),
    );
    await fitted(club);
    const rows = await clubs.sql<{ decile: number; clients: number; predicted_visits: number }[]>`
      select *, clients::int from stats.bg_nbd_calibrations where club_id = ${club.id} order by decile`;
    expect(rows.map(({ clients }) => clients)).toEqual([6, 6, 6, 6, 6, 6, 6, 5, 5, 5]);
    const predicted = rows.map((row) => row.predicted_visits);
    expect(predicted).toEqual(predicted.toSorted((less, more) => less - more));
    const [mean] = await clubs.sql`
      select
        avg(expected_visits_30d) as visits,
        avg(probability_alive) as alive,
        avg(stats.bg_nbd_probability_visit(1.2, 9, 0.6, 7, frequency, recency_days, age_days, 30)) as active
      from stats.bg_nbd(${club.id}, ${club.ago(31)})`;
    const [kept] = await clubs.sql`
      select
        sum(clients * predicted_visits) / sum(clients) as visits,
        sum(clients * predicted_alive) / sum(clients) as alive,
        sum(clients * predicted_active) / sum(clients) as active
      from stats.bg_nbd_calibrations where club_id = ${club.id}`;
    for (const name of ['visits', 'alive', 'active']) expect(kept![name], name).toBeCloseTo(mean![name], 10);
  });

  it('of a club without clients is empty', async () => {
    const club = await clubs.open();
    await fitted(club);
    expect(await clubs.sql`select from stats.bg_nbd_calibrations where club_id = ${club.id}`).toEqual([]);
  });
});
