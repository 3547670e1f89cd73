// Dates as people in the clubs' countries write them: 2026-03-01 or 01.03.2026, with a time or without one.
import { isDate, parseMoment } from '../booking/moment.ts';
import type { Moment } from '../booking/moment.ts';

const DAY_FIRST = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})(?=$| )/;

/** A point in time; null when it is none. Without an offset it is the club's wall clock, without a time its midnight. */
export function parseDateTime(text: string): Moment | null {
  return parseMoment(yearFirst(text));
}

/** `2026-03-01`; null when the text is no date. The midnight that spreadsheets add is let pass. */
export function parseDate(text: string): string | null {
  const date = yearFirst(text).replace(/[ T]0?0:00(:00)?$/, '');
  return isDate(date) ? date : null;
}

function yearFirst(text: string): string {
  return text
    .trim()
    .replace(
      DAY_FIRST,
      (_, day: string, month: string, year: string) =>
        `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
    );
}
