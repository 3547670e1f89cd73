import { expect, test } from 'vitest';
import { isKnown, partByBasis } from '../../../web/src/lib/chart/basis.ts';
import type { Point } from '../../../web/src/lib/chart/line.ts';

const days = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'] as const;
const points: Point[] = days.map((day, index) => [day, index]);
const dates = (line: Point[]) => line.map(([day]) => day);

test('days before the first known one were replayed, and so was a day on which nothing ran', () => {
  const basis = { knownFrom: days[2], replayedSince: [days[3]] };
  expect(days.map((day) => isKnown(day, basis))).toEqual([false, false, true, false, true]);
  expect(days.some((day) => isKnown(day, { knownFrom: null, replayedSince: [] }))).toBe(false);
});

test('the replayed line reaches to the known day beside it, so that the two meet', () => {
  const { known, replayed } = partByBasis(points, { knownFrom: days[2], replayedSince: [] });
  expect(dates(known)).toEqual([days[2], days[3], days[4]]);
  expect(dates(replayed)).toEqual([days[0], days[1], days[2]]);
});
