// One lane of a club: claims it and reads what is due there, entity by entity.
import type { Entity } from '../../../shared/booking/entity.ts';
import {
  ProviderAuthError,
  ProviderError,
  ProviderThrottledError,
  ProviderUnavailableError,
} from '../../../shared/booking/provider-error.ts';
import type { BookingProvider, Rate, Send, Share } from '../../../shared/booking/provider.ts';
import type { Now, Wait } from '../_shared/clock.ts';
import { DatabaseError } from '../_shared/database.ts';
import type { Database } from '../_shared/database.ts';
import type { Log } from '../_shared/log.ts';
import { OutOfBudgetError } from './budget.ts';
import type { Budget } from './budget.ts';
import { readCards } from './cards.ts';
import type { CardReport } from './cards.ts';
import { dueEntities, FACTS } from './due.ts';
import { Lease, LeaseLostError } from './lease.ts';
import { ListingReader } from './listing.ts';
import type { ListingDeps, ListingReport } from './listing.ts';
import type { Lane, Mirror, SyncTarget } from './mirror.ts';
import { Pace } from './pace.ts';

/** The cursor was moved by another reader: SQLSTATE object_not_in_prerequisite_state of crm.apply_page. */
const CURSOR_MOVED = '55000';

export interface LaneSyncDeps {
  database: Database;
  mirror: Mirror;
  rate: Rate;
  openProvider: (target: SyncTarget, send: Send) => BookingProvider;
  now: Now;
  wait: Wait;
  budget: Budget;
  log: Log;
}

export interface LaneReport {
  /** Whether all that was due has been read. */
  complete: boolean;
  /** Whether another run has this lane. */
  isElsewhere: boolean;
  listings: ListingReport[];
  cards?: CardReport;
  /** What keeps the lane from being complete. */
  errors: Error[];
  /** What the platform does not let us read, and numbers do without: the sentence that says what to do. */
  notRead: Partial<Record<Entity, string>>;
  /** Whether something failed that metrics and segments rest on. */
  hasFailedFacts: boolean;
}

/** Reads what is due in a lane within the budget; what went wrong is told in the report and kept with the listing. */
export async function syncLane(
  deps: LaneSyncDeps,
  target: SyncTarget,
  lane: Lane,
  { isPatient, wanted }: { isPatient: boolean; wanted?: readonly Entity[] | undefined },
): Promise<LaneReport> {
  const report: LaneReport = {
    complete: false,
    isElsewhere: false,
    listings: [],
    errors: [],
    notRead: {},
    hasFailedFacts: false,
  };
  const pace = new Pace(deps, deps.rate, shareOf(lane, target), deps.budget);
  const provider = deps.openProvider(target, pace.send);
  const entities = dueEntities(lane, target, provider.capabilities, deps.now(), wanted);
  if (entities.length === 0) return { ...report, complete: true };
  const lease = new Lease(deps, target.club_id, lane);
  try {
    await lease.take({ isPatient });
    try {
      await new LaneSync({ ...deps, provider, pace, keepLease: lease.keep }, target, lane).read(
        entities,
        report,
      );
      // Bookings and sales have just told whose cards may have changed.
      if (lane === 'changes') report.cards = await readCards({ ...deps, provider }, target.club_id);
      report.complete = report.errors.length === 0;
    } finally {
      await giveBack(lease, deps.log);
    }
  } catch (error) {
    report.isElsewhere = error instanceof LeaseLostError;
    if (isOfThisClub(error)) report.errors.push(error);
    else if (!(error instanceof OutOfBudgetError)) throw error;
  }
  return report;
}

/** A claim that cannot be given back lapses by itself, and must not hide why the reading stopped. */
async function giveBack(lease: Lease, log: Log): Promise<void> {
  try {
    await lease.release();
  } catch (error) {
    log.warn('lease_not_given_back', { reason: error instanceof Error ? error.message : String(error) });
  }
}

/** A club that has nothing yet waits for its first sync; a rebuild can take its time. */
function shareOf(lane: Lane, { rebuild }: SyncTarget): Share {
  return lane === 'full' && rebuild !== 'first' ? 'rebuild' : 'changes';
}

class LaneSync {
  readonly #deps: ListingDeps;
  readonly #clubId: number;
  readonly #lane: Lane;

  constructor(deps: ListingDeps, target: SyncTarget, lane: Lane) {
    this.#deps = deps;
    this.#clubId = target.club_id;
    this.#lane = lane;
  }

  async read(entities: readonly Entity[], report: LaneReport): Promise<void> {
    for (const entity of entities) {
      const error = await this.#readEntity(entity, report);
      if (error && FACTS.includes(entity)) report.errors.push(error);
      else if (error) report.notRead[entity] = error.message;
    }
  }

  /**
   * What concerns one entity only (a right is missing) is returned, and the others go on; what concerns the whole platform
   * stops the lane for now. Either way the reason is kept with the listing.
   */
  async #readEntity(entity: Entity, report: LaneReport): Promise<ProviderError | null> {
    const { pace } = this.#deps;
    const before = pace.requests;
    const counts = { pages: 0, rows: 0, quarantined: 0, changed: 0, archived: 0, requests: 0 };
    const listing: ListingReport = { entity, lane: this.#lane, ...counts };
    report.listings.push(listing);
    try {
      await new ListingReader(this.#deps, this.#clubId, entity, this.#lane).read(listing);
      return null;
    } catch (error) {
      if (FACTS.includes(entity)) report.hasFailedFacts = true;
      await this.#noteFailure(entity, error);
      if (error instanceof ProviderError && !isOfAllEntities(error)) return error;
      throw error;
    } finally {
      listing.requests = pace.requests - before;
    }
  }

  async #noteFailure(entity: Entity, error: unknown): Promise<void> {
    const isWorthNoting =
      error instanceof ProviderError || (error instanceof DatabaseError && !error.isTransient);
    if (!isWorthNoting) return;
    const isHopeless = error instanceof ProviderError && !isOfAllEntities(error);
    const place = { clubId: this.#clubId, entity, lane: this.#lane };
    await this.#deps.mirror.fail(place, error.message, isHopeless);
  }
}

/** Trouble that need not keep the other clubs from being read. */
function isOfThisClub(error: unknown): error is Error {
  return (
    error instanceof LeaseLostError ||
    error instanceof ProviderError ||
    (error instanceof DatabaseError && !error.isTransient)
  );
}

function isOfAllEntities(error: ProviderError): boolean {
  return error instanceof ProviderAuthError || mayPass(error);
}

/** Trouble that may be over the next time. */
export function mayPass(error: Error): boolean {
  return (
    error instanceof ProviderThrottledError ||
    error instanceof ProviderUnavailableError ||
    error instanceof LeaseLostError ||
    (error instanceof DatabaseError && (error.isTransient || error.code === CURSOR_MOVED))
  );
}
