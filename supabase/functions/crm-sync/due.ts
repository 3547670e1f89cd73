// Which entities one invocation reads.
import { ENTITIES } from '../../../shared/booking/entity.ts';
import type { Entity } from '../../../shared/booking/entity.ts';
import type { Mode, SyncTarget } from './mirror.ts';

const MINUTE_MS = 60_000;

/** What the platform cannot narrow to changes is not fetched every minute. crm.last_good_sync knows the same four others. */
const FRESH_FOR_MS: Readonly<Partial<Record<Entity, number>>> = {
  services: 15 * MINUTE_MS,
  staff: 15 * MINUTE_MS,
  // A purchase shows within a minute as a sale; the card only adds its state.
  memberships: 6 * 60 * MINUTE_MS,
};

/** What metrics and segments rest on: once these are complete, they may be brought up to date. */
export const FACTS: readonly Entity[] = ['clients', 'membership_sales', 'bookings', 'payments'];

export interface Plan {
  /** To read now, in order. */
  entities: Entity[];
  /** Whether a rebuild begins: then all listings are opened at once, so that whoever comes next can finish it. */
  isNewRebuild: boolean;
}

/** In mode `full` a rebuild that somebody began is finished; only when there is none does a new one begin. */
export function planSync({ listings }: Pick<SyncTarget, 'listings'>, mode: Mode, now: Date): Plan {
  const isOpenFull = (entity: Entity) => listings[entity]?.open_mode === 'full';
  if (mode === 'full') {
    // The other entities are always listed whole, so that an open listing of theirs is no sign of a rebuild.
    if (!FACTS.some(isOpenFull)) return { entities: [...ENTITIES], isNewRebuild: true };
    const unfinished = ENTITIES.filter((entity) => isOpenFull(entity) || !listings[entity]?.completed_at);
    return { entities: unfinished, isNewRebuild: false };
  }
  const isFresh = (entity: Entity) => {
    const completedAt = listings[entity]?.completed_at;
    const freshFor = FRESH_FOR_MS[entity];
    if (!completedAt || freshFor === undefined || listings[entity]?.open_mode) return false;
    return now.getTime() - completedAt.getTime() < freshFor;
  };
  return { entities: ENTITIES.filter((entity) => !isFresh(entity)), isNewRebuild: false };
}
