import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chosenWeek, lastWeeks, mondayOf } from '../../../web/src/lib/week.ts';

test('a week begins on its Monday', () => {
  expect(mondayOf('2026-11-23')).toBe('2026-11-23');
  expect(mondayOf('2026-11-29')).toBe('2026-11-23');
  expect(mondayOf('2026-01-01')).toBe('2025-12-29');
});

test('the last weeks are Mondays a week apart, and the first is of the week of the day', () => {
  const days = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(days, fc.integer({ min: 2, max: 60 }), (day, count) => {
      const today = day.toISOString().slice(0, 10);
      const weeks = lastWeeks(today, count);
      expect(weeks).toHaveLength(count);
      expect(weeks.map((week) => new Date(week).getUTCDay())).toEqual(weeks.map(() => 1));
      expect(new Set(weeks).size).toBe(count);
      expect(Date.parse(today) - Date.parse(weeks[0]!)).toBeLessThan(7 * 24 * 60 * 60 * 1000);
    }),
  );
});

test('the last complete week is shown unless another of the list is asked for', () => {
  const weeks = lastWeeks('2026-11-25', 3);
  expect(chosenWeek(null, weeks)).toBe('2026-11-16');
  expect(chosenWeek('2026-11-09', weeks)).toBe('2026-11-09');
  expect(chosenWeek('2026-11-10', weeks)).toBe('2026-11-16');
});
