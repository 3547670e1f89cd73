// A club on the sandbox's booking platform, a mirror of it, and crm-sync between them, on one clock that nobody waits for.
import { DatabaseSync } from 'node:sqlite';
import type { Entity } from '../../../shared/booking/entity.ts';
import { BOOKING_BASE, createBookingApp } from '../../../stack/sandbox/booking/app.ts';
import { openBooking } from '../../../stack/sandbox/booking/booking.ts';
import type { Booking } from '../../../stack/sandbox/booking/booking.ts';
import { BOOKING_CONTROL_BASE, createBookingControl } from '../../../stack/sandbox/booking/control.ts';
import { ALTEGIO_RATE, openAltegio } from '../../../supabase/functions/crm-sync/altegio/provider.ts';
import { createApp } from '../../../supabase/functions/crm-sync/app.ts';
import type { CrmSyncDeps, SyncAnswer } from '../../../supabase/functions/crm-sync/app.ts';
import { clubOf } from '../../../supabase/functions/crm-sync/club-of.ts';
import type { ListingReport } from '../../../supabase/functions/crm-sync/listing.ts';
import { openHarness } from '../harness.ts';
import type { Harness } from '../harness.ts';

const CREDENTIALS = { partnerToken: 'partner-token', userToken: 'user-token', companyId: 1001, chainId: 501 };
const INSTALLATION = { companyId: '1001', chainId: '501' };

export interface Fault {
  kind: string;
  match?: { path?: string; query?: string };
  /** 0: until cleared. */
  times?: number;
  afterPage?: number;
  rows?: number;
  delayMs?: number;
}

export interface ClubUnderSync extends Harness {
  booking: Booking;
  now: () => Date;
  advance: (ms: number) => void;
  /** How far the platform's clock is ahead of ours from now on; negative: behind. */
  setSkew: (ms: number) => void;
  /** One invocation. */
  sync: (
    body?: unknown,
    options?: SyncOptions,
  ) => Promise<{ status: number; body: SyncAnswer & { error?: string } }>;
  /** Invocations until all is complete. */
  syncAll: (body?: unknown) => Promise<SyncAnswer>;
  /** The platform's reception, and its faults. */
  control: (method: string, path: string, body?: unknown) => Promise<any>; // eslint-disable-line @typescript-eslint/no-explicit-any
  fault: (fault: Fault) => Promise<void>;
}

export interface SyncOptions {
  limits?: CrmSyncDeps['limits'];
  userToken?: string;
  /** Instead of the cron key. */
  apikey?: string;
  /** Called before each request; may change its address. */
  onRequest?: (url: URL) => void | Promise<void>;
}

/** How large a club, and what time it is there. */
export interface ClubSize {
  clients: number;
  visits: number;
  at?: string;
}

/** The clock stands at 10:00 in Prague on 11 March 2026 unless told otherwise; waiting moves it. */
export async function openClub({
  at: start = '2026-03-11T09:00:00Z',
  ...size
}: ClubSize): Promise<ClubUnderSync> {
  let at = Date.parse(start);
  let skewMs = 0;
  const now = () => new Date(at);
  const advance = (ms: number) => {
    at += ms;
  };
  const harness = await openHarness('crm-sync', now);
  await harness.sql`select core.create_club('Vltava Fit', 'Europe/Prague', 'CZ', 'CZK', ${now().toISOString()})`;
  const booking = openBooking({
    db: new DatabaseSync(':memory:'),
    now: () => new Date(at + skewMs),
    credentials: CREDENTIALS,
    peer: () => '127.0.0.1',
    elapsed: () => at,
    demo: size,
    // A slow answer is slower than anybody waits for; the caller's time limit ends it.
    wait: () => new Promise(() => undefined),
  });
  const platform = createBookingApp(booking);
  const reception = createBookingControl(booking);
  const control: ClubUnderSync['control'] = async (method, path, body) => {
    const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await reception.request(`${BOOKING_CONTROL_BASE}${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`The reception refused ${method} ${path}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  };

  const sync: ClubUnderSync['sync'] = (body = {}, options = {}) => {
    const platformFetch = async (input: string | URL | Request, init?: RequestInit) => {
      const url = new URL(input instanceof Request ? input.url : input);
      await options.onRequest?.(url);
      const request = new Request(url, init);
      return abortable(platform.fetch(request), request.signal);
    };
    const access = {
      url: `http://platform.test${BOOKING_BASE}`,
      partnerToken: CREDENTIALS.partnerToken,
      userToken: options.userToken ?? CREDENTIALS.userToken,
    };
    const app = createApp({
      ...harness,
      rate: ALTEGIO_RATE,
      openProvider: (target, send) =>
        openAltegio(clubOf(target, INSTALLATION), { access, fetch: platformFetch, timeoutMs: 200 }, send),
      now,
      wait: async (ms) => advance(ms),
      limits: options.limits,
    });
    return harness.callFunction(
      app,
      body,
      options.apikey === undefined ? undefined : { apikey: options.apikey },
    );
  };

  const syncAll: ClubUnderSync['syncAll'] = async (body) => {
    for (let round = 1; round <= 20; round += 1) {
      const { status, body: answer } = await sync(body);
      if (status !== 200) throw new Error(`crm-sync answered ${status}: ${JSON.stringify(answer)}`);
      if (answer.complete) return answer;
    }
    throw new Error('The sync was not complete after 20 rounds.');
  };

  const fault: ClubUnderSync['fault'] = async (given) => void (await control('POST', '/faults', given));
  const setSkew = (ms: number) => {
    skewMs = ms;
  };
  return { ...harness, booking, now, advance, setSkew, sync, syncAll, control, fault };
}

/** What the last listing of an entity came to in an answer about one club. */
export function listingOf({ clubs }: Pick<SyncAnswer, 'clubs'>, entity: Entity): ListingReport {
  const listing = clubs[0]!.listings.findLast((report) => report.entity === entity);
  if (!listing) throw new Error(`No listing of ${entity} was read.`);
  return listing;
}

/** The entities that were read. */
export function entitiesOf({ clubs }: Pick<SyncAnswer, 'clubs'>): Entity[] {
  return clubs[0]!.listings.map(({ entity }) => entity);
}

/** What fetch does over a network: a caller who gives up is not kept waiting. */
async function abortable(answer: Response | Promise<Response>, signal: AbortSignal): Promise<Response> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  return Promise.race([answer, aborted]);
}
