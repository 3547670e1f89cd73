import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hookSettingsSchema } from '../../../stack/sandbox/booking/hooks.ts';
import { BOOKING_BASE, createBookingApp } from '../../../stack/sandbox/booking/app.ts';
import { WebhookQueue } from '../../../stack/sandbox/delivery/webhook-queue.ts';
import type { BookingProvider, Send } from '../../../shared/booking/provider.ts';
import { createApp as createWebhook } from '../../../supabase/functions/booking-webhook/app.ts';
import { openAltegio } from '../../../supabase/functions/crm-sync/altegio/provider.ts';
import { OutOfBudgetError } from '../../../supabase/functions/crm-sync/budget.ts';
import { clubOf } from '../../../supabase/functions/crm-sync/club-of.ts';
import { settleHints } from '../../../supabase/functions/crm-sync/hints.ts';
import { Mirror } from '../../../supabase/functions/crm-sync/mirror.ts';
import { openClub } from './club.ts';
import type { ClubUnderSync } from './club.ts';
import { expectMirrorEqualsPlatform } from './equality.ts';

const SECRET = 'a-secret-of-exactly-32-characters';
const INSTALLATION = { companyId: '1001', chainId: '501' };
const MINUTE = 60_000;

let club: ClubUnderSync;
let queue: WebhookQueue;
let webhook: ReturnType<typeof createWebhook>;

beforeAll(async () => {
  club = await openClub({ clients: 30, visits: 300 });
  await club.syncAll();
  const { database, now, log, booking } = club;
  webhook = createWebhook({ database, secret: SECRET, installationCompanyId: '1001', now, log });
  queue = new WebhookQueue({ db: booking.store.db, now });
  booking.hooks.deliverThrough(queue, async (url, init) =>
    webhook.request(new URL(String(url)).pathname, init),
  );
  booking.hooks.change(
    hookSettingsSchema.parse({
      urls: [`http://functions.test/booking-webhook/${SECRET}`],
      active: 1,
      service: 1,
      master: 1,
      client: 1,
      record: 1,
      goods_operations_sale: 1,
      finances_operation: 1,
    }),
  );
});
afterAll(() => club.close());

beforeEach(async () => {
  club.advance(10 * MINUTE);
  await arrive();
  await club.sql`delete from crm.hints`;
  await club.control('DELETE', '/faults');
  await club.control('DELETE', '/requests');
});

/** What the platform owes arrives. */
async function arrive(): Promise<void> {
  club.advance(5_000);
  await queue.deliverDue();
}

/** A webhook that the platform never sent. */
async function pretend(resource: string, id: number, status: string, data: unknown = {}): Promise<void> {
  const envelope = { company_id: 1001, resource, resource_id: id, status, data };
  const response = await webhook.request(`/booking-webhook/${SECRET}`, {
    method: 'POST',
    body: JSON.stringify(envelope),
  });
  expect(response.status).toBe(200);
}

const inTurn: Send = (attempt) => {
  club.advance(400);
  return attempt();
};

async function settle(send = inTurn) {
  const { database, now, log, booking } = club;
  const mirror = new Mirror(database, now);
  const [target] = await mirror.targets();
  const platform = createBookingApp(booking);
  const provider: BookingProvider = openAltegio(
    clubOf(target!, INSTALLATION),
    {
      access: {
        url: `http://platform.test${BOOKING_BASE}`,
        partnerToken: booking.credentials.partnerToken,
        userToken: booking.credentials.userToken,
      },
      fetch: async (input, init) => platform.fetch(new Request(input, init)),
      timeoutMs: 1_000,
    },
    send,
  );
  return settleHints({ mirror, provider, database, now, log }, target!);
}

const asked = async (): Promise<string[]> => {
  const { requests } = await club.control('GET', '/requests');
  return (requests as { path: string }[]).map(({ path }) => path);
};
const clientOf = async (id: number) =>
  (
    await club.sql`select name, phone, deleted_at, client_id from crm.clients where external_id = ${String(id)}`
  )[0];
const bookingOf = async (id: number) =>
  (await club.sql`select status, client_id from crm.bookings where external_id = ${String(id)}`)[0];
const openHints = async () =>
  (
    await club.sql<
      { entity: string }[]
    >`select entity from crm.hints where settled_at is null order by hint_id`
  ).map(({ entity }) => entity);

async function newClient(): Promise<number> {
  const { id } = await club.control('POST', '/clients', { name: 'Eva', phone: '+420601000001' });
  return id as number;
}

/** A client that the mirror has and no hint waits for. */
async function knownClient(): Promise<number> {
  const id = await newClient();
  await arrive();
  await settle();
  await club.control('DELETE', '/requests');
  return id;
}

describe('A hint', () => {
  it('brings a new member and their visit before any tick, and segments follow', async () => {
    const clientId = await newClient();
    const { id } = await club.control('POST', '/visits', { clientId });
    await arrive();
    const report = await settle();
    expect(report).toMatchObject({ settled: 2, changed: 2, wanted: [], complete: true, errors: [] });
    expect(report.changedSegments).toBeGreaterThanOrEqual(0);
    expect(await asked()).toEqual(['/clients/1001', `/record/1001/${id}`]);
    const client = await clientOf(clientId);
    expect(client).toMatchObject({ name: 'Eva', deleted_at: null });
    expect(await bookingOf(id)).toMatchObject({ status: 'attended', client_id: client!.client_id });
    const stats =
      await club.sql`select visits_total from stats.client_stats where client_id = ${client!.client_id}`;
    expect(stats).toMatchObject([{ visits_total: 1 }]);
    await expectMirrorEqualsPlatform(club);
  });

  it('brings a cancellation', async () => {
    const clientId = await knownClient();
    const { id } = await club.control('POST', '/visits', { clientId });
    await club.control('DELETE', `/records/${id}`);
    await arrive();
    expect(await settle()).toMatchObject({ settled: 2, changed: 1 });
    expect(await bookingOf(id)).toMatchObject({ status: 'cancelled' });
  });

  it('at many changes of one row asks for it once', async () => {
    const clientId = await knownClient();
    for (const name of ['Jana', 'Petra', 'Lucie']) {
      await club.control('PATCH', `/clients/${clientId}`, { name });
      club.advance(1_000);
    }
    await arrive();
    expect(await settle()).toMatchObject({ settled: 3, changed: 1 });
    expect(await asked()).toEqual(['/clients/1001']);
    expect(await clientOf(clientId)).toMatchObject({ name: 'Lucie' });
  });

  it('that changes nothing leaves the segments alone', async () => {
    const clientId = await knownClient();
    await pretend('client', clientId, 'update');
    expect(await settle()).toMatchObject({ settled: 1, changed: 0, changedSegments: null });
  });

  it('is followed by one of two who come at the same time', async () => {
    const clientId = await knownClient();
    await pretend('client', clientId, 'update');
    const reports = await Promise.all([settle(), settle()]);
    expect(reports.map(({ settled }) => settled).sort()).toEqual([0, 1]);
    expect(await asked()).toHaveLength(1);
  });
});

describe('A client deleted on the platform', () => {
  it('is archived at once, for nothing else tells of it', async () => {
    const clientId = await knownClient();
    await club.control('DELETE', `/clients/${clientId}`);
    await arrive();
    expect(await settle()).toMatchObject({ settled: 1, changed: 1 });
    expect((await clientOf(clientId))!.deleted_at).toBeInstanceOf(Date);
    await expectMirrorEqualsPlatform(club);
  });

  it('who is still there was never deleted, whatever the webhook says', async () => {
    const clientId = await knownClient();
    await pretend('client', clientId, 'delete');
    expect(await settle()).toMatchObject({ settled: 1, changed: 0 });
    expect(await clientOf(clientId)).toMatchObject({ deleted_at: null });
  });

  it('who is not found, and was not said to be deleted, may be hidden from us', async () => {
    const clientId = await knownClient();
    club.booking.store.removeClient(clientId);
    await pretend('client', clientId, 'update');
    expect(await settle()).toMatchObject({ settled: 1, changed: 0 });
    expect(await clientOf(clientId)).toMatchObject({ deleted_at: null });
    await club.sql`update crm.clients set deleted_at = now() where external_id = ${String(clientId)}`;
  });
});

describe('What a webhook says of a row', () => {
  it('is never believed', async () => {
    const clientId = await knownClient();
    const { id } = await club.control('POST', '/visits', { clientId });
    await arrive();
    // The visit is counted in the client's own row.
    await pretend('client', clientId, 'update', { last_change_date: 'since the visit' });
    await settle();
    const before = [await clientOf(clientId), await bookingOf(id)];
    await pretend('client', clientId, 'update', { id: clientId, name: 'Mallory', phone: '+420666666666' });
    await pretend('record', id, 'update', { id, attendance: -1, deleted: true });
    expect(await settle()).toMatchObject({ settled: 2, changed: 0 });
    expect([await clientOf(clientId), await bookingOf(id)]).toEqual(before);
  });

  it('makes no row that the platform does not have', async () => {
    await pretend('client', 99_999_999, 'create', { id: 99_999_999, name: 'Nobody' });
    await pretend('record', 99_999_999, 'create', { id: 99_999_999, attendance: 1 });
    expect(await settle()).toMatchObject({ settled: 2, changed: 0 });
    expect(await clientOf(99_999_999)).toBeUndefined();
    expect(await bookingOf(99_999_999)).toBeUndefined();
  });
});

describe('What cannot be asked for by id', () => {
  it('is wanted from the next listing of changes', async () => {
    const clientId = await knownClient();
    await club.control('POST', '/sales', { clientId, membershipTypeId: 301 });
    await club.control('PUT', '/catalogue/services/7001', { title: 'Jóga' });
    await arrive();
    const report = await settle();
    expect(report).toMatchObject({ settled: 3, changed: 0, complete: true });
    expect(report.wanted).toEqual(['services', 'membership_sales', 'payments']);
    expect(await asked()).toEqual([]);
  });

  it('or would take a request each, is cheaper listed', async () => {
    const clientId = await knownClient();
    for (let visit = 0; visit < 6; visit += 1) await club.control('POST', '/visits', { clientId });
    await arrive();
    expect(await settle()).toMatchObject({ settled: 6, changed: 0, wanted: ['bookings'] });
    expect(await asked()).toEqual([]);
  });

  it('or is not named, is wanted too', async () => {
    await pretend('record', 0, 'update');
    expect(await settle()).toMatchObject({ settled: 1, wanted: ['bookings'] });
  });

  it('goes on over more hints than are claimed at once', async () => {
    const { clients } = await club.control('GET', '/clients?count=1');
    for (let id = 1; id <= 120; id += 1) await pretend('client', id + 500_000, 'update');
    await pretend('client', clients[0].id, 'update');
    expect(await settle()).toMatchObject({ settled: 121, complete: true });
    expect(await asked()).toHaveLength(2);
  });
});

describe('A platform in trouble', () => {
  it('that does not answer keeps the hint for later', async () => {
    const clientId = await knownClient();
    await club.control('PATCH', `/clients/${clientId}`, { name: 'Jana' });
    await arrive();
    await club.fault({ kind: '500' });
    const report = await settle();
    expect(report).toMatchObject({ settled: 0, complete: false });
    expect(report.errors).toHaveLength(1);
    expect(await openHints()).toEqual(['clients']);
    // Not every five seconds.
    expect(await settle()).toMatchObject({ settled: 0, complete: true });
    club.advance(2 * MINUTE);
    expect(await settle()).toMatchObject({ settled: 1, changed: 1 });
    expect(await clientOf(clientId)).toMatchObject({ name: 'Jana' });
  });

  it('that refuses us a row keeps the reason, and is not asked again', async () => {
    const clientId = await knownClient();
    await pretend('client', clientId, 'update');
    await pretend('record', 0, 'update');
    await club.fault({ kind: 'no-rights' });
    const report = await settle();
    expect(report).toMatchObject({ settled: 2, complete: true, wanted: ['bookings'] });
    expect(report.errors).toHaveLength(1);
    const rows = await club.sql`select error from crm.hints where error is not null`;
    expect(rows).toMatchObject([{ error: report.errors[0]!.message }]);
    expect(await openHints()).toEqual([]);
  });

  it('costs no more time than there is', async () => {
    const clientId = await knownClient();
    await pretend('client', clientId, 'update');
    const report = await settle(() => Promise.reject(new OutOfBudgetError()));
    expect(report).toMatchObject({ settled: 0, complete: false, errors: [] });
    expect(await openHints()).toEqual(['clients']);
  });
});
