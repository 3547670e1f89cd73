import { describe, expect, it } from 'vitest';
import { Campaign, NOON } from '../campaign.ts';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { busyClub } from './busy-club.ts';
import { keptDays, keptOn, readingsOn, takeSnapshot } from './kept-readings.ts';

const clubs = useClubs();

async function backfill(club: Club, visitsToRead = 10_000_000): Promise<number> {
  const [row] = await clubs.sql<{ days: number }[]>`
    select metrics.backfill(${club.id}, ${NOON}, ${visitsToRead})::int as days`;
  return row!.days;
}

async function missingDays(club: Club): Promise<string[]> {
  const rows = await clubs.sql<{ day: string }[]>`
    select day::text from metrics.missing_days(${club.id}, ${club.today}) as day`;
  return rows.map(({ day }) => day);
}

async function visitedOn(...daysAgo: number[]): Promise<Club> {
  const club = await clubs.open();
  await club.came('eva', daysAgo);
  await club.refresh();
  return club;
}

const daysBack = (club: Club, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => club.ago(from + index));

describe('the backfill of a club', () => {
  it('replays every day from yesterday to the first with facts, as it is read now', async () => {
    const club = await busyClub(clubs);
    await club.refresh();
    expect(await backfill(club)).toBe(200);
    expect(await keptDays(club)).toEqual(daysBack(club, 1, 200));
    for (const daysAgo of [1, 7, 29, 30, 60, 199, 200]) {
      const day = club.ago(daysAgo);
      expect(await keptOn(club, day), day).toEqual({
        basis: 'replayed',
        readings: await readingsOn(club, day),
      });
    }
    expect(await backfill(club)).toBe(0);
  });

  it('fills the latest days first, as many as the visits to read allow, and at least one', async () => {
    const club = await visitedOn(1, 5, 10);
    expect(await backfill(club, 8)).toBe(2);
    expect(await keptDays(club)).toEqual(daysBack(club, 1, 2));
    expect(await backfill(club, 1)).toBe(1);
    expect(await keptDays(club)).toEqual(daysBack(club, 1, 3));
    expect(await backfill(club)).toBe(7);
    expect(await keptDays(club)).toEqual(daysBack(club, 1, 10));
  });

  it('goes back three years at most', async () => {
    const club = await visitedOn(1_500);
    expect(await missingDays(club)).toEqual(daysBack(club, 1, 1_095));
  });

  it('of one that has no facts yet is empty', async () => {
    const club = await clubs.open();
    await club.client('eva');
    await club.refresh();
    expect(await backfill(club)).toBe(0);
    expect(await keptDays(club)).toEqual([]);
  });

  it('waits for the first refresh, before which nobody knows how much there is to read', async () => {
    const club = await clubs.open();
    await club.came('eva', [1, 3]);
    expect(await backfill(club)).toBe(0);
    await club.refresh();
    expect(await backfill(club)).toBe(3);
  });

  it.each([
    ['a missed booking of no one', (club: Club) => club.booking(null, club.ago(4), { status: 'no_show' })],
    ['money', (club: Club) => club.payment('eva', club.ago(4), 100)],
  ])('begins with %s, too', async (_, happen) => {
    const club = await visitedOn(2);
    await happen(club);
    await club.booking('eva', club.ago(9), { status: 'cancelled' });
    expect(await missingDays(club)).toEqual(daysBack(club, 1, 4));
  });

  it('fills the gap of an outage, and leaves what was known on its day', async () => {
    const club = await visitedOn(6);
    await takeSnapshot(club, club.ago(5), '2026-06-10T20:00:00Z');
    await takeSnapshot(club, club.ago(2), '2026-06-13T20:00:00Z');
    const known = await keptOn(club, club.ago(5));
    await club.came('late', [5]);
    expect(await backfill(club)).toBe(4);
    const bases = await Promise.all(
      daysBack(club, 1, 6).map(async (day) => (await keptOn(club, day))?.basis),
    );
    expect(bases).toEqual(['replayed', 'known', 'replayed', 'replayed', 'known', 'replayed']);
    expect(await keptOn(club, club.ago(5))).toEqual(known);
  });

  it('gives a metric that is new to the dictionary its line, and touches no other reading that was known', async () => {
    const club = await visitedOn(3);
    await takeSnapshot(club, club.ago(2), '2026-06-13T20:00:00Z');
    await backfill(club);
    await club.came('late', [2]);
    // As if it had been defined today.
    await clubs.sql`delete from metrics.snapshots where club_id = ${club.id} and code = 'active_7d'`;
    expect(await missingDays(club)).toEqual(daysBack(club, 1, 3));
    expect(await backfill(club)).toBe(3);
    const kept = await keptOn(club, club.ago(2));
    expect(kept).toMatchObject({
      basis: 'known and replayed',
      readings: { active_7d: [2, 2, null, 2], active_30d: [1, 1, null, 1] },
    });
    expect(await missingDays(club)).toEqual([]);
  });
});

describe('history that came in late', () => {
  it('is drawn anew once what was replayed is forgotten; what was known stays, and the kinds', async () => {
    const club = await visitedOn(3);
    await takeSnapshot(club, club.ago(2), '2026-06-13T20:00:00Z');
    await clubs.sql`select metrics.tick(${club.id}, ${NOON})`;
    await backfill(club);
    const known = await keptOn(club, club.ago(2));
    await club.came('imported', [5, 3]);
    const [forgotten] = await clubs.sql`select metrics.forget_replayed(${club.id})::int as days`;
    expect(forgotten).toEqual({ days: 2 });
    expect(await keptDays(club)).toEqual([club.today, club.ago(2)]);
    const [kinds] = await clubs.sql`
      select count(*)::int as rows from metrics.snapshots
      where club_id = ${club.id} and as_of = ${club.ago(1)} and service_kind <> 'all'`;
    expect(kinds!.rows).toBeGreaterThan(0);
    expect(await backfill(club)).toBe(4);
    expect((await keptOn(club, club.ago(3)))?.readings.active_30d).toEqual([2, 2, null, 2]);
    expect(await keptOn(club, club.ago(2))).toEqual(known);
  });
});

describe('by schedule', () => {
  it('a club whose first sync is still under way is left alone', async () => {
    const club = await visitedOn(2);
    const run = () => clubs.sql`select core.run_for_clubs('metrics.backfill', ${NOON})`;
    await run();
    expect(await keptDays(club)).toEqual([]);
    await Campaign.start(club);
    await run();
    expect(await keptDays(club)).toEqual(daysBack(club, 1, 2));
  });
});
