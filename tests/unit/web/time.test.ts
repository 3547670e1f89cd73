import { expect, test } from 'vitest';
import { formatDate, formatDistance, formatInstant } from '../../../web/src/lib/format/time.ts';

// 00:30 on 2 March in Prague, still 1 March in UTC.
const clock = { timeZone: 'Europe/Prague', now: '2026-03-01T23:30:00Z' };

test('an instant is shown on the wall clock of the club', () => {
  expect(formatInstant('2026-03-01T23:05:00Z', clock)).toBe('00:05');
  expect(formatInstant('2026-03-01T22:59:00.123456+00:00', clock)).toBe('yesterday 23:59');
  expect(formatInstant('2026-02-27T10:00:00Z', clock)).toBe('Fri 27 Feb, 11:00');
  expect(formatInstant('2025-12-31T10:00:00Z', clock)).toBe('Wed 31 Dec 2025, 11:00');
});

test('yesterday is the day before on the calendar also where a day has 23 hours', () => {
  const afterTheChange = { timeZone: 'Europe/Prague', now: '2026-03-30T08:00:00Z' };
  expect(formatInstant('2026-03-28T23:30:00Z', afterTheChange)).toBe('yesterday 00:30');
});

test('a date keeps its day wherever it is read', () => {
  expect(formatDate('2026-03-01', '2026-03-02')).toBe('Sun 1 Mar');
});

test('a distance is told in the unit that says it best', () => {
  expect(formatDistance('2026-03-01T23:29:50Z', clock)).toBe('now');
  expect(formatDistance('2026-03-01T23:26:00Z', clock)).toBe('4 minutes ago');
  expect(formatDistance('2026-03-03T21:30:00Z', clock)).toBe('in 46 hours');
  expect(formatDistance('2026-02-19T23:30:00Z', clock)).toBe('10 days ago');
});
