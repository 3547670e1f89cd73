// Moments, dates and money as the club's people say them.
import type { Language } from '../../../../shared/draft-checks/draft.ts';

/** Day before month, as everywhere our clubs are. */
const localeOf = (language: Language): string => (language === 'en' ? 'en-GB' : language);

/** "22 Nov, 16:40" on the club's wall clock. */
export const localTime = (at: string, timezone: string, language: Language): string =>
  new Intl.DateTimeFormat(localeOf(language), {
    timeZone: timezone,
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(at));

/** "22 Nov 2026" of a date (2026-11-22), whatever zone we are in. */
export const plainDate = (date: string, language: Language): string =>
  new Intl.DateTimeFormat(localeOf(language), {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }).format(new Date(`${date}T00:00:00Z`));

/** "22 Nov 2026" of a moment, by the club's calendar. */
export const localDate = (at: string, timezone: string, language: Language): string =>
  new Intl.DateTimeFormat(localeOf(language), {
    timeZone: timezone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }).format(new Date(at));

export const daysAgo = (days: number, language: Language): string =>
  new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-days, 'day');

/** Whole units: nobody decides by the cents. */
export const roundMoney = (minor: number, currency: string, language: Language): string => {
  const format = new Intl.NumberFormat(localeOf(language), {
    style: 'currency',
    currency,
    maximumFractionDigits: 0,
  });
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minor / 10 ** digits);
};

export const percent = (share: number, language: Language): string =>
  new Intl.NumberFormat(localeOf(language), { style: 'percent', maximumFractionDigits: 1 }).format(share);
