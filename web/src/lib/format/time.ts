import { LOCALE } from './locale.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The club's wall clock, and the moment the page was read: both sides of the wire then say the same. */
export interface Clock {
  timeZone: string;
  now: string;
}

function localDate(instant: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return parts.format(instant);
}

/** "10:31", "yesterday 18:02", "Mon 17 Nov, 18:02", with the year when it is another one. */
export function formatInstant(iso: string, { timeZone, now }: Clock): string {
  const instant = new Date(iso);
  const time = new Intl.DateTimeFormat(LOCALE, { timeZone, hour: '2-digit', minute: '2-digit' }).format(
    instant,
  );
  const day = localDate(instant, timeZone);
  const today = localDate(new Date(now), timeZone);
  if (day === today) return time;
  if (day === daysBefore(today, 1)) return `yesterday ${time}`;
  return `${formatDate(day, today)}, ${time}`;
}

/** What the club's clock shows, as `datetime-local` writes it: "2026-11-17T18:02". */
export function wallClock({ timeZone, now }: Clock): string {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  return `${localDate(new Date(now), timeZone)}T${time.format(new Date(now))}`;
}

/** A local date so many days before another. */
export function daysBefore(date: string, days: number): string {
  return new Date(Date.parse(date) - days * DAY_MS).toISOString().slice(0, 10);
}

/** A local date, YYYY-MM-DD: "Mon 17 Nov", with the year when it is another than today's. */
export function formatDate(date: string, today: string): string {
  const year = date.slice(0, 4) === today.slice(0, 4) ? undefined : 'numeric';
  return new Intl.DateTimeFormat(LOCALE, {
    timeZone: 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year,
  })
    .format(new Date(date))
    .replace(',', '');
}

export function formatLongDate(date: string): string {
  return new Intl.DateTimeFormat(LOCALE, {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(new Date(date));
}

const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' });

/** "4 minutes ago", "in 46 hours". */
export function formatDistance(iso: string, { now }: Clock): string {
  const minutes = Math.round((Date.parse(iso) - Date.parse(now)) / 60_000);
  if (Math.abs(minutes) < 1) return minutes < 0 ? 'just now' : 'now';
  if (Math.abs(minutes) < 90) return relative.format(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return Math.abs(hours) < 48
    ? relative.format(hours, 'hour')
    : relative.format(Math.round(hours / 24), 'day');
}

/** The month of a local date: "June 2026". */
export function formatMonth(date: string): string {
  return new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(
    new Date(date),
  );
}
