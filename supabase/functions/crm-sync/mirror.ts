// The database as the sync sees it: the doors of schema api with their answers. Each is given the time.
import { z } from 'zod';
import { ENTITIES } from '../../../shared/booking/entity.ts';
import type { Entity } from '../../../shared/booking/entity.ts';
import { LANGUAGES } from '../../../shared/booking/language.ts';
import type { QuarantinedRow } from '../../../shared/booking/rows.ts';
import type { Now } from '../_shared/clock.ts';
import type { Database } from '../_shared/database.ts';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const modeSchema = z.enum(['full', 'changes']);

const targetSchema = z.object({
  club_id: z.int(),
  company_id: z.string().nullable(),
  chain_id: z.string().nullable(),
  timezone: z.string(),
  country: z.string(),
  currency: z.string(),
  default_language: z.enum(LANGUAGES),
  /** Those that were ever opened. */
  listings: z.partialRecord(
    z.enum(ENTITIES),
    z.object({ open_mode: modeSchema.nullable(), completed_at: instant.nullable() }),
  ),
});

const listingSchema = z.object({
  mode: modeSchema,
  opened_at: instant,
  page: z.int(),
  rows_read: z.int(),
  changed_after: instant.nullable(),
});

export type Mode = z.output<typeof modeSchema>;
export type SyncTarget = z.output<typeof targetSchema>;
export type Listing = z.output<typeof listingSchema>;

export interface AppliedPage {
  page: number;
  rows: readonly { external_id: string }[];
  quarantined: readonly QuarantinedRow[];
  requests: number;
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
    return this.#database.call('sync_targets', {}, z.array(targetSchema));
  }

  /** Claims or prolongs the right to sync a club; false while another has it. */
  lease(clubId: number, token: string, seconds: number): Promise<boolean> {
    return this.#call(
      'lease_sync',
      { p_club_id: clubId, p_token: token, p_lease_seconds: seconds },
      z.boolean(),
    );
  }

  async release(clubId: number, token: string): Promise<void> {
    await this.#database.call('release_sync', { p_club_id: clubId, p_token: token }, z.unknown());
  }

  /** Milliseconds to wait before the request may be made. */
  takeRequest(bucket: string, perSecond: number, perMinute: number): Promise<number> {
    return this.#call(
      'take_request',
      { p_bucket: bucket, p_per_second: perSecond, p_per_minute: perMinute },
      z.number(),
    );
  }

  async holdRequests(bucket: string, waitMs: number): Promise<void> {
    await this.#call('hold_requests', { p_bucket: bucket, p_wait_ms: Math.ceil(waitMs) }, z.unknown());
  }

  /** Opens the listing of an entity, or returns the one that is open. */
  open(
    clubId: number,
    entity: Entity,
    mode: Mode,
    hasChangeFilter: boolean,
    overlapSeconds: number,
  ): Promise<Listing> {
    return this.#call(
      'open_listing',
      {
        p_club_id: clubId,
        p_entity: entity,
        p_mode: mode,
        p_has_change_filter: hasChangeFilter,
        p_overlap_seconds: overlapSeconds,
      },
      listingSchema,
    );
  }

  /** Applies a page and moves the cursor to it; how many rows changed. */
  apply(clubId: number, entity: Entity, { page, rows, quarantined, requests }: AppliedPage): Promise<number> {
    return this.#call(
      'apply_page',
      {
        p_club_id: clubId,
        p_entity: entity,
        p_page: page,
        p_rows: rows,
        p_quarantined: quarantined,
        p_requests: requests,
      },
      z.number(),
    );
  }

  /** Closes a listing that was read to its end; how many rows were archived. */
  close(clubId: number, entity: Entity, total: number | null): Promise<number> {
    return this.#call('close_listing', { p_club_id: clubId, p_entity: entity, p_total: total }, z.number());
  }

  async fail(clubId: number, entity: Entity, error: string): Promise<void> {
    await this.#call('fail_listing', { p_club_id: clubId, p_entity: entity, p_error: error }, z.unknown());
  }

  /** Brings rollup and segments to what was synced; how many clients changed segment. */
  finish(clubId: number): Promise<number> {
    return this.#call('finish_sync', { p_club_id: clubId }, z.number());
  }
}
