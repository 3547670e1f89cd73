// What the platform's webhooks hinted at is asked for, row by row. A hint that is lost or wrong costs nothing: what counts is the
// platform's answer, and the next tick sees every change but a deleted client anyway.
import { z } from 'zod';
import { ENTITIES } from '../../../shared/booking/entity.ts';
import type { Entity } from '../../../shared/booking/entity.ts';
import {
  ProviderError,
  ProviderForbiddenError,
  ProviderInvalidError,
  ProviderNotFoundError,
} from '../../../shared/booking/provider-error.ts';
import type { BookingProvider } from '../../../shared/booking/provider.ts';
import type { Now } from '../_shared/clock.ts';
import { DatabaseError } from '../_shared/database.ts';
import type { Database } from '../_shared/database.ts';
import type { Log } from '../_shared/log.ts';
import { OutOfBudgetError } from './budget.ts';
import type { Mirror, SyncTarget } from './mirror.ts';

/** At once; as many clients are asked for in one request. */
const CLAIM = 100;
/** Whoever dies with hints in hand, or gets no answer, leaves them to somebody else after this. */
const LEASE_SECONDS = 120;
/** More rows than this are cheaper listed than asked for one by one. */
const MOST_ONE_BY_ONE = 5;

const hintSchema = z.object({
  hint_id: z.int(),
  entity: z.enum(ENTITIES),
  external_id: z.string().nullable(),
  operation: z.enum(['create', 'update', 'delete']),
});
type Hint = z.output<typeof hintSchema>;

export interface HintDeps {
  mirror: Pick<Mirror, 'applyLookedUp' | 'finish'>;
  provider: BookingProvider;
  database: Database;
  now: Now;
  log: Log;
}

export interface HintReport {
  settled: number;
  /** Rows of the mirror that changed. */
  changed: number;
  /** What is to be listed now, because the platform cannot be asked for its rows, or because that would take longer. */
  wanted: Entity[];
  /** Null when nothing changed, or while the facts are not whole. */
  changedSegments: number | null;
  /** False when hints were left for later. */
  complete: boolean;
  errors: Error[];
}

/** Looks into the hints of a club that are due. Calls of this at the same time share them. */
export async function settleHints(deps: HintDeps, target: Pick<SyncTarget, 'club_id'>): Promise<HintReport> {
  const report: HintReport = {
    settled: 0,
    changed: 0,
    wanted: [],
    changedSegments: null,
    complete: false,
    errors: [],
  };
  try {
    await new HintRound(deps, target.club_id, report).run();
    report.complete = true;
  } catch (error) {
    if (error instanceof ProviderError) report.errors.push(error);
    else if (!(error instanceof OutOfBudgetError)) throw error;
  }
  if (report.changed > 0) report.changedSegments = await deps.mirror.finish(target.club_id);
  return report;
}

class HintRound {
  readonly #deps: HintDeps;
  readonly #clubId: number;
  readonly #report: HintReport;

  constructor(deps: HintDeps, clubId: number, report: HintReport) {
    this.#deps = deps;
    this.#clubId = clubId;
    this.#report = report;
  }

  async run(): Promise<void> {
    for (let isMore = true; isMore;) {
      const hints = await this.#claim();
      for (const entity of ENTITIES) {
        const ofEntity = hints.filter((hint) => hint.entity === entity);
        if (ofEntity.length > 0) await this.#settle(entity, ofEntity);
      }
      isMore = hints.length === CLAIM;
    }
  }

  /** What asking again would not mend is settled with its reason; after anything else the hints come back. */
  async #settle(entity: Entity, hints: readonly Hint[]): Promise<void> {
    let reason: string | null = null;
    try {
      this.#report.changed += await this.#lookInto(entity, hints);
    } catch (error) {
      if (!isHopeless(error)) throw error;
      if (error instanceof ProviderInvalidError) this.#want(entity);
      this.#deps.log.error('hints_not_followed', error, { entity, hints: hints.length });
      this.#report.errors.push(error);
      reason = error.message;
    }
    const args = { p_hint_ids: hints.map(({ hint_id: id }) => id), p_error: reason };
    this.#report.settled += await this.#call('settle_hints', args, z.number());
  }

  /** How many rows changed. */
  async #lookInto(entity: Entity, hints: readonly Hint[]): Promise<number> {
    const { mirror, provider, log } = this.#deps;
    const { lookUp } = provider.capabilities[entity];
    const ids = idsOf(hints);
    if (ids.size === 0 || hints.some(({ external_id: id }) => id === null)) this.#want(entity);
    if (lookUp === 'none' || (lookUp === 'one' && ids.size > MOST_ONE_BY_ONE)) {
      this.#want(entity);
      return 0;
    }
    if (ids.size === 0) return 0;
    const found = await provider.lookUp(entity, [...ids]);
    // Not there alone is not enough: a right may be missing. Said to be deleted and not there is.
    const deleted = idsOf(hints.filter(({ operation }) => operation === 'delete'));
    const gone = found.missing.filter((id) => deleted.has(id));
    const changed = await mirror.applyLookedUp(this.#clubId, entity, found, gone);
    log.info('hints_followed', { entity, asked: ids.size, missing: found.missing.length, changed });
    return changed;
  }

  #want(entity: Entity): void {
    if (!this.#report.wanted.includes(entity)) this.#report.wanted.push(entity);
  }

  #claim(): Promise<Hint[]> {
    const args = { p_limit: CLAIM, p_lease_seconds: LEASE_SECONDS };
    return this.#call('claim_hints', args, z.array(hintSchema));
  }

  #call<Answer extends z.ZodType>(name: string, args: Record<string, unknown>, answer: Answer) {
    const { database, now } = this.#deps;
    return database.call(name, { p_club_id: this.#clubId, ...args, p_now: now().toISOString() }, answer);
  }
}

function idsOf(hints: readonly Hint[]): Set<string> {
  return new Set(hints.flatMap(({ external_id: id }) => id ?? []));
}

function isHopeless(error: unknown): error is ProviderError | DatabaseError {
  return (
    error instanceof ProviderInvalidError ||
    error instanceof ProviderNotFoundError ||
    error instanceof ProviderForbiddenError ||
    (error instanceof DatabaseError && !error.isTransient)
  );
}
