// Dates as the platform writes them. Everything is kept as the club's wall clock, `YYYY-MM-DDTHH:MM:SS`, because that is
// what its filters compare; the offset is added only when a payload is written.

const DAY_MS = 86_400_000;

// A club of half a million visits asks for a few thousand different dates millions of times.
const dayNumbers = new Map<string, number>();
const dates = new Map<number, string>();

function dayNumber(date: string): number {
  let day = dayNumbers.get(date);
  if (day === undefined) {
    day = Date.parse(`${date}T00:00:00Z`) / DAY_MS;
    dayNumbers.set(date, day);
  }
  return day;
}

function dateOf(day: number): string {
  let date = dates.get(day);
  if (date === undefined) {
    date = new Date(day * DAY_MS).toISOString().slice(0, 10);
    dates.set(day, date);
  }
  return date;
}

/** Moves a local date `YYYY-MM-DD` by whole days. */
export function addDays(date: string, days: number): string {
  return dateOf(dayNumber(date) + days);
}

/** Moves a wall-clock time by minutes, ignoring changes of the clock. */
export function addMinutes(wall: string, minutes: number): string {
  const total = Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16)) + minutes;
  const days = Math.floor(total / 1440);
  const rest = total - days * 1440;
  const time = `${String(Math.floor(rest / 60)).padStart(2, '0')}:${String(rest % 60).padStart(2, '0')}`;
  return `${addDays(wall.slice(0, 10), days)}T${time}${wall.slice(16)}`;
}

/** The club's clock: turns instants into wall time and writes the formats the platform uses. */
export class LocalTime {
  readonly timeZone: string;
  #parts: Intl.DateTimeFormat;
  #offsets = new Map<string, string>();

  constructor(timeZone: string) {
    this.timeZone = timeZone;
    this.#parts = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  }

  /** `2026-03-01T18:30:00` as the clock on the club's wall shows the instant. */
  wall(instant: Date): string {
    const part = Object.fromEntries(
      this.#parts.formatToParts(instant).map(({ type, value }) => [type, value]),
    );
    return `${part['year']}-${part['month']}-${part['day']}T${part['hour']}:${part['minute']}:${part['second']}`;
  }

  /** `+01:00`, the offset in force at a wall time. */
  offset(wall: string): string {
    const hour = `${wall.slice(0, 10)}T${wall.slice(11, 13)}`;
    const known = this.#offsets.get(hour);
    if (known !== undefined) return known;
    const asUtc = Date.parse(`${hour}:00:00Z`);
    const first = this.#minutesAhead(asUtc);
    const minutes = this.#minutesAhead(asUtc - first * 60_000);
    const size = Math.abs(minutes);
    const offset = `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
    this.#offsets.set(hour, offset);
    return offset;
  }

  #minutesAhead(instantMs: number): number {
    return Math.round((Date.parse(`${this.wall(new Date(instantMs))}Z`) - instantMs) / 60_000);
  }

  /** `2026-03-01T18:30:00+01:00` */
  withColon(wall: string): string {
    return `${wall.slice(0, 10)}T${wall.slice(11)}${this.offset(wall)}`;
  }

  /** `2026-03-01T18:30:00+0100` */
  withoutColon(wall: string): string {
    return this.withColon(wall).replace(/:(\d\d)$/, '$1');
  }

  /** `2026-03-01T18:30:00.000+01:00` */
  withMilliseconds(wall: string): string {
    return `${wall.slice(0, 10)}T${wall.slice(11)}.000${this.offset(wall)}`;
  }

  /** `2026-03-01 18:30:00` */
  naive(wall: string): string {
    return `${wall.slice(0, 10)} ${wall.slice(11)}`;
  }

  /** `2026-03-01 9:30:00`: some of the platform's own clients drop the leading zero. */
  naiveShort(wall: string): string {
    return `${wall.slice(0, 10)} ${wall.slice(11).replace(/^0/, '')}`;
  }
}
