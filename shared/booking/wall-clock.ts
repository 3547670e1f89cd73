// The club's wall clock, for platforms that filter by it. When clocks go back an hour happens twice, so a window of instants
// is not simply the window of its two wall clock readings.
import type { Moment } from './moment.ts';

const HOUR_MS = 3_600_000;
/** No zone changes its clock by more than this. */
const LARGEST_CHANGE_MS = 3 * HOUR_MS;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone);
  if (known) return known;
  // Swedish writes ISO dates.
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: timezone,
    dateStyle: 'short',
    timeStyle: 'medium',
    hourCycle: 'h23',
  });
  formats.set(timezone, format);
  return format;
}

/** `2026-03-01T18:30:00`, what the clock on the club's wall shows at an instant. */
export function wallClock(instant: Date, timezone: string): string {
  return formatOf(timezone).format(instant).replace(' ', 'T');
}

/** The date on the club's wall calendar at a point in time. */
export function localDate(moment: Moment, timezone: string): string {
  return (moment.local ?? wallClock(new Date(moment.at ?? Number.NaN), timezone)).slice(0, 10);
}

/** The earliest reading that any instant from this one on can have. */
export function earliestReading(instant: Date, timezone: string): string {
  return least(wallClock(instant, timezone), reading(instant, LARGEST_CHANGE_MS, timezone));
}

/** The latest reading that any instant up to this one can have had. */
export function latestReading(instant: Date, timezone: string): string {
  const [now, before] = [wallClock(instant, timezone), reading(instant, -LARGEST_CHANGE_MS, timezone)];
  return least(now, before) === now ? before : now;
}

/** What the clock would show at an instant if it already, or still, went as it does `aheadMs` from it. */
function reading(instant: Date, aheadMs: number, timezone: string): string {
  const then = wallClock(new Date(instant.getTime() + aheadMs), timezone);
  return new Date(Date.parse(`${then}Z`) - aheadMs).toISOString().slice(0, 19);
}

function least(first: string, second: string): string {
  return first < second ? first : second;
}
