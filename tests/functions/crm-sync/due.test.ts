import { describe, expect, it } from 'vitest';
import { ENTITIES } from '../../../shared/booking/entity.ts';
import type { Entity } from '../../../shared/booking/entity.ts';
import { ALTEGIO_CAPABILITIES } from '../../../supabase/functions/crm-sync/altegio/provider.ts';
import { dueEntities } from '../../../supabase/functions/crm-sync/due.ts';
import type { Lane, SyncTarget } from '../../../supabase/functions/crm-sync/mirror.ts';

const NOW = new Date('2026-03-11T09:00:00Z');
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

type State = NonNullable<SyncTarget['entities'][Entity]>;

/** A club in step, but for what a test says. */
function entities(states: { [Name in Entity]?: Partial<State> } = {}): SyncTarget['entities'] {
  const known: State = {
    complete_until: ago(1),
    fresh_for_seconds: 900,
    is_full_open: false,
    failed_at: null,
  };
  return Object.fromEntries(ENTITIES.map((entity) => [entity, { ...known, ...states[entity] }]));
}

function due(lane: Lane, known: SyncTarget['entities'], wanted?: Entity[]): Entity[] {
  return dueEntities(lane, { entities: known }, ALTEGIO_CAPABILITIES, NOW, wanted);
}

describe('the lane of changes', () => {
  it('has what the platform can narrow to changes, once it was listed whole', () => {
    expect(due('changes', entities())).toEqual(['clients', 'membership_sales', 'bookings', 'payments']);
    expect(due('changes', entities({ bookings: { complete_until: null } }))).not.toContain('bookings');
    expect(due('changes', {})).toEqual([]);
  });
});

describe('the full lane', () => {
  it('has nothing while all is fresh', () => {
    expect(due('full', entities())).toEqual([]);
  });

  it('has everything of a new club, and whatever is open', () => {
    expect(due('full', {})).toEqual([...ENTITIES]);
    expect(due('full', entities({ bookings: { is_full_open: true } }))).toEqual(['bookings']);
  });

  it('has a list without a change filter when it is no longer fresh', () => {
    expect(due('full', entities({ staff: { complete_until: ago(15) } }))).toEqual(['staff']);
    expect(due('full', entities({ payments: { complete_until: ago(900) } }))).toEqual([]);
  });

  it('leaves what failed alone for a quarter of an hour', () => {
    const never = { complete_until: null };
    expect(due('full', entities({ memberships: { ...never, failed_at: ago(14) } }))).toEqual([]);
    expect(due('full', entities({ memberships: { ...never, failed_at: ago(15) } }))).toEqual(['memberships']);
  });
});

it('what is wanted is due in its lane, however fresh it is, and nothing else', () => {
  const stale = entities({ services: { complete_until: ago(60) } });
  expect(due('full', stale, ['staff', 'payments'])).toEqual(['staff']);
  expect(due('changes', stale, ['staff', 'payments'])).toEqual(['payments']);
});
