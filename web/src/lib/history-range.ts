import { daysBefore } from '#lib/format/time.ts';

/** How many whole days the small line on a card shows. */
export const LINE_DAYS = 90;

/** The parts of a metric's history a person asks for, and how many days each reaches back; null: to its first. */
export const HISTORY_RANGES = { '90-days': 90, '1-year': 365, all: null } as const;
export type HistoryRange = keyof typeof HISTORY_RANGES;

export function historyRange(value: string | null): HistoryRange {
  return value !== null && Object.hasOwn(HISTORY_RANGES, value) ? (value as HistoryRange) : '90-days';
}

/** The first day of a range that ends with a day, or null. */
export function rangeFrom(range: HistoryRange, asOf: string): string | null {
  const days = HISTORY_RANGES[range];
  return days === null ? null : daysBefore(asOf, days - 1);
}
