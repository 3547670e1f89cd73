import { expect, test } from 'vitest';
import { frameOf, linePath, runs } from '../../../web/src/lib/chart/line.ts';
import type { Point } from '../../../web/src/lib/chart/line.ts';

const week: Point[] = [
  ['2026-03-27', 10],
  ['2026-03-28', null],
  ['2026-03-29', 0],
  ['2026-03-30', 20],
  ['2026-04-01', 5],
];

test('a line is parted where a day has no value or was not read; a zero is a value', () => {
  expect(runs(week)).toEqual([
    [['2026-03-27', 10]],
    [
      ['2026-03-29', 0],
      ['2026-03-30', 20],
    ],
    [['2026-04-01', 5]],
  ]);
});

test('a line fills its frame from the first day to the last, with a dot for a day between two gaps', () => {
  const frame = frameOf(week, '2026-03-27', '2026-04-01')!;
  expect(linePath(week, frame)).toBe('M0 50h0M40 100L60 0M100 75h0');
});

test('a line that begins late begins late: the days before it are not stretched over', () => {
  const points: Point[] = [
    ['2026-03-29', 1],
    ['2026-03-30', 2],
  ];
  expect(linePath(points, frameOf(points, '2026-03-26', '2026-03-30')!)).toBe('M75 100L100 0');
});

test('a flat line runs in the middle', () => {
  const flat: Point[] = [
    ['2026-03-29', 7],
    ['2026-03-30', 7],
  ];
  expect(linePath(flat, frameOf(flat, '2026-03-29', '2026-03-30')!)).toBe('M0 50L100 50');
});

test('without a value there is no line', () => {
  expect(frameOf([['2026-03-29', null]], '2026-03-28', '2026-03-29')).toBeNull();
  expect(frameOf([], '2026-03-28', '2026-03-29')).toBeNull();
});
