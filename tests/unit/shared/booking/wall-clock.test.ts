import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  earliestReading,
  latestReading,
  localDate,
  wallClock,
} from '../../../../shared/booking/wall-clock.ts';

const PRAGUE = 'Europe/Prague';
// In 2026 Prague's clocks go back on 25 October: 03:00 summer time (01:00 UTC) becomes 02:00.

describe('the club’s wall clock', () => {
  it('shows the local time of an instant, in summer and in winter', () => {
    expect(wallClock(new Date('2026-03-01T23:30:05Z'), PRAGUE)).toBe('2026-03-02T00:30:05');
    expect(wallClock(new Date('2026-07-01T23:30:05Z'), PRAGUE)).toBe('2026-07-02T01:30:05');
  });

  it('gives the local date of either kind of moment', () => {
    expect(localDate({ at: '2026-06-30T22:30:00.000Z', local: null }, PRAGUE)).toBe('2026-07-01');
    expect(localDate({ at: null, local: '2026-06-30T23:30:00' }, PRAGUE)).toBe('2026-06-30');
  });
});

describe('a window of instants on the wall clock', () => {
  it('is its two readings on any ordinary day', () => {
    const instant = new Date('2026-03-11T09:00:00Z');
    expect(earliestReading(instant, PRAGUE)).toBe('2026-03-11T10:00:00');
    expect(latestReading(instant, PRAGUE)).toBe('2026-03-11T10:00:00');
  });

  it('begins an hour earlier when clocks are about to go back', () => {
    const beforeTheChange = new Date('2026-10-25T00:50:00Z');
    expect(wallClock(beforeTheChange, PRAGUE)).toBe('2026-10-25T02:50:00');
    expect(earliestReading(beforeTheChange, PRAGUE)).toBe('2026-10-25T01:50:00');
  });

  it('ends an hour later when clocks have just gone back', () => {
    const afterTheChange = new Date('2026-10-25T01:10:00Z');
    expect(wallClock(afterTheChange, PRAGUE)).toBe('2026-10-25T02:10:00');
    expect(latestReading(afterTheChange, PRAGUE)).toBe('2026-10-25T03:10:00');
  });

  it('covers the reading of every instant in it, in any zone, on any night', () => {
    const zones = fc.constantFrom(
      PRAGUE,
      'Europe/Sofia',
      'America/New_York',
      'Australia/Lord_Howe',
      'Antarctica/Troll',
    );
    // Around every change of 2026 in those zones, and on ordinary days between.
    const starts = fc
      .tuple(
        fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'),
        fc.integer({ min: -86_400, max: 2 * 86_400 }),
      )
      .map(([date, seconds]) => Date.parse(`${date}T00:00:00Z`) + seconds * 1000);
    const length = fc.integer({ min: 0, max: 10 * 3600 });
    fc.assert(
      fc.property(
        zones,
        starts,
        length,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (zone, start, seconds, share) => {
          const inside = wallClock(new Date(start + Math.floor(seconds * share) * 1000), zone);
          expect(earliestReading(new Date(start), zone) <= inside).toBe(true);
          expect(latestReading(new Date(start + seconds * 1000), zone) >= inside).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
