// A club whose platform sends webhooks, and what tests ask of it.
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { hookSettingsSchema } from '../../../stack/sandbox/booking/hooks.ts';
import { BOOKING_BASE, createBookingApp } from '../../../stack/sandbox/booking/app.ts';
import { WebhookQueue } from '../../../stack/sandbox/delivery/webhook-queue.ts';
import type { BookingProvider, Send } from '../../../shared/booking/provider.ts';
import { createApp as createWebhook } from '../../../supabase/functions/booking-webhook/app.ts';
import { openAltegio } from '../../../supabase/functions/crm-sync/altegio/provider.ts';
import { clubOf } from '../../../supabase/functions/crm-sync/club-of.ts';
import { settleHints } from '../../../supabase/functions/crm-sync/hints.ts';
import { Mirror } from '../../../supabase/functions/crm-sync/mirror.ts';
import { openClub } from './club.ts';
import type { ClubUnderSync } from './club.ts';

const SECRET = 'a-secret-of-exactly-32-characters';
const INSTALLATION = { companyId: '1001', chainId: '501' };
export const MINUTE = 60_000;

export let club: ClubUnderSync;
let queue: WebhookQueue;
let webhook: ReturnType<typeof createWebhook>;

/** Opens the club for the tests of the file that calls this, and makes each begin without hints. */
export function useHintedClub(): void {
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
}

/** What the platform owes arrives. */
export async function arrive(): Promise<void> {
  club.advance(5_000);
  await queue.deliverDue();
}

/** A webhook that the platform never sent. */
export async function pretend(
  resource: string,
  id: number,
  status: string,
  data: unknown = {},
): Promise<void> {
  const envelope = { company_id: 1001, resource, resource_id: id, status, data };
  const response = await webhook.request(`/booking-webhook/${SECRET}`, {
    method: 'POST',
    body: JSON.stringify(envelope),
  });
  expect(response.status).toBe(200);
}

export const inTurn: Send = (attempt) => {
  club.advance(400);
  return attempt();
};

export async function settle(send = inTurn) {
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

export const asked = async (): Promise<string[]> => {
  const { requests } = await club.control('GET', '/requests');
  return (requests as { path: string }[]).map(({ path }) => path);
};
export const clientOf = async (id: number) =>
  (
    await club.sql`select name, phone, deleted_at, client_id from crm.clients where external_id = ${String(id)}`
  )[0];
export const bookingOf = async (id: number) =>
  (await club.sql`select status, client_id from crm.bookings where external_id = ${String(id)}`)[0];
export const openHints = async () =>
  (
    await club.sql<
      { entity: string }[]
    >`select entity from crm.hints where settled_at is null order by hint_id`
  ).map(({ entity }) => entity);

export async function newClient(): Promise<number> {
  const { id } = await club.control('POST', '/clients', { name: 'Eva', phone: '+420601000001' });
  return id as number;
}

/** A client that the mirror has and no hint waits for. */
export async function knownClient(): Promise<number> {
  const id = await newClient();
  await arrive();
  await settle();
  await club.control('DELETE', '/requests');
  return id;
}
