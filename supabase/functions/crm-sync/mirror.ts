// The database as the sync sees it: the doors of schema api with their answers. Each is given the time.
import { z } from 'zod';
import { ENTITIES } from '../../../shared/booking/entity.ts';
import type { Entity } from '../../../shared/booking/entity.ts';
import { LANGUAGES } from '../../../shared/booking/language.ts';
import type { Rate, Share } from '../../../shared/booking/provider.ts';
import type { QuarantinedRow } from '../../../shared/booking/rows.ts';
import type { Now } from '../_shared/clock.ts';
import type { Database } from '../_shared/database.ts';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** Read beside each other: `changes` every minute; `full` by the first sync, rebuilds and lists without a change filter. */
export type Lane = 'changes' | 'full';

const targetSchema = z.object({
  club_id: z.int(),
  company_id: z.string().nullable(),
  chain_id: z.string().nullable(),
  timezone: z.string(),
  country: z.string(),
  currency: z.string(),
  default_language: z.enum(LANGUAGES),
  is_rebuild_due: z.boolean(),
  /** The cause of the rebuild under way. */
  rebuild: z.enum(['first', 'nightly', 'asked']).nullable(),
  last_good_sync: instant.nullable(),
  /** Those that were ever opened. */
  entities: z.partialRecord(
    z.enum(ENTITIES),
    z.object({
      complete_until: instant.nullable(),
      fresh_for_seconds: z.int(),
      is_full_open: z.boolean(),
      failed_at: instant.nullable(),
    }),
  ),
});

const listingSchema = z.object({
  opened_at: instant,
  page: z.int(),
  rows_read: z.int(),
  changed_after: instant.nullable(),
});

const closedSchema = z.object({ is_closed: z.boolean(), archived: z.int() });

export type SyncTarget = z.output<typeof targetSchema>;
export type Listing = z.output<typeof listingSchema>;
export type Closed = z.output<typeof closedSchema>;

/** One entity of a club, in one lane. */
export interface Place {
  clubId: number;
  entity: Entity;
  lane: Lane;
}

export interface ReadRows {
  rows: readonly { external_id: string }[];
  quarantined: readonly QuarantinedRow[];
}

export interface AppliedPage {
  page: number;
  read: ReadRows;
  /** It took to read it. */
  requests: number;
  /** When the platform was asked for it: what it shows is no newer. */
  askedAt: Date;
}

export class Mirror {
  readonly #database: Database;
  readonly #now: Now;

  constructor(database: Database, now: Now) {
    this.#database = database;
    this.#now = now;
  }

  #call<Answer extends z.ZodType>(name: string, args: Record<string, unknown>, answer: Answer) {
    return this.#database.call(name, { ...args, p_now: this.#now().toISOString() }, answer);
  }

  targets(): Promise<SyncTarget[]> {
    return this.#call('sync_targets', {}, z.array(targetSchema));
  }

  /** Claims or prolongs the right to read a lane of a club; false while another has it. */
  lease(clubId: number, lane: Lane, token: string, seconds: number): Promise<boolean> {
    const args = { p_club_id: clubId, p_lane: lane, p_token: token, p_lease_seconds: seconds };
    return this.#call('lease_sync', args, z.boolean());
  }

  async release(clubId: number, lane: Lane, token: string): Promise<void> {
    const args = { p_club_id: clubId, p_lane: lane, p_token: token };
    await this.#database.call('release_sync', args, z.unknown());
  }

  /** Milliseconds to wait before the request may be made; null when that is longer than the caller has. */
  takeRequest(
    { bucket, perSecond, perMinute }: Rate,
    share: Share,
    longestWaitMs: number,
  ): Promise<number | null> {
    const rate = { p_bucket: bucket, p_share: share, p_per_second: perSecond, p_per_minute: perMinute };
    return this.#call('take_request', { ...rate, p_longest_wait_ms: longestWaitMs }, z.number().nullable());
  }

  async holdRequests(bucket: string, waitMs: number): Promise<void> {
    await this.#call('hold_requests', { p_bucket: bucket, p_wait_ms: Math.ceil(waitMs) }, z.unknown());
  }

  /** Opens a full listing of everything, unless a rebuild is under way. */
  async beginRebuild(clubId: number, cause: 'nightly' | 'asked'): Promise<void> {
    await this.#call('begin_rebuild', { p_club_id: clubId, p_cause: cause }, z.number().nullable());
  }

  /** Opens a listing, or returns the one that is open. */
  open(place: Place): Promise<Listing> {
    return this.#call('open_listing', argsOf(place), listingSchema);
  }

  /** Applies a page and moves the cursor to it; how many rows changed. */
  apply(place: Place, { page, read, requests, askedAt }: AppliedPage): Promise<number> {
    const given = { p_page: page, p_rows: read.rows, p_quarantined: read.quarantined };
    const about = { p_requests: requests, p_asked_at: askedAt.toISOString() };
    return this.#call('apply_page', { ...argsOf(place), ...given, ...about }, z.number());
  }

  /** Rows the mirror believes to exist and the open full listing has not shown. */
  unlisted({ clubId, entity }: Place): Promise<string[]> {
    const args = { p_club_id: clubId, p_entity: entity };
    return this.#database.call('unlisted_ids', args, z.array(z.string()));
  }

  /** Applies rows that were asked for by id; how many changed. `missing`: clients who are gone. */
  applyLookedUp(
    clubId: number,
    entity: Entity,
    { rows, quarantined }: ReadRows,
    missing: readonly string[],
  ): Promise<number> {
    const given = { p_rows: rows, p_quarantined: quarantined, p_missing: missing };
    return this.#call('apply_looked_up', { p_club_id: clubId, p_entity: entity, ...given }, z.number());
  }

  /** Closes a listing that was read to its end. `gone`: ids that are no more; null: whatever a whole list does not show. */
  close(
    place: Place,
    total: number | null,
    gone: readonly string[] | null,
    requests: number,
  ): Promise<Closed> {
    const args = { ...argsOf(place), p_total: total, p_gone: gone, p_requests: requests };
    return this.#call('close_listing', args, closedSchema);
  }

  /** Keeps the reason with the listing. `isHopeless`: it ends, and is asked for again later. */
  async fail(place: Place, error: string, isHopeless: boolean): Promise<void> {
    await this.#call(
      'fail_listing',
      { ...argsOf(place), p_error: error, p_is_hopeless: isHopeless },
      z.unknown(),
    );
  }

  /** Brings rollup and segments to what was synced; how many clients changed segment, null while the facts are not whole. */
  finish(clubId: number): Promise<number | null> {
    return this.#call('finish_sync', { p_club_id: clubId }, z.number().nullable());
  }
}

function argsOf({ clubId, entity, lane }: Place): Record<string, unknown> {
  return { p_club_id: clubId, p_entity: entity, p_lane: lane };
}
