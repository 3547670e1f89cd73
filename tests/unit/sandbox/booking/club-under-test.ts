// A booking stand-in on an in-memory database with a clock the test moves.
import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import { BOOKING_BASE, createBookingApp } from '../../../../stack/sandbox/booking/app.ts';
import { openBooking } from '../../../../stack/sandbox/booking/booking.ts';
import type { Booking, BookingOptions } from '../../../../stack/sandbox/booking/booking.ts';
import { BOOKING_CONTROL_BASE, createBookingControl } from '../../../../stack/sandbox/booking/control.ts';

export const credentials = {
  partnerToken: 'partner-key',
  userToken: 'user-key',
  companyId: 1001,
  chainId: 501,
};
export const headers = {
  Accept: 'application/vnd.api.v2+json',
  Authorization: 'Bearer partner-key, User user-key',
};

/** Whatever JSON holds; the tests say what they expect of it. */
export type Json = ReturnType<typeof JSON.parse>;

export type Answer = {
  status: number;
  success: boolean;
  data: unknown;
  meta: { message?: string; errors?: unknown; page?: number; total_count?: number; count?: number };
};

export type ClubUnderTest = {
  booking: Booking;
  db: DatabaseSync;
  /** Moves the clock. */
  advance: (ms: number) => void;
  /** A raw call to the API. */
  call: (path: string, init?: RequestInit) => Promise<Response>;
  /** A call a second after the one before, with the right headers. */
  get: (path: string) => Promise<Answer>;
  post: (path: string, body: unknown) => Promise<Answer>;
  control: (method: string, path: string, body?: unknown) => Promise<{ status: number; body: Json }>;
  /** All rows of an entity, one a line. */
  rows: (entity: string) => Promise<Response>;
};

/** Opens a small club; the clock stands at 10:00 in Prague on 11 March 2026. */
export function openClub(options: Partial<BookingOptions> = {}): ClubUnderTest {
  const db = options.db ?? new DatabaseSync(':memory:');
  let at = Date.parse('2026-03-11T09:00:00Z');
  const booking = openBooking({
    now: () => new Date(at),
    elapsed: () => at,
    credentials,
    peer: (c) => c.req.header('x-peer') ?? '127.0.0.1',
    demo: { clients: 60, visits: 1500 },
    ...options,
    db,
  });
  const app = new Hono().route('/', createBookingApp(booking)).route('/', createBookingControl(booking));
  const call = async (path: string, init: RequestInit = {}) =>
    app.request(`${BOOKING_BASE}${path}`, { ...init, headers: { ...headers, ...init.headers } });
  const answer = async (path: string, init?: RequestInit): Promise<Answer> => {
    at += 1_000;
    const response = await call(path, init);
    return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
  };
  return {
    booking,
    db,
    advance: (ms) => {
      at += ms;
    },
    call,
    get: (path) => answer(path),
    post: (path, body) => answer(path, { method: 'POST', body: JSON.stringify(body) }),
    control: async (method, path, body) => {
      const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
      const response = await app.request(`${BOOKING_CONTROL_BASE}${path}`, init);
      const text = await response.text();
      return { status: response.status, body: text === '' ? null : JSON.parse(text) };
    },
    rows: async (entity) => app.request(`${BOOKING_CONTROL_BASE}/rows/${entity}`),
  };
}

/** The rows of an answer. */
export function rowsOf(answer: Answer): Record<string, Json>[] {
  if (!Array.isArray(answer.data)) throw new Error(`Expected a list, got ${JSON.stringify(answer.data)}.`);
  return answer.data as Record<string, Json>[];
}
