import { describe, expect, it } from 'vitest';
import type { JSONValue } from 'postgres';
import type { Club } from '../club.ts';
import { clientRow } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();
const NOW = '2026-06-15T10:00:00Z';

type Lane = 'full' | 'changes';

async function open(club: Club, lane: Lane = 'full', entity = 'clients') {
  const [listing] = await clubs.sql<
    { lane: string; page: number; passes: number; changed_after: Date | null }[]
  >`
    select * from crm.open_listing(${club.id}, ${entity}, ${lane}, ${NOW})`;
  return listing!;
}

async function page(
  club: Club,
  number: number,
  names: string[],
  quarantined: JSONValue[] = [],
  lane: Lane = 'full',
  askedAt = NOW,
) {
  const rows = names.map((name) => ({ ...clientRow(name), raw: {} }));
  await clubs.sql`
    select crm.apply_page(
      ${club.id}, 'clients', ${lane}, ${number}, ${clubs.sql.json(rows)}, ${clubs.sql.json(quarantined)}, 1,
      ${askedAt}, ${NOW}
    )`;
}

/** `gone`: who is gone for certain; null: whoever the list does not show. */
async function close(club: Club, total: number, gone: string[] | null = null, lane: Lane = 'full') {
  const [row] = await clubs.sql<{ closed: { is_closed: boolean; archived: number } }[]>`
    select crm.close_listing(${club.id}, 'clients', ${lane}, ${total}, ${gone}, 0, ${NOW}) as closed`;
  return row!.closed;
}

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
    expect(await close(club, 3)).toEqual({ is_closed: true, archived: 1 });
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

  it('archives who is said to be gone for certain, and nobody else', async () => {
    const club = await clubs.open();
    for (const name of ['a', 'b', 'c']) await club.client(name);
    await open(club);
    await page(club, 1, ['a']);
    // Somebody who was shown is not gone, whoever says so.
    expect(await close(club, 1, ['a', 'b'])).toEqual({ is_closed: true, archived: 1 });
    expect(await known(club)).toEqual(['a', 'c']);
  });

  it('archives nobody when it showed nobody', async () => {
    const club = await clubs.open();
    for (const name of ['a', 'b']) await club.client(name);
    await open(club);
    await page(club, 1, []);
    expect(await close(club, 0, ['a', 'b'])).toEqual({ is_closed: true, archived: 0 });
  });

  it('that showed fewer than the platform says there are is read once more, and then archives nothing', async () => {
    const club = await clubs.open();
    for (const name of ['a', 'b']) await club.client(name);
    await open(club);
    await page(club, 1, ['a']);
    expect(await close(club, 3)).toEqual({ is_closed: false, archived: 0 });
    expect(await open(club)).toMatchObject({ page: 0, passes: 2 });
    await page(club, 1, ['a']);
    expect(await close(club, 3)).toEqual({ is_closed: true, archived: 0 });
    expect(await known(club)).toEqual(['a', 'b']);
  });

  it('counts whoever a listing of changes showed meanwhile', async () => {
    const club = await clubs.open();
    await open(club);
    await page(club, 1, ['a']);
    await close(club, 1);
    await open(club);
    await page(club, 1, ['a']);
    await open(club, 'changes');
    await page(club, 1, ['b'], [], 'changes');
    expect(await close(club, 1)).toEqual({ is_closed: true, archived: 0 });
    expect(await known(club)).toEqual(['a', 'b']);
  });

  it('takes a row it could not read for shown', async () => {
    const club = await clubs.open();
    for (const name of ['a', 'b']) await club.client(name);
    await open(club);
    await page(club, 1, ['a'], [{ external_id: 'b', reason: 'birth_date: no date', raw: {} }]);
    expect(await close(club, 2)).toEqual({ is_closed: true, archived: 0 });
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
    expect(await open(club)).toMatchObject({ lane: 'full', page: 1 });
  });

  it('that is hopeless ends without having been complete, and does not keep a rebuild open', async () => {
    const club = await clubs.open();
    await clubs.sql`select crm.begin_rebuild(${club.id}, 'asked', ${NOW})`;
    for (const { entity } of await clubs.sql<{ entity: string }[]>`
      select entity from crm.listings where club_id = ${club.id}`) {
      await clubs.sql`select crm.fail_listing(${club.id}, ${entity}, 'full', 'No right to it.', true, ${NOW})`;
    }
    const [left] = await clubs.sql`
      select count(*) filter (where opened_at is not null)::int as open, count(complete_until)::int as complete
      from crm.listings where club_id = ${club.id}`;
    expect(left).toEqual({ open: 0, complete: 0 });
    const [rebuild] = await clubs.sql`
      select cause, finished_at, (select count(*)::int from crm.rebuild_entities as settled
        where settled.club_id = rebuild.club_id and error = 'No right to it.') as failed
      from crm.rebuilds as rebuild where club_id = ${club.id}`;
    expect(rebuild).toEqual({ cause: 'first', finished_at: new Date(NOW), failed: 9 });
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

  it('does not bring back who was archived after it was asked for', async () => {
    const club = await clubs.open();
    for (const name of ['a', 'b']) await club.client(name);
    await open(club);
    await clubs.sql`select crm.archive_rows(${club.id}, 'clients', array['a'], ${NOW})`;
    await page(club, 1, ['a', 'b'], [], 'full', '2026-06-15T09:59:59Z');
    expect(await known(club)).toEqual(['b']);
    await page(club, 2, ['a'], [], 'full', '2026-06-15T10:00:01Z');
    expect(await known(club)).toEqual(['a', 'b']);
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
    expect(listing).toMatchObject({ lane: 'changes' });
    expect(listing.changed_after?.toISOString()).toBe('2026-06-15T09:55:00.000Z');
    await page(club, 1, [], [], 'changes');
    expect(await close(club, 0, null, 'changes')).toEqual({ is_closed: true, archived: 0 });
    expect(await known(club)).toEqual(['a']);
  });

  it('is refused when nothing was ever listed', async () => {
    const club = await clubs.open();
    await expect(open(club, 'changes')).rejects.toThrow('List them in lane full first');
  });
});
