// Points in time as booking platforms write them: with an offset (with or without its colon, with or without fractions),
// or as the wall clock of the club (with or without a leading zero), or as a bare date.

/** An instant in UTC, or a wall clock without a zone: exactly one of the two. */
export interface Moment {
  at: string | null;
  local: string | null;
}

const PATTERN =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?)? ?(Z|[+-]\d{2}(?::?\d{2})?)?$/;

/** Reads a point in time; null when it is none, or the "no date" of a platform (0000-00-00). */
export function parseMoment(value: unknown): Moment | null {
  if (typeof value !== 'string') return null;
  const match = PATTERN.exec(value.trim());
  if (!match) return null;
  const [, year = '', month = '', day = '', hour = '0', minute = '00', second = '00', offset] = match;
  const date = `${year}-${month}-${day}`;
  if (!isDate(date) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const local = `${date}T${hour.padStart(2, '0')}:${minute}:${second}`;
  if (offset === undefined) return { at: null, local };
  const minutes = offsetMinutes(offset);
  if (minutes === null) return null;
  return { at: new Date(Date.parse(`${local}Z`) - minutes * 60_000).toISOString(), local: null };
}

/** A calendar date of the years that people and bookings have. */
export function isDate(text: string): boolean {
  if (!/^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

/** A birthday; null when it is none. 1970-01-01 is what platforms store for "not given". */
export function parseBirthDate(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const date = value.trim().slice(0, 10);
  return isDate(date) && date !== '1970-01-01' ? date : null;
}

function offsetMinutes(offset: string): number | null {
  if (offset === 'Z') return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(3).replace(':', '') || 0);
  if (hours > 14 || minutes > 59) return null;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
