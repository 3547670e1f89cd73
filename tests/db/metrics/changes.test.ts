import { describe, expect, it } from 'vitest';
import { NOON } from '../campaign.ts';
import type { Club, Day } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { busyClub } from './busy-club.ts';
import { readingsOn, takeSnapshot } from './kept-readings.ts';

const clubs = useClubs();

interface Change {
  code: string;
  as_of: Day;
  value: number | null;
  previous_as_of: Day;
  previous_value: number | null;
  change: number | null;
  is_large_enough: boolean;
}

const changesOn = (club: Club, day: Day) => clubs.sql<Change[]>`
  select code, as_of::text, value::float8, previous_as_of::text, previous_value::float8, change::float8, is_large_enough
  from metrics.changes_on(${club.id}, ${day})`;

const periods = () => clubs.sql<{ code: string; period_days: number }[]>`
  select code, period_days from metrics.definitions order by position`;

/** A reading as if it had been kept then. */
async function keep(
  club: Club,
  code: string,
  day: Day,
  [value, denominator, sample]: [number | null, number | null, number],
): Promise<void> {
  await clubs.sql`
    insert into metrics.snapshots
      (club_id, code, as_of, basis, value, numerator, denominator, sample_size, computed_at)
    values (${club.id}, ${code}, ${day}, 'replayed', ${value}, 0, ${denominator}, ${sample}, ${NOON})`;
}

describe('the changes of a day', () => {
  it('are against the day a period before: 7 days or 30', async () => {
    const club = await busyClub(clubs);
    const day = club.ago(1);
    for (const daysAgo of [1, 8, 31]) await takeSnapshot(club, club.ago(daysAgo), NOON);
    const [recent, week, month] = [
      await readingsOn(club, day),
      await readingsOn(club, club.ago(8)),
      await readingsOn(club, club.ago(31)),
    ];
    const changes = await changesOn(club, day);
    const definitions = await periods();
    expect(changes.map(({ code }) => code)).toEqual(definitions.map(({ code }) => code));
    expect([...new Set(definitions.map(({ period_days }) => period_days))].sort((a, b) => a - b)).toEqual([
      7, 30,
    ]);
    for (const [index, { code, period_days }] of definitions.entries()) {
      const value = recent[code]![0];
      const previous = (period_days === 7 ? week : month)[code]![0];
      expect(changes[index], code).toMatchObject({
        as_of: day,
        value,
        previous_as_of: club.ago(1 + period_days),
        previous_value: previous,
        change: value === null || previous === null ? null : expect.closeTo(value - previous, 9),
      });
    }
    expect(changes.filter(({ change }) => change !== null && change !== 0).length).toBeGreaterThan(10);
  });

  it('leave out a metric of which one of the two days was not kept', async () => {
    const club = await busyClub(clubs);
    await takeSnapshot(club, club.ago(8), NOON);
    expect(await changesOn(club, club.ago(1))).toEqual([]);
    await takeSnapshot(club, club.ago(1), NOON);
    const weekly = (await periods()).filter(({ period_days }) => period_days === 7);
    expect(weekly.length).toBeGreaterThan(0);
    expect((await changesOn(club, club.ago(1))).map(({ code }) => code)).toEqual(
      weekly.map(({ code }) => code),
    );
  });

  it('are of all visits, never of one kind', async () => {
    const club = await clubs.open();
    await keep(club, 'active_30d', club.today, [5, null, 5]);
    await keep(club, 'active_30d', club.ago(30), [3, null, 3]);
    for (const day of [club.today, club.ago(30)])
      await clubs.sql`select metrics.take_kind_snapshot(${club.id}, ${day}, ${NOON})`;
    expect(await changesOn(club, club.today)).toMatchObject([{ code: 'active_30d', change: 2 }]);
  });

  it('of a share that divides by nothing are unknown, and not large enough', async () => {
    const club = await clubs.open();
    await keep(club, 'retention_30d', club.today, [0.5, 100, 100]);
    await keep(club, 'retention_30d', club.ago(30), [null, 0, 0]);
    expect(await changesOn(club, club.today)).toMatchObject([
      { value: 0.5, previous_value: null, change: null, is_large_enough: false },
    ]);
  });

  type Samples = (smallest: number) => [recent: number, previous: number];
  it.each<[boolean, string, string, number | null, Samples]>([
    [
      false,
      'a count that was small on both days',
      'active_30d',
      null,
      (smallest) => [smallest - 1, smallest - 1],
    ],
    [true, 'a count that is large enough now', 'active_30d', null, (smallest) => [smallest, 0]],
    [true, 'a count that was large enough then', 'active_30d', null, (smallest) => [0, smallest]],
    [true, 'a share of enough on both days', 'retention_30d', 1, (smallest) => [smallest, smallest]],
    [false, 'a share of too few now', 'retention_30d', 1, (smallest) => [smallest - 1, 1_000]],
    [false, 'a share of too few then', 'retention_30d', 1, (smallest) => [1_000, smallest - 1]],
  ])('are meant: %s, for %s', async (expected, _, code, denominator, samplesOf) => {
    const club = await clubs.open();
    const [definition] = await clubs.sql<{ smallest: number }[]>`
      select smallest_sample as smallest from metrics.definitions where code = ${code}`;
    const [recent, previous] = samplesOf(definition!.smallest);
    await keep(club, code, club.today, [1, denominator, recent]);
    await keep(club, code, club.ago(30), [1, denominator, previous]);
    expect(await changesOn(club, club.today)).toMatchObject([{ code, is_large_enough: expected }]);
  });
});
