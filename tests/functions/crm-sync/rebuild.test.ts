import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entitiesOf, listingOf, openClub } from './club.ts';
import type { ClubUnderSync } from './club.ts';
import { expectMirrorEqualsPlatform } from './equality.ts';

const MINUTE = 60_000;
/** 03:00 in Prague. */
const NIGHT = Date.parse('2026-03-12T02:00:00Z');

let club: ClubUnderSync;

beforeEach(async () => {
  club = await openClub({ clients: 210, visits: 500 });
  await club.syncAll();
});
afterEach(() => club.close());

/** Time passes with the sync keeping up, up to a moment. */
async function passTo(moment: number): Promise<void> {
  club.advance(moment - MINUTE - club.now().getTime());
  await club.sync();
  club.advance(moment - club.now().getTime());
}

async function rebuilds() {
  return club.sql`select cause, finished_at is not null as is_finished from crm.rebuilds order by rebuild_id`;
}

async function differences() {
  return club.sql`
    select entity, external_id, difference, fields from crm.mended_rows order by entity, difference, external_id
  `;
}

describe('the nightly rebuild', () => {
  it("begins by itself at the hour of the club's wall clock, and once", async () => {
    expect(await rebuilds()).toEqual([{ cause: 'first', is_finished: true }]);
    await passTo(NIGHT - MINUTE);
    expect(entitiesOf((await club.sync()).body).filter((entity) => entity === 'clients')).toHaveLength(1);
    club.advance(MINUTE);
    const { body } = await club.sync();
    expect(listingOf(body, 'clients')).toMatchObject({ lane: 'full' });
    expect(body).toMatchObject({ complete: true });
    expect(await rebuilds()).toEqual([
      { cause: 'first', is_finished: true },
      { cause: 'nightly', is_finished: true },
    ]);
    club.advance(MINUTE);
    expect((await club.sync()).body.clubs[0]!.listings).toHaveLength(4);
  });

  it('is not made up for in the day, unless two nights were missed', async () => {
    club.advance(NIGHT + 8 * 60 * MINUTE - club.now().getTime());
    await club.sync();
    expect(await rebuilds()).toHaveLength(1);
    club.advance(24 * 60 * MINUTE);
    await club.sync();
    expect(await rebuilds()).toHaveLength(2);
  });

  it('mends what the increments could not see, and reports each difference', async () => {
    const [record, purged] = club.booking.store.records(
      { sql: ['attendance = 1', 'deleted = 0'], values: [] },
      { page: 1, count: 2 },
    ).rows;
    await club.control('PATCH', `/records/${record!.id}`, { attendance: -1, silent: true });
    await club.control('DELETE', `/records/${purged!.id}?purge=1`);
    await club.control('PATCH', '/clients/10008', { email: 'new@example.test', silent: true });
    await club.control('DELETE', '/clients/10007');
    await passTo(NIGHT);
    expect(await differences()).toEqual([]);
    await club.syncAll();
    expect(await differences()).toEqual([
      { entity: 'bookings', external_id: String(record!.id), difference: 'changed', fields: ['status'] },
      { entity: 'bookings', external_id: String(purged!.id), difference: 'gone', fields: [] },
      { entity: 'clients', external_id: '10008', difference: 'changed', fields: ['email'] },
      { entity: 'clients', external_id: '10007', difference: 'gone', fields: [] },
    ]);
    const [gone] =
      await club.sql`select is_deleted, status from crm.bookings where external_id = ${purged!.id}`;
    expect(gone).toEqual({ is_deleted: true, status: 'cancelled' });
  });

  it('does not call news a difference', async () => {
    await passTo(NIGHT);
    await club.control('POST', '/visits', { clientId: 10_001 });
    await club.control('PATCH', '/clients/10002', { email: 'new@example.test' });
    await club.syncAll({ mode: 'full' });
    expect(await differences()).toEqual([]);
    await expectMirrorEqualsPlatform(club);
  });

  it("counts the platform's rows beside the mirror's", async () => {
    await passTo(NIGHT);
    await club.control('PATCH', '/clients/10003', { raw: { sms_not: 'perhaps' } });
    await club.syncAll();
    const counts = await club.sql`
      select entity, platform_rows::int, mirror_rows::int, quarantined_rows::int, error
      from crm.rebuild_entities
      join crm.rebuilds using (club_id, rebuild_id)
      where cause = 'nightly'
    `;
    const { clients, records, transactions } = club.booking.store.totals();
    expect(counts).toHaveLength(9);
    expect(counts.find(({ entity }) => entity === 'clients')).toMatchObject({
      platform_rows: clients,
      mirror_rows: clients,
      quarantined_rows: 1,
    });
    expect(counts.find(({ entity }) => entity === 'bookings')).toMatchObject({ platform_rows: records });
    expect(counts.find(({ entity }) => entity === 'payments')).toMatchObject({ platform_rows: transactions });
    for (const { mirror_rows: mirror, platform_rows: platform } of counts)
      expect(mirror).toBeGreaterThanOrEqual(platform);
  });
});

describe('while a rebuild is being read', () => {
  it("the minute's tick is not kept waiting", async () => {
    await passTo(NIGHT);
    const ticks: { seen: number; took: number }[] = [];
    await club.sync(
      { mode: 'full' },
      {
        async onRequest({ pathname, searchParams }) {
          const isMiddle = pathname.includes('/records/') && searchParams.get('page') === '2';
          if (!isMiddle || searchParams.has('changed_after') || ticks.length > 0) return;
          const visit = await club.control('POST', '/visits', { clientId: 10_001 });
          const started = club.now().getTime();
          ticks.push({ seen: 0, took: 0 });
          await club.sync();
          const seen = await club.sql`select from crm.bookings where external_id = ${visit.id}`;
          ticks[0] = { seen: seen.length, took: club.now().getTime() - started };
        },
      },
    );
    expect(ticks).toEqual([{ seen: 1, took: expect.any(Number) }]);
    expect(ticks[0]!.took).toBeLessThan(MINUTE);
    await club.syncAll({ mode: 'rebuild' });
    expect(await differences()).toEqual([]);
    await expectMirrorEqualsPlatform(club);
  });

  it('nobody who came meanwhile is taken for gone', async () => {
    await passTo(NIGHT);
    let isDone = false;
    await club.sync(
      { mode: 'full' },
      {
        async onRequest({ pathname }) {
          // The clients have been read; a new one comes with the tick.
          if (!pathname.includes('/records/') || isDone) return;
          isDone = true;
          await club.control('POST', '/clients', { name: 'Nová', phone: '+420777000111' });
          await club.sync();
        },
      },
    );
    await club.syncAll({ mode: 'rebuild' });
    expect(await club.sql`select from crm.clients where deleted_at is not null`).toHaveLength(0);
    await expectMirrorEqualsPlatform(club);
  });
});

describe('a row that a whole listing does not show', () => {
  it('is asked for by name before anything is archived', async () => {
    await passTo(NIGHT);
    await club.sync(
      { mode: 'full' },
      {
        onRequest({ pathname, searchParams }) {
          // The second page of clients comes as the first again: ten clients are never shown.
          if (pathname.endsWith('/clients/1001') && searchParams.get('page') === '2')
            searchParams.set('page', '1');
        },
      },
    );
    await club.syncAll({ mode: 'rebuild' });
    expect(await club.sql`select from crm.clients where deleted_at is not null`).toHaveLength(0);
    await expectMirrorEqualsPlatform(club);
  });

  it('is left as it is where the platform cannot be asked, and told as unexplained', async () => {
    await passTo(NIGHT);
    await club.sync(
      { mode: 'full' },
      {
        onRequest({ pathname, searchParams }) {
          if (pathname.includes('/transactions/') && !searchParams.has('changed_after'))
            searchParams.set('page', '9999');
        },
      },
    );
    await club.syncAll({ mode: 'rebuild' });
    const rows = await differences();
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map(({ entity, difference }) => `${entity} ${difference}`))).toEqual(
      new Set(['payments unexplained', 'membership_sales unexplained']),
    );
    await expectMirrorEqualsPlatform(club);
  });
});

describe('several clubs', () => {
  it('are each read, though the platform does not know one of them', async () => {
    await club.sql`select core.create_club('Elsewhere', 'Europe/Sofia', 'BG', 'EUR', ${club.now()})`;
    await club.sql`update core.clubs set booking_company_id = '9999' where name = 'Elsewhere'`;
    await club.sql`select core.create_club('By Hand', 'Europe/Sofia', 'BG', 'EUR', ${club.now()})`;
    await club.sql`update core.clubs set booking_provider = 'csv' where name = 'By Hand'`;
    club.advance(MINUTE);
    const visit = await club.control('POST', '/visits', { clientId: 10_001 });
    const { status, body } = await club.sync();
    expect(status).toBe(200);
    expect(body.clubs).toMatchObject([
      { club_id: 1, complete: true },
      {
        club_id: 2,
        complete: false,
        needs_person: true,
        error: expect.stringContaining('BOOKING_COMPANY_ID'),
      },
    ]);
    expect(await club.sql`select from crm.bookings where external_id = ${visit.id}`).toHaveLength(1);
  });
});
