import { describe, expect, test } from 'vitest';
import { nextDue, parseSchedule, ScheduleError } from '../../../stack/embedded/cron-schedule.ts';

const at = (iso: string) => new Date(iso);
const due = (schedule: string, after: string) => nextDue(parseSchedule(schedule), at(after))?.toISOString();

describe('the schedule of a cron job', () => {
  test('five fields are read in GMT whatever the zone of the machine', () => {
    expect(due('30 7 * * *', '2026-07-01T07:00:00Z')).toBe('2026-07-01T07:30:00.000Z');
  });

  test('the next moment is strictly after the given one', () => {
    expect(due('*/10 * * * *', '2026-01-01T00:10:00Z')).toBe('2026-01-01T00:20:00.000Z');
  });

  test('a day of the month and a day of the week both count, as in every cron', () => {
    // 1 January 2026 is a Thursday: Monday the 5th comes before the 13th.
    expect(due('0 0 13 * 1', '2026-01-01T00:00:00Z')).toBe('2026-01-05T00:00:00.000Z');
  });

  test('$ is the last day of the month', () => {
    expect(due('0 12 $ * *', '2026-02-10T00:00:00Z')).toBe('2026-02-28T12:00:00.000Z');
  });

  test.each(['@daily', '@hourly', '@weekly'])('%s is understood', (schedule) => {
    expect(due(schedule, '2026-01-01T00:00:00Z')).toBeDefined();
  });

  test('seconds are counted from the last start', () => {
    expect(due('30 seconds', '2026-01-01T00:00:07Z')).toBe('2026-01-01T00:00:37.000Z');
  });

  test.each(['* * * *', '* * * * * *', '0 seconds', '60 seconds', '61 * * * *', 'whenever'])(
    '"%s" is refused with the two forms that are allowed',
    (schedule) => {
      expect(() => parseSchedule(schedule)).toThrow(ScheduleError);
      expect(() => parseSchedule(schedule)).toThrow(/five cron fields/);
    },
  );
});
