import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entitiesOf, openClub } from './club.ts';
import type { ClubUnderSync } from './club.ts';
import { expectMirrorEqualsPlatform } from './equality.ts';

let club: ClubUnderSync;

beforeEach(async () => {
  club = await openClub({ clients: 40, visits: 700 });
});
afterEach(() => club.close());

describe('a platform in trouble', () => {
  it.each(['429', 'success-false', 'html-403', '500', 'page-failure', 'reset', 'truncated-json', 'slow'])(
    'of the kind %s is asked again, and nothing is lost or invented',
    async (kind) => {
      await club.fault({ kind, match: { path: '/records/*' }, times: 2 });
      await club.fault({ kind, match: { path: '/transactions/*' }, afterPage: 1, times: 1 });
      const started = club.now().getTime();
      const { body } = await club.sync();
      expect(body.complete).toBe(true);
      expect(club.now().getTime() - started).toBeGreaterThanOrEqual(3_000);
      await expectMirrorEqualsPlatform(club);
    },
  );

  it.each(['429', 'success-false', 'html-403'])(
    'of the kind %s makes everybody wait, longer each time',
    async (kind) => {
      await club.fault({ kind, match: { path: '/clients/*' }, times: 3 });
      await club.sync();
      const times = club.booking.requests
        .list(0, 100)
        .filter(({ path, query }) => path === '/clients/1001' && query.includes('page=1'))
        .map(({ at }) => Date.parse(at));
      const gaps = times.slice(1).map((time, index) => time - times[index]!);
      expect(gaps.map((gap) => Math.floor(gap / 1_000))).toEqual([1, 2, 4]);
    },
  );

  it('that does not end stops the run with a reason, and the next one goes on', async () => {
    await club.fault({ kind: 'truncated-json', match: { path: '/records/*' }, afterPage: 2, times: 0 });
    const { status, body } = await club.sync();
    expect(status).toBe(200);
    expect(body).toMatchObject({ complete: false, clubs: [{ needs_person: false, changed_segments: null }] });
    const [failed] =
      await club.sql`select page, error from crm.listings where entity = 'bookings' and lane = 'full'`;
    expect(failed).toMatchObject({ page: 2, error: body.clubs[0]!.error });
    await club.control('DELETE', '/faults');
    await club.syncAll();
    await expectMirrorEqualsPlatform(club);
  });

  it('of tokens is told at once, with the cure, and not asked again', async () => {
    const { status, body } = await club.sync({}, { userToken: 'changed-with-the-password' });
    expect(status).toBe(502);
    expect(body.error).toContain('BOOKING_USER_TOKEN');
    expect(club.booking.requests.counts().total).toBe(1);
    const [failed] =
      await club.sql`select error from crm.listings where entity = 'services' and lane = 'full'`;
    expect(failed!.error).toContain('BOOKING_USER_TOKEN');
    expect(JSON.stringify(club.logged)).not.toContain('changed-with-the-password');
  });

  it('of one missing right keeps nothing else from being read, and the numbers from nobody', async () => {
    await club.fault({ kind: 'no-rights', match: { path: '/chain/*' }, times: 0 });
    const { status, body } = await club.sync();
    expect({ status, complete: body.complete }).toEqual({ status: 200, complete: true });
    expect(body.clubs[0]!.not_read).toEqual({
      memberships: expect.stringContaining('GET /chain/501/loyalty/abonements is not allowed: give'),
    });
    expect(body.clubs[0]!.changed_segments).toBeGreaterThan(0);
    const rows = await club.sql`select entity from crm.listings where completed_at is null`;
    expect(rows.map(({ entity }) => entity)).toEqual(['memberships']);
    await club.control('DELETE', '/faults');
    // What needs a person is not asked for every minute.
    club.advance(60_000);
    expect(entitiesOf((await club.sync()).body)).not.toContain('memberships');
    club.advance(15 * 60_000);
    await club.syncAll();
    await expectMirrorEqualsPlatform(club);
  });
});

describe('a row that cannot be read', () => {
  it('waits in quarantine with its reason, and is released when it can be read', async () => {
    await club.syncAll();
    club.advance(60_000);
    const clientId = 10_001;
    const record = await club.control('POST', '/records', {
      clientId,
      startsAt: '2026-04-01 18:00:00',
      raw: { attendance: 7 },
    });
    const other = await club.control('POST', '/records', { clientId, startsAt: '2026-04-02 18:00:00' });
    await club.syncAll();
    const held =
      await club.sql`select entity, external_id, reason, raw -> 'attendance' as attendance from crm.quarantine`;
    expect(held).toEqual([
      {
        entity: 'bookings',
        external_id: String(record.id),
        reason: expect.stringContaining('attendance: "7"'),
        attendance: 7,
      },
    ]);
    expect(await club.sql`select 1 from crm.bookings where external_id = ${String(other.id)}`).toHaveLength(
      1,
    );

    club.advance(60_000);
    await club.control('PATCH', `/records/${record.id}`, { attendance: 1, raw: { attendance: 1 } });
    await club.syncAll();
    expect(await club.sql`select * from crm.quarantine`).toEqual([]);
    await expectMirrorEqualsPlatform(club);
  });

  it('does not count as gone in a rebuild', async () => {
    await club.control('PATCH', '/clients/10003', { raw: { sms_not: 'perhaps' } });
    await club.syncAll();
    expect(await club.sql`select external_id from crm.quarantine`).toEqual([{ external_id: '10003' }]);
    await club.control('PATCH', '/clients/10003', { raw: { sms_not: 0 } });
    club.advance(60_000);
    await club.syncAll();
    await club.control('PATCH', '/clients/10003', { raw: { sms_not: 'perhaps' } });
    await club.syncAll({ mode: 'full' });
    expect(await club.sql`select external_id from crm.clients where deleted_at is not null`).toEqual([]);
  });
});
