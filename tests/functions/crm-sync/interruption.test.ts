import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listingOf, openClub } from './club.ts';
import type { ClubUnderSync } from './club.ts';
import { expectMirrorEqualsPlatform } from './equality.ts';

let club: ClubUnderSync;

beforeEach(async () => {
  club = await openClub({ clients: 230, visits: 800 });
});
afterEach(() => club.close());

async function listing(entity: string, lane = 'full') {
  const [row] = await club.sql`select * from crm.listings where entity = ${entity} and lane = ${lane}`;
  return row!;
}

/** Without the platform's own count, for which no page is named. */
function pagesOf(path: string): string[] {
  return club.booking.requests
    .list(0, 10_000)
    .filter((request) => request.path === path)
    .flatMap(({ query }) => new URLSearchParams(query).getAll('page'));
}

describe('a sync that is cut off', () => {
  it('goes on after the last page it stored', async () => {
    const { body } = await club.sync({}, { limits: { pages: 6 } });
    expect(body).toMatchObject({ complete: false, clubs: [{ changed_segments: null }] });
    const { page, completed_at } = await listing('bookings');
    expect(page).toBeGreaterThan(0);
    expect(completed_at).toBeNull();

    const answer = await club.syncAll();
    await expectMirrorEqualsPlatform(club);
    expect(listingOf(answer, 'bookings').pages).toBeLessThan(6);
    // The last stored page is read once more: rows may have slid onto it in the meantime.
    const pages = pagesOf('/records/1001');
    expect(pages.filter((value) => value === String(page))).toHaveLength(2);
    expect(pages.filter((value) => value === '1')).toHaveLength(1);
  });

  it('loses nothing to a failure in the middle of its pages, and archives nothing', async () => {
    await club.syncAll();
    club.advance(60_000);
    await club.fault({ kind: '500', match: { path: '/clients/*' }, afterPage: 1, times: 0 });
    const { status, body } = await club.sync({ mode: 'full' });
    expect(status).toBe(200);
    expect(body.complete).toBe(false);
    expect(body.clubs[0]!.error).toContain('GET /clients/1001 was answered with 500');
    expect(await listing('clients')).toMatchObject({
      page: 1,
      error: expect.stringContaining('500'),
      opened_at: expect.any(Date),
    });
    await expectMirrorEqualsPlatform(club);

    await club.control('DELETE', '/faults');
    await club.syncAll();
    expect(await listing('clients')).toMatchObject({ error: null, archived_rows: '0' });
    await expectMirrorEqualsPlatform(club);
  });

  it('finishes a rebuild that somebody else began', async () => {
    await club.syncAll();
    club.advance(60_000);
    expect((await club.sync({ mode: 'full' }, { limits: { pages: 6 } })).body.complete).toBe(false);
    const opened =
      await club.sql`select entity from crm.listings where lane = 'full' and opened_at is not null order by entity`;
    expect(opened.map(({ entity }) => entity)).toEqual(expect.arrayContaining(['bookings', 'payments']));
    await club.control('DELETE', '/requests');
    const { body } = await club.sync({ mode: 'full' });
    expect(body.complete).toBe(true);
    expect(pagesOf('/clients/1001')).toEqual([]);
    expect(await club.sql`select entity from crm.listings where opened_at is not null`).toEqual([]);
  });

  it('leaves the club to another run that has it', async () => {
    await club.sql`insert into crm.sync_leases values (1, 'full', gen_random_uuid(), ${new Date(club.now().getTime() + 100_000)})`;
    const { status, body } = await club.sync();
    expect(status).toBe(200);
    expect(body.complete).toBe(false);
    expect(body.clubs[0]!.error).toContain('Another run');
    expect(club.booking.requests.counts().total).toBe(0);
  });

  it('takes a club over whose reader died', async () => {
    await club.sql`insert into crm.sync_leases values (1, 'full', gen_random_uuid(), ${new Date(club.now().getTime() - 1)})`;
    expect((await club.syncAll()).complete).toBe(true);
    expect(await club.sql`select * from crm.sync_leases`).toEqual([]);
  });
});

describe('a list that moves while it is read', () => {
  it('loses no client when another vanishes between two pages', async () => {
    let isGone = false;
    await club.sync(
      {},
      {
        async onRequest({ pathname, searchParams }) {
          if (isGone || !pathname.includes('/clients/') || searchParams.get('page') !== '2') return;
          isGone = true;
          await club.control('DELETE', '/clients/10001');
        },
      },
    );
    expect(isGone).toBe(true);
    const held = club.booking.store.clients({ sql: [], values: [] }, { page: 1, count: 1_000 }).rows;
    const [missing] = await club.sql`
      select count(*)::int as count
      from unnest(${held.map(({ payload }) => String(payload.id))}::text[]) as held (external_id)
      where not exists (select from crm.clients as known where known.external_id = held.external_id)
    `;
    expect(missing).toEqual({ count: 0 });
  });

  it('loses no booking when others leave the window of changes by being edited', async () => {
    await club.syncAll();
    club.advance(10 * 60_000);
    const { rows } = club.booking.store.records({ sql: [], values: [] }, { page: 1, count: 450 });
    for (const { id } of rows) await club.control('PATCH', `/records/${id}`, { raw: { comment: 'edited' } });
    club.advance(60_000);
    let edits = 0;
    await club.sync(
      {},
      {
        async onRequest({ pathname, searchParams }) {
          if (!pathname.includes('/records/') || searchParams.get('page') === '1' || edits >= 5) return;
          club.advance(2_000);
          // The newest is on the first page: everything after it slides up.
          await club.control('PATCH', `/records/${rows[edits]!.id}`, { raw: { comment: 'edited twice' } });
          edits += 1;
        },
      },
    );
    const comments = await club.sql<{ count: number }[]>`
      select count(*)::int as count from crm.bookings where raw ->> 'comment' like 'edited%'
    `;
    expect(edits).toBeGreaterThan(0);
    expect(comments[0]!.count).toBe(450);
  });

  it('is read to its end although the platform shows fewer rows a page than asked for', async () => {
    await club.sync(
      {},
      {
        onRequest({ searchParams }) {
          if (searchParams.has('count')) searchParams.set('count', '40');
        },
      },
    );
    await expectMirrorEqualsPlatform(club);
    const [lost] =
      await club.sql`select count(*)::int as count from crm.clients where deleted_at is not null`;
    expect(lost!.count).toBe(0);
    expect(club.logged.filter(({ event }) => event === 'page_size_lowered').length).toBeGreaterThan(0);
  });

  it('is asked again when a page came short', async () => {
    await club.fault({ kind: 'short-page', match: { path: '/records/*' }, afterPage: 2, times: 1 });
    await club.fault({ kind: 'short-page', match: { path: '/clients/*' }, times: 1 });
    await club.syncAll();
    await expectMirrorEqualsPlatform(club);
  });
});

describe('a rebuild', () => {
  it('finds the client who vanished without a trace, and nobody else', async () => {
    await club.syncAll();
    await club.control('DELETE', '/clients/10007');
    club.advance(60_000);
    await club.syncAll();
    expect(await club.sql`select external_id from crm.clients where deleted_at is not null`).toEqual([]);
    const { clubs } = await club.syncAll({ mode: 'full' });
    expect(listingOf({ clubs }, 'clients').archived).toBe(1);
    expect(await club.sql`select external_id from crm.clients where deleted_at is not null`).toEqual([
      { external_id: '10007' },
    ]);
    await expectMirrorEqualsPlatform(club);
  });

  it('does not believe a platform that suddenly has no clients', async () => {
    await club.syncAll();
    club.advance(60_000);
    await club.sync(
      { mode: 'full' },
      {
        onRequest({ pathname, searchParams }) {
          if (pathname.includes('/clients/')) searchParams.set('changed_after', '2100-01-01T00:00:00');
        },
      },
    );
    expect(await listing('clients')).toMatchObject({ archived_rows: '0' });
    await expectMirrorEqualsPlatform(club);
  });
});
