import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { entitiesOf, listingOf, openClub } from './club.ts';
import type { ClubUnderSync } from './club.ts';
import { expectMirrorEqualsPlatform } from './equality.ts';

const MINUTE = 60_000;

let club: ClubUnderSync;

beforeAll(async () => {
  club = await openClub({ clients: 40, visits: 600 });
  await club.syncAll();
});
afterAll(() => club.close());

/** A minute later nothing of before is in the overlap any more. */
beforeEach(async () => {
  club.advance(10 * MINUTE);
  await club.syncAll();
  club.advance(MINUTE);
  await club.control('DELETE', '/requests');
});

async function bookingOf(id: number) {
  const [row] = await club.sql`select * from crm.bookings where external_id = ${String(id)}`;
  return row!;
}

async function someClient(): Promise<number> {
  const { clients } = await club.control('GET', '/clients?count=1');
  return clients[0].id;
}

describe('a minute in which nothing changed', () => {
  it('costs at most 4 requests and changes no row', async () => {
    const { body } = await club.sync();
    expect(body.complete).toBe(true);
    expect(club.booking.requests.counts().total).toBeLessThanOrEqual(4);
    const { listings } = body.clubs[0]!;
    expect(listings).toHaveLength(4);
    expect(listings.every(({ changed, lane }) => changed === 0 && lane === 'changes')).toBe(true);
    expect(body.clubs[0]!.changed_segments).toBe(0);
  });

  it('asks for what cannot be narrowed to changes only now and then', async () => {
    club.advance(20 * MINUTE);
    const quarter = await club.sync();
    expect(entitiesOf(quarter.body)).toEqual(expect.arrayContaining(['services', 'staff']));
    expect(entitiesOf(quarter.body)).not.toContain('memberships');
    club.advance(6 * 60 * MINUTE);
    const { body } = await club.sync();
    expect(entitiesOf(body)).toContain('memberships');
  });

  it('keeps the mirror fresh, though not everything was fetched', async () => {
    await club.sync();
    const [row] = await club.sql<{ at: Date }[]>`select crm.last_good_sync(1) as at`;
    expect(club.now().getTime() - row!.at.getTime()).toBeLessThan(MINUTE);
  });
});

describe('a minute in which something changed', () => {
  it('brings a new visit and counts it', async () => {
    const clientId = await someClient();
    const record = await club.control('POST', '/visits', { clientId, serviceKind: 'personal' });
    await club.syncAll();
    expect(await bookingOf(record.id)).toMatchObject({
      status: 'attended',
      service_kind: 'personal',
      client_id: expect.any(String),
    });
    await expectMirrorEqualsPlatform(club);
  });

  it('cancels a record that was deleted, whatever its attendance says', async () => {
    const clientId = await someClient();
    const record = await club.control('POST', '/visits', { clientId });
    await club.syncAll();
    club.advance(MINUTE);
    await club.control('DELETE', `/records/${record.id}`);
    await club.syncAll();
    expect(await bookingOf(record.id)).toMatchObject({ status: 'cancelled', is_deleted: true });
    await expectMirrorEqualsPlatform(club);
  });

  it('follows an edit of a record and of a client', async () => {
    const clientId = await someClient();
    const record = await club.control('POST', '/records', { clientId, startsAt: '2026-04-01 18:00:00' });
    await club.syncAll();
    club.advance(MINUTE);
    await club.control('PATCH', `/records/${record.id}`, { attendance: -1, startsAt: '2026-04-02 19:30:00' });
    await club.control('PATCH', `/clients/${clientId}`, {
      name: 'Ольга',
      surname: 'Їжак',
      phone: '',
      smsNot: true,
    });
    await club.syncAll();
    expect(await bookingOf(record.id)).toMatchObject({
      status: 'no_show',
      starts_at: new Date('2026-04-02T17:30:00Z'),
    });
    const [row] = await club.sql`select * from crm.clients where external_id = ${String(clientId)}`;
    expect(row).toMatchObject({
      name: 'Ольга Їжак',
      first_name: 'Ольга',
      phone: null,
      language: 'uk',
      language_source: 'name',
      is_excluded_from_mailings: true,
    });
    await expectMirrorEqualsPlatform(club);
  });

  it('brings a sale with its money, and a refund', async () => {
    const clientId = await someClient();
    await club.control('POST', '/sales', { clientId, membershipTypeId: 301 });
    await club.control('POST', '/sales', { clientId, amount: -199.9 });
    const { clubs } = await club.syncAll();
    expect(listingOf({ clubs }, 'membership_sales')).toMatchObject({ changed: 1 });
    const refunds =
      await club.sql`select amount_minor::int as amount from crm.payments where amount_minor = -19990`;
    expect(refunds).toHaveLength(1);
    // The card itself comes with the next list of the chain.
    club.advance(6 * 60 * MINUTE);
    await club.syncAll();
    await expectMirrorEqualsPlatform(club);
  });

  it('gives a booking to its client when the client comes after it', async () => {
    let record: { id: number } | undefined;
    await club.sync(
      {},
      {
        async onRequest({ pathname }) {
          if (!pathname.includes('/records/') || record) return;
          // Both appear when the clients have been read and the bookings have not.
          const client = await club.control('POST', '/clients', { name: 'Nová' });
          record = await club.control('POST', '/visits', { clientId: client.id });
          club.advance(1_000);
        },
      },
    );
    await club.sync();
    expect(await bookingOf(record!.id)).toMatchObject({ client_id: expect.any(String) });
    await expectMirrorEqualsPlatform(club);
  });

  it('shows a change made while it was being listed in the next minute', async () => {
    const clientId = await someClient();
    let isDone = false;
    await club.sync(
      {},
      {
        async onRequest({ pathname }) {
          if (!pathname.includes('/transactions/') || isDone) return;
          isDone = true;
          club.advance(5_000);
          await club.control('POST', '/visits', { clientId });
        },
      },
    );
    club.advance(MINUTE);
    await club.sync();
    await expectMirrorEqualsPlatform(club);
  });
});
