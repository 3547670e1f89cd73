// Which entities a lane of a club has to read now.
import { ENTITIES } from '../../../shared/booking/entity.ts';
import type { Entity } from '../../../shared/booking/entity.ts';
import type { Capabilities } from '../../../shared/booking/provider.ts';
import type { Lane, SyncTarget } from './mirror.ts';

/** What metrics and segments rest on; crm.last_good_sync knows the same four. */
export const FACTS: readonly Entity[] = ['clients', 'membership_sales', 'bookings', 'payments'];

/** What needs a person is asked again after this long, in case somebody has been there. */
const RETRY_MS = 15 * 60_000;

type Abilities = Readonly<Record<Entity, Pick<Capabilities, 'changeFilter'>>>;
type Known = Pick<SyncTarget, 'entities'>;

/** The entities to read in a lane, in their order. `wanted`: only these, and now, however fresh they are. */
export function dueEntities(
  lane: Lane,
  target: Known,
  abilities: Abilities,
  now: Date,
  wanted?: readonly Entity[],
): Entity[] {
  return ENTITIES.filter((entity) => {
    const hasChanges = abilities[entity].changeFilter === 'modified';
    const state = target.entities[entity];
    if (lane === 'changes')
      return hasChanges && state?.complete_until != null && (wanted?.includes(entity) ?? true);
    return wanted ? !hasChanges && wanted.includes(entity) : isFullDue(state, hasChanges, now);
  });
}

/** Whether everything metrics rest on has been listed once. */
export function hasFacts({ entities }: Known): boolean {
  return FACTS.every((entity) => entities[entity]?.complete_until != null);
}

function isFullDue(state: SyncTarget['entities'][Entity], hasChanges: boolean, now: Date): boolean {
  if (!state) return true;
  if (state.is_full_open) return true;
  const since = (at: Date | null) => (at === null ? Number.POSITIVE_INFINITY : now.getTime() - at.getTime());
  const freshForMs = state.fresh_for_seconds * 1_000;
  const isWanted = hasChanges ? state.complete_until === null : since(state.complete_until) >= freshForMs;
  return isWanted && since(state.failed_at) >= RETRY_MS;
}
