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

function minorDigits(currency: string): number {
  return (
    new Intl.NumberFormat(LOCALE, { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
    2
  );
}

export type Unit = 'clients' | 'share' | 'visits' | 'money';

export function formatValue(value: number, unit: Unit, currency: string): string {
  if (unit === 'share') return percent.format(value);
  if (unit === 'money') return formatMoney(value, currency);
  return unit === 'visits' || !Number.isInteger(value) ? fine.format(value) : whole.format(value);
}
