import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloneDatabase } from '../../setup/database.ts';
import type { ClonedDatabase } from '../../stack.ts';

let clone: ClonedDatabase;

beforeAll(async () => {
  clone = await cloneDatabase();
});
afterAll(() => clone.drop());

/** A club whose rebuilds began at these moments, each finished within the hour. */
async function clubIn(timezone: string, rebuildAt: string, began: readonly string[]): Promise<number> {
  const [row] = await clone.sql<{ id: number }[]>`
    select core.create_club('Vltava Fit', ${timezone}, 'CZ', 'CZK', '2026-01-01T00:00:00Z') as id`;
  const { id } = row!;
  await clone.sql`update core.settings set rebuild_at = ${rebuildAt} where club_id = ${id}`;
  for (const at of began) {
    await clone.sql`
      insert into crm.rebuilds (club_id, cause, began_at, finished_at)
      values (${id}, 'nightly', ${at}, ${at}::timestamptz + interval '1 hour')`;
  }
  return id;
}

async function isDue(clubId: number, at: string): Promise<boolean> {
  const [row] = await clone.sql<{ due: boolean }[]>`select crm.is_rebuild_due(${clubId}, ${at}) as due`;
  return row!.due;
}

async function nextAt(clubId: number, at: string): Promise<string> {
  const [row] = await clone.sql<{ at: Date }[]>`select crm.next_rebuild_at(${clubId}, ${at}) as at`;
  return row!.at.toISOString();
}

describe('a rebuild is due', () => {
  it('in a club that never had one', async () => {
    expect(await isDue(await clubIn('Europe/Prague', '03:00', []), '2026-03-11T12:00:00Z')).toBe(true);
  });

  it("from the hour of the club's wall clock, for four hours, once a night", async () => {
    const club = await clubIn('Europe/Prague', '03:00', ['2026-03-10T02:00:00Z']);
    expect(await isDue(club, '2026-03-11T01:59:59Z')).toBe(false);
    expect(await isDue(club, '2026-03-11T02:00:00Z')).toBe(true);
    expect(await isDue(club, '2026-03-11T05:59:59Z')).toBe(true);
    expect(await isDue(club, '2026-03-11T06:00:00Z')).toBe(false);
    const done = await clubIn('Europe/Prague', '03:00', ['2026-03-10T02:00:00Z', '2026-03-11T02:00:00Z']);
    expect(await isDue(done, '2026-03-11T02:01:00Z')).toBe(false);
  });

  it('by day when two days have passed without one', async () => {
    const club = await clubIn('Europe/Prague', '03:00', ['2026-03-09T02:00:00Z']);
    expect(await isDue(club, '2026-03-11T01:00:00Z')).toBe(false);
    expect(await isDue(club, '2026-03-11T12:00:00Z')).toBe(true);
  });

  it('never while one is under way', async () => {
    const club = await clubIn('Europe/Prague', '03:00', ['2026-03-10T02:00:00Z']);
    await clone.sql`insert into crm.rebuilds (club_id, cause, began_at) values (${club}, 'asked', '2026-03-10T20:00:00Z')`;
    expect(await isDue(club, '2026-03-11T02:00:00Z')).toBe(false);
  });

  it('once in nights of 23 and of 25 hours', async () => {
    // 03:00 comes an hour earlier on 29 March and an hour later on 25 October 2026.
    const spring = await clubIn('Europe/Prague', '03:00', ['2026-03-28T02:00:00Z']);
    expect(await isDue(spring, '2026-03-29T00:59:59Z')).toBe(false);
    expect(await isDue(spring, '2026-03-29T01:00:00Z')).toBe(true);
    const autumn = await clubIn('Europe/Prague', '03:00', ['2026-10-24T01:00:00Z']);
    expect(await isDue(autumn, '2026-10-25T01:59:59Z')).toBe(false);
    expect(await isDue(autumn, '2026-10-25T02:00:00Z')).toBe(true);
  });
});

describe('the next rebuild', () => {
  it('is tonight, and after it tomorrow night', async () => {
    const club = await clubIn('America/New_York', '23:30', []);
    expect(await nextAt(club, '2026-03-11T12:00:00Z')).toBe('2026-03-12T03:30:00.000Z');
    expect(await nextAt(club, '2026-03-12T03:30:00Z')).toBe('2026-03-13T03:30:00.000Z');
  });
});
