import { describe, expect, it } from 'vitest';
import type { JSONValue } from 'postgres';
import type { Club } from '../club.ts';
import { clientRow } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();
const NOW = '2026-06-15T10:00:00Z';

async function open(club: Club, mode = 'full', entity = 'clients') {
  const [listing] = await clubs.sql<{ mode: string; page: number; changed_after: Date | null }[]>`
    select * from crm.open_listing(${club.id}, ${entity}, ${mode}, true, interval '5 minutes', ${NOW})`;
  return listing!;
}

async function page(
  club: Club,
  number: number,
  names: string[],
  quarantined: JSONValue[] = [],
  entity = 'clients',
) {
  const rows = names.map((name) => ({ ...clientRow(name), raw: {} }));
  await clubs.sql`
    select crm.apply_page(
      ${club.id}, ${entity}, ${number}, ${clubs.sql.json(rows)}, ${clubs.sql.json(quarantined)}, 1, ${NOW}
    )`;
}

const close = (club: Club, total: number) =>
  clubs.sql`select crm.close_listing(${club.id}, 'clients', ${total}, ${NOW})::int as archived`;

async function known(club: Club): Promise<string[]> {
  const rows = await clubs.sql<{ external_id: string }[]>`
    select external_id from crm.clients where club_id = ${club.id} and deleted_at is null order by external_id`;
  return rows.map((row) => row.external_id);
}

describe('a full listing', () => {
  it('archives what it no longer showed, once it is complete', async () => {
    const club = await clubs.open();
    for (const name of ['a', 'b', 'c']) await club.client(name);
    await open(club);
    await page(club, 1, ['a']);
    await page(club, 2, ['b', 'd']);
    expect(await known(club)).toEqual(['a', 'b', 'c', 'd']);
    expect(await close(club, 3)).toEqual([{ archived: 1 }]);
    expect(await known(club)).toEqual(['a', 'b', 'd']);
  });

  it('tells the planner how much there is now', async () => {
    const club = await clubs.open();
    await open(club);
    await page(
      club,
      1,
      Array.from({ length: 500 }, (_, index) => `member-${index}`),
    );
    await close(club, 500);
    const [table] =
      await clubs.sql`select reltuples >= 500 as is_known from pg_class where oid = 'crm.clients'::regclass`;
    expect(table).toEqual({ is_known: true });
  });

  it('archives nothing when it showed fewer than the platform says there are', async () => {
    const club = await clubs.open();
    for (const name of ['a', 'b']) await club.client(name);
    await open(club);
    await page(club, 1, ['a']);
    expect(await close(club, 2)).toEqual([{ archived: 0 }]);
    expect(await known(club)).toEqual(['a', 'b']);
  });

  it('takes a row it could not read for shown', async () => {
    const club = await clubs.open();
    for (const name of ['a', 'b']) await club.client(name);
    await open(club);
    await page(club, 1, ['a'], [{ external_id: 'b', reason: 'birth_date: no date', raw: {} }]);
    expect(await close(club, 2)).toEqual([{ archived: 0 }]);
    const held = await clubs.sql`select external_id, reason from crm.quarantine where club_id = ${club.id}`;
    expect(held).toEqual([{ external_id: 'b', reason: 'birth_date: no date' }]);
  });

  it('releases a quarantined row that can be read again', async () => {
    const club = await clubs.open();
    await open(club);
    await page(club, 1, [], [{ external_id: 'b', reason: 'no', raw: {} }]);
    await page(club, 2, ['b']);
    expect(await clubs.sql`select * from crm.quarantine where club_id = ${club.id}`).toEqual([]);
  });

  it('goes on where its reader died', async () => {
    const club = await clubs.open();
    await open(club);
    await page(club, 1, ['a']);
    expect(await open(club)).toMatchObject({ mode: 'full', page: 1 });
    expect(await open(club, 'changes')).toMatchObject({ mode: 'full', page: 1 });
  });
});

describe('a page', () => {
  it.each([
    ['that was applied already', 1],
    ['that skips one', 3],
  ])('%s is refused, and changes nothing', async (_, number) => {
    const club = await clubs.open();
    await open(club);
    await page(club, 1, ['a']);
    await expect(page(club, number, ['b'])).rejects.toThrow('does not follow page 1');
    expect(await known(club)).toEqual(['a']);
  });

  it('is refused when nothing is open', async () => {
    const club = await clubs.open();
    await expect(page(club, 1, ['a'])).rejects.toThrow('does not follow');
  });
});

describe('a listing of changes', () => {
  it('starts a little before the last complete listing began, and archives nothing', async () => {
    const club = await clubs.open();
    await club.client('a');
    await open(club);
    await page(club, 1, ['a']);
    await close(club, 1);
    const listing = await open(club, 'changes');
    expect(listing).toMatchObject({ mode: 'changes' });
    expect(listing.changed_after?.toISOString()).toBe('2026-06-15T09:55:00.000Z');
    await page(club, 1, []);
    expect(await close(club, 0)).toEqual([{ archived: 0 }]);
    expect(await known(club)).toEqual(['a']);
  });

  it('is a full one when nothing was ever listed', async () => {
    const club = await clubs.open();
    expect(await open(club, 'changes')).toMatchObject({ mode: 'full' });
  });
});
