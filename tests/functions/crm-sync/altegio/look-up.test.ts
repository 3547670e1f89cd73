import { DatabaseSync } from 'node:sqlite';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ProviderForbiddenError, ProviderInvalidError } from '../../../../shared/booking/provider-error.ts';
import type { BookingProvider } from '../../../../shared/booking/provider.ts';
import { BOOKING_BASE, createBookingApp } from '../../../../stack/sandbox/booking/app.ts';
import { openBooking } from '../../../../stack/sandbox/booking/booking.ts';
import type { Booking } from '../../../../stack/sandbox/booking/booking.ts';
import { BOOKING_CONTROL_BASE, createBookingControl } from '../../../../stack/sandbox/booking/control.ts';
import { faultSchema } from '../../../../stack/sandbox/booking/faults.ts';
import { openAltegio } from '../../../../supabase/functions/crm-sync/altegio/provider.ts';

const CREDENTIALS = { partnerToken: 'partner-token', userToken: 'user-token', companyId: 1001, chainId: 501 };
const CLUB = {
  timezone: 'Europe/Prague',
  country: 'CZ',
  currency: 'CZK',
  defaultLanguage: 'cs',
  companyId: '1001',
  chainId: '501',
} as const;

let booking: Booking;
let provider: BookingProvider;
/** What stands between us and the platform. */
let onTheWay: (url: URL) => void;
let elapsed = 0;

beforeAll(() => {
  const now = () => new Date('2026-03-11T09:00:00Z');
  booking = openBooking({
    db: new DatabaseSync(':memory:'),
    now,
    credentials: CREDENTIALS,
    peer: () => '127.0.0.1',
    elapsed: () => elapsed,
    demo: { clients: 60, visits: 200 },
    wait: async () => undefined,
  });
  const app = createBookingApp(booking);
  const access = {
    url: `http://platform.test${BOOKING_BASE}`,
    partnerToken: 'partner-token',
    userToken: 'user-token',
  };
  const fetch = async (input: string | URL | Request, init?: RequestInit) => {
    const url = new URL(input instanceof Request ? input.url : input);
    onTheWay(url);
    return app.fetch(new Request(url, init));
  };
  provider = openAltegio(CLUB, { access, fetch, timeoutMs: 1_000 }, (attempt) => {
    elapsed += 1_000;
    return attempt();
  });
});

beforeEach(() => {
  onTheWay = () => undefined;
  booking.requests.clear();
  booking.faults.clear();
});

const EVERY = { sql: [], values: [] };
const clientIds = (count: number) =>
  booking.store.clients(EVERY, { page: 1, count }).rows.map(({ payload }) => String(payload.id));
const recordIds = (count: number) =>
  booking.store.records(EVERY, { page: 1, count }).rows.map(({ id }) => String(id));
const control = (method: string, path: string) =>
  createBookingControl(booking).request(`${BOOKING_CONTROL_BASE}${path}`, { method });

describe('clients', () => {
  it('are looked up many in one request, and those who are gone are missing', async () => {
    const ids = clientIds(3);
    await control('DELETE', `/clients/${ids[1]}`);
    const answer = await provider.lookUp('clients', [...ids, '999999999']);
    expect(answer.rows.map(({ external_id: id }) => id).sort()).toEqual([ids[0], ids[2]].sort());
    expect(answer.missing).toEqual([ids[1], '999999999']);
    expect(booking.requests.counts().total).toBe(1);
  });

  it('are not missing because the platform lowered its page', async () => {
    const ids = clientIds(50);
    onTheWay = (url) => url.searchParams.set('count', '20');
    const { rows, missing } = await provider.lookUp('clients', ids);
    expect({ found: rows.length, missing }).toEqual({ found: 50, missing: [] });
  });

  it('are asked for one by one where the list cannot be narrowed to ids', async () => {
    onTheWay = (url) => url.searchParams.delete('id[]');
    const [id] = clientIds(1);
    const { rows, missing } = await provider.lookUp('clients', [id!, '999999999']);
    expect({ found: rows.map(({ external_id: found }) => found), missing }).toEqual({
      found: [id],
      missing: ['999999999'],
    });
    expect(booking.requests.counts().total).toBe(3);
  });

  it('too many for that are not taken for missing', async () => {
    onTheWay = (url) => url.searchParams.delete('id[]');
    const ids = Array.from({ length: 51 }, (_, index) => String(999_999_000 + index));
    await expect(provider.lookUp('clients', ids)).rejects.toThrow(ProviderInvalidError);
  });

  it('cost no request when nobody is asked for', async () => {
    expect(await provider.lookUp('clients', [])).toEqual({ rows: [], quarantined: [], missing: [] });
    expect(booking.requests.counts().total).toBe(0);
  });
});

describe('bookings', () => {
  it('are looked up one by one; a deleted one is found as such, one that never was is missing', async () => {
    const [kept, deleted] = recordIds(2);
    await control('DELETE', `/records/${deleted}`);
    const { rows, missing } = await provider.lookUp('bookings', [kept!, deleted!, '999999999']);
    expect(rows.map(({ external_id: id, is_deleted: isDeleted }) => [id, isDeleted])).toEqual([
      [kept, false],
      [deleted, true],
    ]);
    expect(missing).toEqual(['999999999']);
  });

  it('are not missing when the platform refuses to show them', async () => {
    booking.faults.add(faultSchema.parse({ kind: 'no-rights', match: { path: '/record/*' } }));
    await expect(provider.lookUp('bookings', recordIds(1))).rejects.toThrow(ProviderForbiddenError);
  });
});

it('nothing else can be looked up', async () => {
  const others = Object.entries(provider.capabilities).filter(([, { lookUp }]) => lookUp === 'none');
  expect(others).toHaveLength(7);
  for (const [entity] of others) {
    await expect(provider.lookUp(entity as 'staff', ['1'])).rejects.toThrow(ProviderInvalidError);
  }
});
