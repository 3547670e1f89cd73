import { describe, expect, it } from 'vitest';
import { findLowest } from '../../../../shared/bg-nbd/nelder-mead.ts';

const OPTIONS = { step: 0.5, valueTolerance: 1e-12, pointTolerance: 1e-6, maxIterations: 2000 };

describe('the search for the lowest point', () => {
  it('follows a bent valley to its end', () => {
    const rosenbrock = ([x, y]: readonly number[]) => (1 - x!) ** 2 + 100 * (y! - x! ** 2) ** 2;
    const found = findLowest(rosenbrock, [-1.2, 1], OPTIONS);
    expect(found.isSettled).toBe(true);
    expect(found.point[0]).toBeCloseTo(1, 5);
    expect(found.point[1]).toBeCloseTo(1, 5);
  });

  it('finds it in four dimensions of different scales', () => {
    const bowl = (point: readonly number[]) =>
      point.reduce((sum, value, axis) => sum + 10 ** axis * (value - axis) ** 2, 0);
    const found = findLowest(bowl, [9, 9, 9, 9], OPTIONS);
    found.point.forEach((value, axis) => expect(value).toBeCloseTo(axis, 4));
  });

  it('shrinks to the lowest corner where no step from the highest helps', () => {
    // A well in a hill: every point around is higher the nearer it is, until it is inside.
    const well = ([x]: readonly number[]) => (Math.abs(x!) < 0.01 ? x! ** 2 : 2 - Math.abs(x!));
    const found = findLowest(well, [0], OPTIONS);
    expect(found).toMatchObject({ isSettled: true, value: 0 });
  });

  it('takes longer and longer steps while they help', () => {
    const far = ([x, y]: readonly number[]) => Math.hypot(x! - 1e6, y! + 1e6);
    const found = findLowest(far, [0, 0], { ...OPTIONS, valueTolerance: 1e-3, pointTolerance: 1e-3 });
    expect(found.isSettled).toBe(true);
    expect(found.iterations).toBeLessThan(300);
  });

  it('says so when it was stopped before it settled', () => {
    const found = findLowest(([x]) => (x! - 100) ** 2, [0], { ...OPTIONS, maxIterations: 5 });
    expect(found).toMatchObject({ isSettled: false, iterations: 5 });
  });

  it('leaves its start as it was', () => {
    const start = [3, 4];
    findLowest(([x, y]) => x! ** 2 + y! ** 2, start, OPTIONS);
    expect(start).toEqual([3, 4]);
  });
});
