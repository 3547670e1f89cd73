// One club: claims it, reads what is due, and brings rollup and segments up to date when the facts are whole.
import type { Entity } from '../../../shared/booking/entity.ts';
import {
  ProviderAuthError,
  ProviderError,
  ProviderThrottledError,
  ProviderUnavailableError,
} from '../../../shared/booking/provider-error.ts';
import type { BookingProvider, Rate, Send } from '../../../shared/booking/provider.ts';
import type { Now, Wait } from '../_shared/clock.ts';
import { DatabaseError } from '../_shared/database.ts';
import type { Log } from '../_shared/log.ts';
import { OutOfBudgetError } from './budget.ts';
import type { Budget } from './budget.ts';
import { FACTS, planSync } from './due.ts';
import { Lease, LeaseLostError } from './lease.ts';
import { ListingReader } from './listing.ts';
import type { ListingDeps, ListingReport } from './listing.ts';
import type { Mirror, Mode, SyncTarget } from './mirror.ts';
import { Pace } from './pace.ts';

/** The cursor was moved by another reader: SQLSTATE object_not_in_prerequisite_state of crm.apply_page. */
const CURSOR_MOVED = '55000';

export interface ClubSyncDeps {
  mirror: Mirror;
  rate: Rate;
  openProvider: (target: SyncTarget, send: Send) => BookingProvider;
  now: Now;
  wait: Wait;
}

export interface ClubReport {
  club_id: number;
  complete: boolean;
  entities: Partial<Record<Entity, ListingReport>>;
  /** Null while the facts are not whole. */
  changed_segments: number | null;
  error?: string;
  /** Whether calling again is of no use until somebody has done what the error says. */
  needs_person?: boolean;
}

/** Reads what is due for a club within the time; what went wrong is told in the report and kept with the listing. */
export async function syncClub(
  deps: ClubSyncDeps,
  target: SyncTarget,
  mode: Mode,
  budget: Budget,
  log: Log,
): Promise<ClubReport> {
  const report: ClubReport = {
    club_id: target.club_id,
    complete: false,
    entities: {},
    changed_segments: null,
  };
  const lease = new Lease(deps, target.club_id);
  try {
    await lease.take();
    await new ClubSync(deps, target, budget, log, lease).run(mode, report);
  } catch (error) {
    if (isOfThisClub(error)) noteErrors(report, [error]);
    else if (!(error instanceof OutOfBudgetError)) throw error;
  } finally {
    await lease.release();
  }
  return report;
}

class ClubSync {
  readonly #deps: ClubSyncDeps;
  readonly #target: SyncTarget;
  readonly #listing: ListingDeps;
  readonly #pace: Pace;

  constructor(deps: ClubSyncDeps, target: SyncTarget, budget: Budget, log: Log, lease: Lease) {
    this.#deps = deps;
    this.#target = target;
    this.#pace = new Pace({ ...deps, log }, deps.rate, budget);
    const provider = deps.openProvider(target, this.#pace.send);
    this.#listing = { mirror: deps.mirror, provider, pace: this.#pace, budget, log, keepLease: lease.keep };
  }

  async run(mode: Mode, report: ClubReport): Promise<void> {
    const { mirror, now } = this.#deps;
    const { entities, isNewRebuild } = planSync(this.#target, mode, now());
    if (isNewRebuild) for (const entity of entities) await this.#reader(entity).open('full');
    const failed = new Map<Entity, ProviderError>();
    for (const entity of entities) {
      const error = await this.#readEntity(entity, mode, report);
      if (error) failed.set(entity, error);
    }
    if (!FACTS.some((entity) => failed.has(entity))) {
      report.changed_segments = await mirror.finish(this.#target.club_id);
    }
    report.complete = failed.size === 0;
    noteErrors(report, [...failed.values()]);
  }

  /**
   * What concerns one entity only (a right is missing) is returned, and the others go on; what concerns the whole platform
   * stops the club for now. Either way the reason is kept with the listing, whose cursor stays.
   */
  async #readEntity(entity: Entity, mode: Mode, report: ClubReport): Promise<ProviderError | null> {
    const reader = this.#reader(entity);
    const listing = await reader.open(mode);
    const before = this.#pace.requests;
    const counts = { pages: 0, rows: 0, quarantined: 0, changed: 0, archived: 0, requests: 0 };
    const entityReport: ListingReport = { mode: listing.mode, ...counts };
    report.entities[entity] = entityReport;
    try {
      await reader.read(listing, entityReport);
      return null;
    } catch (error) {
      await this.#noteFailure(entity, error);
      if (error instanceof ProviderError && !isOfAllEntities(error)) return error;
      throw error;
    } finally {
      entityReport.requests = this.#pace.requests - before;
    }
  }

  async #noteFailure(entity: Entity, error: unknown): Promise<void> {
    const isWorthNoting =
      error instanceof ProviderError || (error instanceof DatabaseError && !error.isTransient);
    if (isWorthNoting) await this.#deps.mirror.fail(this.#target.club_id, entity, error.message);
  }

  #reader<Name extends Entity>(entity: Name): ListingReader<Name> {
    return new ListingReader(this.#listing, this.#target.club_id, entity);
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
function mayPass(error: Error): boolean {
  return (
    error instanceof ProviderThrottledError ||
    error instanceof ProviderUnavailableError ||
    error instanceof LeaseLostError ||
    (error instanceof DatabaseError && (error.isTransient || error.code === CURSOR_MOVED))
  );
}

function noteErrors(report: ClubReport, errors: readonly Error[]): void {
  if (errors.length === 0) return;
  report.error = errors.map(({ message }) => message).join(' ');
  report.needs_person = !errors.every(mayPass);
}
