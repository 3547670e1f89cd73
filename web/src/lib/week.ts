import { daysBefore } from '#lib/format/time.ts';

/** The Monday of the week a day is in. */
export function mondayOf(day: string): string {
  return daysBefore(day, (new Date(day).getUTCDay() + 6) % 7);
}

/** The Mondays of the last weeks, the running one first. */
export function lastWeeks(today: string, weeks: number): string[] {
  const running = mondayOf(today);
  return Array.from({ length: weeks }, (_, index) => daysBefore(running, 7 * index));
}

/** The week a person asks for; the last complete one unless it is among those there are to choose from. */
export function chosenWeek(asked: string | null, weeks: string[]): string {
  return weeks.find((week) => week === asked) ?? weeks[1]!;
}
