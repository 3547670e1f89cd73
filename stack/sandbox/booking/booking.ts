// Opens the stand-in for the booking platform: what its two doors, the platform's API and the test's control, share.
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'hono';
import { Faults } from './faults.ts';
import { DEMO_CLUB, generateClub } from './generate.ts';
import type { GenerateOptions } from './generate.ts';
import { Hooks } from './hooks.ts';
import { LocalTime } from './local-time.ts';
import { RateLimiter } from './rate-limit.ts';
import type { RateLimits } from './rate-limit.ts';
import { RequestLog } from './request-log.ts';
import { BookingStore } from './store.ts';

export type BookingCredentials = {
  partnerToken: string;
  userToken: string;
  companyId: number;
  chainId: number;
};

export type BookingOptions = {
  /** The sandbox's database; the stand-in keeps to tables named `booking_…`. */
  db: DatabaseSync;
  now: () => Date;
  credentials: BookingCredentials;
  /** The caller's address, by which the platform counts its limit. */
  peer: (c: Context) => string;
  /** The club to generate when the database holds none. */
  demo?: Partial<GenerateOptions>;
  limits?: RateLimits;
  /** Milliseconds that only go forward, by which calls are limited; the machine's own when left out. */
  elapsed?: () => number;
  /** How a slow answer waits. */
  wait?: (ms: number) => Promise<unknown>;
};

export type Booking = {
  store: BookingStore;
  time: LocalTime;
  limiter: RateLimiter;
  faults: Faults;
  requests: RequestLog;
  hooks: Hooks;
  now: () => Date;
  credentials: BookingCredentials;
  peer: (c: Context) => string;
  wait: (ms: number) => Promise<unknown>;
  /** Generates a club and puts it in place of the one there. */
  load: (size: Partial<GenerateOptions>) => void;
};

/** Opens the stand-in on a database and, if that is empty, fills it with the demo club. */
export function openBooking(options: BookingOptions): Booking {
  const { db, now, credentials, peer, demo = {}, limits, wait = sleep } = options;
  const elapsed = options.elapsed ?? (() => performance.now());
  const store = new BookingStore(db);
  const time = new LocalTime(demo.timeZone ?? DEMO_CLUB.timeZone);
  const load: Booking['load'] = (size) => {
    const today = time.wall(now()).slice(0, 10);
    store.load(generateClub({ ...DEMO_CLUB, today, ...demo, ...size, timeZone: time.timeZone }));
  };
  if (store.isEmpty()) load({});
  return {
    store,
    time,
    limiter: new RateLimiter(elapsed, limits),
    faults: new Faults(db),
    requests: new RequestLog(db),
    hooks: new Hooks({ db, now, companyId: credentials.companyId }),
    now,
    credentials,
    peer,
    wait,
    load,
  };
}
