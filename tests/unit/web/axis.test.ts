import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ticksOf } from '../../../web/src/lib/chart/axis.ts';

test('the numbers beside a chart are round', () => {
  expect(ticksOf(82, 327, 1)).toEqual([400, 300, 200, 100, 0]);
  expect(ticksOf(3, 5, 1)).toEqual([5, 4, 3]);
});

test('a flat line has room on both sides, and none below none', () => {
  expect(ticksOf(600, 600, 1)).toEqual([601, 600, 599]);
  expect(ticksOf(0, 0, 1)).toEqual([1, 0]);
});

test('all values lie between the outer two of a handful of evenly spaced numbers', () => {
  const value = fc.double({ min: -1e6, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(value, value, fc.constantFrom(0.001, 0.1, 1, 100), (one, other, finest) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      const ticks = ticksOf(low, high, finest);
      const slack = Math.max(1, Math.abs(low), Math.abs(high)) * 1e-9;
      expect(ticks[0]! + slack).toBeGreaterThanOrEqual(high);
      expect(ticks.at(-1)! - slack).toBeLessThanOrEqual(low);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(6);
    }),
  );
});
