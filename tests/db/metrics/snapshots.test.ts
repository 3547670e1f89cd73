import postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { Campaign, NOON } from '../campaign.ts';
import type { Club, Day } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { busyClub } from './busy-club.ts';
import { keptDays, keptOn, readingsOn, takeSnapshot } from './kept-readings.ts';
import { METRICS } from './values.ts';

const clubs = useClubs();

const EVENING = '2026-06-15T21:55:00Z'; // 23:55 in Prague
const TOMORROW = '2026-06-16T10:00:00Z';

const tick = (club: Club, now: string) => clubs.sql`select metrics.tick(${club.id}, ${now})`;

async function stampsOf(club: Club, day: Day) {
  return clubs.sql<{ computed_at: Date; data_until: Date | null }[]>`
    select distinct computed_at, data_until from metrics.snapshots where club_id = ${club.id} and as_of = ${day}`;
}

describe('the snapshot of today', () => {
  it('keeps every metric as it is read, with when it was computed and until when the data reach', async () => {
    const club = await busyClub(clubs);
    await (await Campaign.start(club)).synced(new Date('2026-06-15T09:58:00Z'));
    await club.refresh();
    expect(await takeSnapshot(club, club.today, NOON)).toBe(METRICS.length);
    expect(await keptOn(club, club.today)).toEqual({
      basis: 'known',
      readings: await readingsOn(club, club.today),
    });
    expect(await stampsOf(club, club.today)).toEqual([
      { computed_at: new Date(NOON), data_until: new Date('2026-06-15T09:58:00Z') },
    ]);
  });

  it('says of a mirror that was never complete that nobody knows until when it reaches', async () => {
    const club = await clubs.open();
    await takeSnapshot(club, club.today, NOON);
    expect(await stampsOf(club, club.today)).toEqual([{ computed_at: new Date(NOON), data_until: null }]);
  });

  it('is overwritten through the day', async () => {
    const club = await clubs.open();
    await club.came('eva', [1]);
    await takeSnapshot(club, club.today, NOON);
    await club.came('jan', [0]);
    await takeSnapshot(club, club.today, EVENING);
    const kept = await keptOn(club, club.today);
    expect(kept?.basis).toBe('known');
    expect(kept?.readings.active_30d).toEqual([2, 2, null, 2]);
    expect(await stampsOf(club, club.today)).toMatchObject([{ computed_at: new Date(EVENING) }]);
  });

  it('stays as it was known once the day is over, whatever comes later, and no replay overwrites it', async () => {
    const club = await clubs.open();
    await club.came('eva', [0]);
    await club.came('jan', [2]);
    await takeSnapshot(club, club.today, EVENING);
    const asKnown = await keptOn(club, club.today);
    // Marked the morning after, and a client who is taken out.
    await club.came('late', [0, 1]);
    await club.deleteClient('jan');
    await club.payment('eva', club.today, 5_000);
    expect(await takeSnapshot(club, club.today, TOMORROW)).toBe(0);
    await clubs.sql`select metrics.backfill(${club.id}, ${TOMORROW})`;
    await clubs.sql`select metrics.forget_replayed(${club.id})`;
    expect(await keptOn(club, club.today)).toEqual(asKnown);
    expect(await stampsOf(club, club.today)).toMatchObject([{ computed_at: new Date(EVENING) }]);
    expect(await readingsOn(club, club.today)).not.toEqual(asKnown!.readings);
  });

  it('may be taken by two at once', async () => {
    const club = await busyClub(clubs);
    const second = postgres(clubs.database.url, { max: 1 });
    try {
      let other: Promise<unknown> | undefined;
      await clubs.sql.begin(async (sql) => {
        await sql`select metrics.tick(${club.id}, ${NOON})`;
        other = second`select metrics.tick(${club.id}, ${EVENING})`.execute();
        // It waits for the first, or has read what the first could not show yet; either is well.
        await sql`select count(*) from metrics.snapshots where club_id = ${club.id}`;
      });
      await other;
    } finally {
      await second.end();
    }
    expect(await keptOn(club, club.today)).toEqual({
      basis: 'known',
      readings: await readingsOn(club, club.today),
    });
  });
});

describe('the snapshot of an earlier day', () => {
  it('is replayed, and can be replayed again', async () => {
    const club = await busyClub(clubs);
    const day = club.ago(3);
    await takeSnapshot(club, day, NOON);
    expect(await keptOn(club, day)).toEqual({ basis: 'replayed', readings: await readingsOn(club, day) });
    const before = await keptOn(club, day);
    await club.came('late', [3]);
    expect(await takeSnapshot(club, day, EVENING)).toBe(METRICS.length);
    const after = await keptOn(club, day);
    expect(after).toEqual({ basis: 'replayed', readings: await readingsOn(club, day) });
    expect(after).not.toEqual(before);
  });

  it('of tomorrow is refused until it begins', async () => {
    const club = await clubs.open();
    await expect(takeSnapshot(club, club.ago(-1), EVENING)).rejects.toThrow(
      `There is no reading of 2026-06-16 yet, it is 2026-06-15 in club ${club.id}: ask for a day that has begun.`,
    );
    expect(await takeSnapshot(club, club.ago(-1), '2026-06-15T22:00:00Z')).toBe(METRICS.length);
  });
});

describe('each tick', () => {
  it('keeps the day it is in the club’s own zone', async () => {
    const east = await clubs.open({ timezone: 'Pacific/Kiritimati' });
    const west = await clubs.open({ timezone: 'America/Los_Angeles' });
    for (const club of [east, west]) await tick(club, '2026-06-15T11:00:00Z');
    expect(await keptDays(east)).toEqual(['2026-06-16']);
    expect(await keptDays(west)).toEqual(['2026-06-15']);
    expect((await keptOn(east, '2026-06-16'))?.basis).toBe('known');
    expect((await keptOn(west, '2026-06-15'))?.basis).toBe('known');
  });

  it.each([
    ['of 25 hours', '2026-10-25T22:59:59Z', '2026-10-25'],
    ['after that', '2026-10-25T23:00:00Z', '2026-10-26'],
    ['of 23 hours', '2026-03-29T21:59:59Z', '2026-03-29'],
  ])('ends a day %s at the club’s midnight', async (_, now, day) => {
    const club = await clubs.open();
    await tick(club, now);
    expect(await keptDays(club)).toEqual([day]);
  });

  it('keeps yesterday by service kind, once', async () => {
    const club = await busyClub(clubs);
    const kinds = () => clubs.sql`
      select service_kind, code, value, numerator, denominator, sample_size
      from metrics.snapshots
      where club_id = ${club.id} and service_kind <> 'all' and as_of = ${club.ago(1)} and basis = 'replayed'
      order by 1, 2`;
    await tick(club, NOON);
    const kept = [...(await kinds())];
    expect(kept.length).toBeGreaterThan(20);
    expect(kept).toEqual([
      ...(await clubs.sql`
        select service_kind, code, value, numerator, denominator, sample_size
        from metrics.read_by_service_kind(${club.id}, ${club.ago(1)}) order by 1, 2`),
    ]);
    await club.came('late', [1], { kinds: ['personal'] });
    await tick(club, EVENING);
    expect([...(await kinds())]).toEqual(kept);
    await tick(club, TOMORROW);
    const [days] = await clubs.sql`
      select count(distinct as_of)::int as days from metrics.snapshots
      where club_id = ${club.id} and service_kind <> 'all'`;
    expect(days).toEqual({ days: 2 });
  });
});
