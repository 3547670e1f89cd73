// A rate bucket and those who ask it for turns, each only after the turn before, on a clock that nobody waits for.
import type { Sql, TransactionSql } from 'postgres';
import type { Share } from '../../../shared/booking/provider.ts';

const instant = (at: number) => new Date(at).toISOString();

export class Asker {
  readonly share: Share;
  /** How far this one's clock is ahead. */
  readonly skewMs: number;
  /** When it asks next. */
  freeAt: number;
  readonly waits: number[] = [];
  readonly turns: number[] = [];

  constructor(share: Share, freeAt: number, skewMs = 0) {
    this.share = share;
    this.freeAt = freeAt;
    this.skewMs = skewMs;
  }

  /** Whoever asks next. */
  static first(askers: readonly Asker[]): Asker {
    return askers.reduce((first, asker) => (asker.freeAt < first.freeAt ? asker : first));
  }
}

export class RateBucket {
  readonly #sql: Sql | TransactionSql;
  readonly #name: string;
  readonly #perSecond: number;
  readonly #perMinute: number;
  /** When requests were made. */
  readonly turns: number[] = [];

  constructor(sql: Sql | TransactionSql, name: string, perSecond: number, perMinute: number) {
    this.#sql = sql;
    this.#name = name;
    this.#perSecond = perSecond;
    this.#perMinute = perMinute;
  }

  in(transaction: TransactionSql): RateBucket {
    return new RateBucket(transaction, this.#name, this.#perSecond, this.#perMinute);
  }

  /** Milliseconds to wait, however long. */
  async take(share: Share, at: number): Promise<number> {
    const wait = await this.takeWithin(share, at, 24 * 60 * 60_000);
    if (wait === null) throw new Error('No turn within a day.');
    return wait;
  }

  /** Milliseconds to wait, or null when that is longer than the asker has. */
  async takeWithin(share: Share, at: number, longestWaitMs: number): Promise<number | null> {
    const [taken] = await this.#sql<{ wait: number | null }[]>`
      select api.take_request(
        ${this.#name}, ${share}, ${this.#perSecond}, ${this.#perMinute}, ${longestWaitMs}, ${instant(at)}
      ) as wait`;
    return taken!.wait;
  }

  /** One after the other at the same moment, as many callers would. */
  async takeMany(share: Share, at: number, count: number): Promise<number[]> {
    const waits: number[] = [];
    for (let taken = 0; taken < count; taken += 1) waits.push(await this.take(share, at));
    return waits;
  }

  /** The asker takes a turn, waits for it and makes the request; how long it waited. */
  async turnOf(asker: Asker): Promise<number> {
    const wait = await this.take(asker.share, asker.freeAt + asker.skewMs);
    asker.freeAt += wait;
    asker.waits.push(wait);
    asker.turns.push(asker.freeAt);
    this.turns.push(asker.freeAt);
    return wait;
  }

  /** All ask again as soon as they have made their request. */
  async press(askers: readonly Asker[], { until }: { until: () => boolean }): Promise<void> {
    while (!until()) {
      const waiting = [...askers].sort(
        (one, other) => one.freeAt - other.freeAt || one.turns.length - other.turns.length,
      );
      await this.turnOf(waiting[0]!);
    }
  }

  async hold(waitMs: number, at: number): Promise<void> {
    await this.#sql`select api.hold_requests(${this.#name}, ${waitMs}, ${instant(at)})`;
  }

  /** How much of each share's budget is on record. */
  async used(): Promise<Partial<Record<Share, number>>> {
    const rows = await this.#sql<{ share: Share; slots: number }[]>`
      select share, count(*)::int as slots from core.request_slots where bucket = ${this.#name} group by share`;
    return Object.fromEntries(rows.map(({ share, slots }) => [share, slots]));
  }
}

/** The most requests in any window of this length. */
export function mostWithin(turns: readonly number[], windowMs: number): number {
  const sorted = [...turns].sort((one, other) => one - other);
  let first = 0;
  let most = 0;
  for (const [last, turn] of sorted.entries()) {
    while (turn - sorted[first]! >= windowMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
