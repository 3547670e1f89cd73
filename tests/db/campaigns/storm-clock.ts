import type { Random } from '../../../stack/sandbox/booking/random.ts';
import { shiftDay } from '../club.ts';
import type { Day } from '../club.ts';

/** The first day. The days after it on which the club is busy pass a new year with its new quarter, and the 720 hours of the cap. */
export const FIRST_DAY = '2026-12-05';
const BUSY_DAYS = [0, 1, 2, 7, 8, 14, 15, 21, 22, 26, 27, 28, 30, 31, 32];

/** The storm's time zone has no change of clocks in these days: an hour ahead. */
const LOCAL_NOON = 'T14:00:00+01:00';
/** Where something turns: sending opens, the day ends, sending closes. */
const TURNS = ['T09:00:00+01:00', 'T23:59:59+01:00', 'T20:00:00+01:00'];

/** The busy days, on which birthdays are best. */
export const busyDays = (): Day[] => BUSY_DAYS.map((index) => shiftDay(FIRST_DAY, index));

const SESSION_MS = 3 * 60_000;
const MOST_SKEW_MS = 60_000;

/** When the sessions are in the middle: at the same hours each day, so that 24 and 720 hours end exactly where they began. */
export function sessionMiddles(): number[] {
  const middles = busyDays().flatMap((day, index) => {
    const hours = index % 3 === 0 ? [LOCAL_NOON, TURNS[(index / 3) % TURNS.length]!] : [LOCAL_NOON];
    return hours.map((hour) => Date.parse(`${day}${hour}`));
  });
  return middles.sort((one, other) => one - other);
}

/** Three minutes, in which everybody works at once, then hours in which nobody does: nothing takes longer than in life. */
export class StormClock {
  readonly #realMs: number;
  #middle = 0;
  #begunAt = 0;

  constructor(realMs: number) {
    this.#realMs = realMs;
  }

  begin(middle: number): void {
    this.#middle = middle;
    this.#begunAt = performance.now();
  }

  /** What is left of the session, in real milliseconds. */
  get left(): number {
    return Math.max(this.#realMs - (performance.now() - this.#begunAt), 0);
  }

  /** A moment within the session for one of so many rounds. */
  pause(random: Random, rounds: number): number {
    return random.int(0, Math.min(this.#realMs / rounds, 400));
  }

  /** A worker's own clock: up to a minute fast or slow, and never going back. */
  hand(random: Random): () => Date {
    const skew = random.int(-MOST_SKEW_MS, MOST_SKEW_MS);
    let last = 0;
    return () => {
      const share = Math.min((performance.now() - this.#begunAt) / this.#realMs, 1);
      last = Math.max(last, Math.round(this.#middle + (share - 0.5) * SESSION_MS + skew));
      return new Date(last);
    };
  }
}
