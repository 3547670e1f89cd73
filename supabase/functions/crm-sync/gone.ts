// Who is gone from the platform without a trace. A row missing from a listing may merely have slid between two pages, so whoever
// is missed is asked for by name before anything is archived.
import type { Entity } from '../../../shared/booking/entity.ts';
import { ProviderInvalidError } from '../../../shared/booking/provider-error.ts';
import type { BookingProvider } from '../../../shared/booking/provider.ts';
import type { Log } from '../_shared/log.ts';
import type { Budget } from './budget.ts';
import type { Mirror } from './mirror.ts';

/** More than this is no loss but a trouble, with us or with the platform: then nothing is archived, and the report says so. */
const MOST_LOOK_UPS = 50;
const AT_ONCE = { many: 200, one: 1 };

export interface GoneDeps {
  mirror: Pick<Mirror, 'unlisted' | 'applyLookedUp'>;
  provider: BookingProvider;
  budget: Budget;
  log: Log;
  keepLease: () => Promise<void>;
}

/** Ids that are gone for certain at the end of a full listing; null: nobody can be asked, the list itself must say it. */
export async function findGone(deps: GoneDeps, clubId: number, entity: Entity): Promise<string[] | null> {
  const { lookUp, deletes } = deps.provider.capabilities[entity];
  if (lookUp === 'none') return deletes === 'absence' ? null : [];
  const missed = await deps.mirror.unlisted({ clubId, entity, lane: 'full' });
  const size = AT_ONCE[lookUp];
  if (missed.length > MOST_LOOK_UPS * size) {
    deps.log.warn('too_many_unlisted', { entity, rows: missed.length });
    return [];
  }
  const gone: string[] = [];
  for (let first = 0; first < missed.length; first += size) {
    deps.budget.takePage();
    await deps.keepLease();
    const missing = await askFor(deps, clubId, entity, missed.slice(first, first + size));
    if (missing === null) return [];
    gone.push(...missing);
  }
  return gone;
}

/** Those of the ids that are not there; the others are applied. Null: the platform does not find rows by id. */
async function askFor(
  { mirror, provider, log }: GoneDeps,
  clubId: number,
  entity: Entity,
  ids: readonly string[],
): Promise<string[] | null> {
  try {
    const found = await provider.lookUp(entity, ids);
    await mirror.applyLookedUp(clubId, entity, found, []);
    return found.missing;
  } catch (error) {
    if (!(error instanceof ProviderInvalidError)) throw error;
    log.warn('not_looked_up', { entity, reason: error.message });
    return null;
  }
}
