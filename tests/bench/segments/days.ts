import { shiftDay } from '../../db/club.ts';
import type { Day } from '../../db/club.ts';
import { LAST_DAY } from '../club/size.ts';

/** How often the day turns for each of the three measures of it. */
export const TURNS = 7;
/** The day of the first tick: from here on days turn on which people come and pay, up to the club's last. */
export const FIRST_DAY: Day = shiftDay(LAST_DAY, -3 * TURNS);

export const dayAfter = (days: number): Day => shiftDay(FIRST_DAY, days);
export const noonOf = (day: Day): string => `${day}T12:00:00Z`;
