import { expect, test } from 'vitest';
import { historyRange, rangeFrom } from '../../../web/src/lib/history-range.ts';

test('a range has as many days as it says, its last one included', () => {
  expect(rangeFrom('90-days', '2026-03-31')).toBe('2026-01-01');
  expect(rangeFrom('1-year', '2026-03-31')).toBe('2025-04-01');
  expect(rangeFrom('all', '2026-03-31')).toBeNull();
});

test('an address that asks for no range, or for none there is, gets 90 days', () => {
  expect(['all', 'toString', '', null].map(historyRange)).toEqual(['all', '90-days', '90-days', '90-days']);
});
