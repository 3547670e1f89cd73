// The platform's budget: 5 calls a second and 200 in any 60 seconds, one bucket per address, whoever calls from it.

export type RateLimits = { perSecond: number; perMinute: number };
/** What tests read: how hard the sandbox was pressed, refused calls included. */
export type RateReport = {
  arrived: number;
  refused: number;
  peakPerSecond: number;
  peakPerMinute: number;
};

export const PLATFORM_LIMITS: RateLimits = { perSecond: 5, perMinute: 200 };

type Bucket = { arrived: number[]; accepted: number[] };

/** Two sliding windows per address. */
export class RateLimiter {
  readonly #elapsed: () => number;
  readonly #limits: RateLimits;
  readonly #buckets = new Map<string, Bucket>();
  #report: RateReport = { arrived: 0, refused: 0, peakPerSecond: 0, peakPerMinute: 0 };

  /** `elapsed` is a steady count of milliseconds: the club's clock may be turned by a test, callers pace by the real one. */
  constructor(elapsed: () => number, limits: RateLimits = PLATFORM_LIMITS) {
    this.#elapsed = elapsed;
    this.#limits = limits;
  }

  /** Counts a call in; false when it is over the budget and must be refused. */
  arrive(peer: string): boolean {
    const at = this.#elapsed();
    const bucket = this.#buckets.get(peer) ?? { arrived: [], accepted: [] };
    this.#buckets.set(peer, bucket);
    forget(bucket.arrived, at);
    forget(bucket.accepted, at);
    const isAllowed =
      within(bucket.accepted, at, 1_000) < this.#limits.perSecond &&
      bucket.accepted.length < this.#limits.perMinute;
    bucket.arrived.push(at);
    if (isAllowed) bucket.accepted.push(at);
    const report = this.#report;
    report.arrived += 1;
    if (!isAllowed) report.refused += 1;
    report.peakPerSecond = Math.max(report.peakPerSecond, within(bucket.arrived, at, 1_000));
    report.peakPerMinute = Math.max(report.peakPerMinute, bucket.arrived.length);
    return isAllowed;
  }

  /** The counts so far. */
  report(): RateReport {
    return { ...this.#report };
  }

  /** Starts the counts anew; the windows stay, as they would on the platform. */
  resetReport(): void {
    this.#report = { arrived: 0, refused: 0, peakPerSecond: 0, peakPerMinute: 0 };
  }
}

function forget(times: number[], at: number): void {
  let expired = 0;
  while (expired < times.length && at - (times[expired] as number) >= 60_000) expired += 1;
  if (expired > 0) times.splice(0, expired);
}

function within(times: number[], at: number, span: number): number {
  let count = 0;
  for (let index = times.length - 1; index >= 0 && at - (times[index] as number) < span; index -= 1)
    count += 1;
  return count;
}
