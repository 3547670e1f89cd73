import { LOCALE } from './locale.ts';

const whole = new Intl.NumberFormat(LOCALE);
const fine = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 1 });

export function formatCount(value: number): string {
  return whole.format(value);
}

/** "1 message", "2 messages". */
export function counted(value: number, one: string, many: string): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/** Minor units of a currency, as many as that currency has, in whole units: nobody steers a club by the haléř. */
export function formatMoney(minor: number, currency: string): string {
  const money = new Intl.NumberFormat(LOCALE, { style: 'currency', currency, maximumFractionDigits: 0 });
  return money.format(minor / 10 ** minorDigits(currency));
}

/** Minor units to the last of them: what a bill says. */
export function formatExactMoney(minor: number, currency: string): string {
  const money = new Intl.NumberFormat(LOCALE, { style: 'currency', currency });
  return money.format(minor / 10 ** minorDigits(currency));
}

/** How many digits a currency has after the point. */
export function minorDigits(currency: string): number {
  return (
    new Intl.NumberFormat(LOCALE, { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
    2
  );
}

/** The least difference that is still seen in a formatted value. */
export function finestStep(unit: Unit, currency: string): number {
  if (unit === 'money') return 10 ** minorDigits(currency);
  return { clients: 1, visits: 0.1, share: 0.001 }[unit];
}

export type Unit = 'clients' | 'share' | 'visits' | 'money';

export function formatValue(value: number, unit: Unit, currency: string): string {
  if (unit === 'share') return percent.format(value);
  if (unit === 'money') return formatMoney(value, currency);
  return unit === 'visits' || !Number.isInteger(value) ? fine.format(value) : whole.format(value);
}

/** What a ratio divides, in words: a share is some of so many, a mean is a sum over so many. */
export function formatRatio(numerator: number, denominator: number, unit: Unit, currency: string): string {
  const upper = unit === 'money' ? formatMoney(numerator, currency) : formatCount(numerator);
  return `${upper} ${unit === 'share' ? 'of' : '÷'} ${formatCount(denominator)}`;
}

const points = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });

/** How far a value moved, without a sign: a share in percentage points, all else in its own unit. */
export function formatStep(step: number, unit: Unit, currency: string): string {
  const size = Math.abs(step);
  return unit === 'share' ? `${points.format(100 * size)} pp` : formatValue(size, unit, currency);
}

const nearly = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 0 });

/** A share in whole percent; what is neither nothing nor all is not rounded to it. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.01) return '< 1%';
  if (share > 0.99 && share < 1) return '> 99%';
  return nearly.format(share);
}

/** With one digit after the point. */
export function formatDecimal(value: number): string {
  return fine.format(value);
}
