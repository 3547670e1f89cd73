import { expect, test } from 'vitest';
import { changeOf } from '../../../web/src/lib/change.ts';

const moved = (given: Partial<Parameters<typeof changeOf>[0]>) =>
  changeOf({ change: 12, unit: 'clients', direction: 'up', is_change_large_enough: true, ...given }, 'CZK');

test('whether a change is good depends on which way the metric should go', () => {
  expect(moved({})).toEqual({ way: 'up', isGood: true, size: '12', isLargeEnough: true });
  expect(moved({ change: -12 })).toMatchObject({ way: 'down', isGood: false });
  expect(moved({ direction: 'down' })).toMatchObject({ way: 'up', isGood: false });
  expect(moved({ change: -12, direction: 'down' })).toMatchObject({ way: 'down', isGood: true });
  expect(moved({ direction: 'neutral' })).toMatchObject({ way: 'up', isGood: null });
});

test('of too few it says the way, not whether it is good', () => {
  expect(moved({ is_change_large_enough: false })).toMatchObject({
    way: 'up',
    isGood: null,
    isLargeEnough: false,
  });
});

test('a share moves by percentage points; what rounding takes away did not move', () => {
  expect(moved({ change: -0.0432, unit: 'share' })).toMatchObject({ way: 'down', size: '4.3 pp' });
  expect(moved({ change: 0.0004, unit: 'share' })).toMatchObject({ way: 'flat', isGood: null });
  expect(moved({ change: -0.04, unit: 'visits' })).toMatchObject({ way: 'flat' });
});

test('without two readings there is no change, which is not a change of 0', () => {
  expect(moved({ change: null })).toBeNull();
  expect(moved({ change: 0 })).toMatchObject({ way: 'flat' });
});
