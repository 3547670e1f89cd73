import { minorDigits, toMinor } from '../booking/money.ts';

/** Thousands may be grouped by a space of any kind; what follows the point or the comma is less than one. */
const PATTERN = /^([+-]?)(\d{1,3}(?: \d{3})+|\d+)(?:[.,](\d+))?$/;

/**
 * `1490`, `1490.50` or `1 490,50` in minor units. Null when it is no amount, and when it has more decimals than the currency:
 * `1,490` may be thousands, and money is not guessed.
 */
export function parseAmount(text: string, currency: string): number | null {
  const match = PATTERN.exec(text.trim().replaceAll(/\s/g, ' ').replace('−', '-'));
  if (!match) return null;
  const [, sign = '', whole = '', decimals = ''] = match;
  const isTooFine = decimals.length > minorDigits(currency) && !/^00?$/.test(decimals);
  if (isTooFine) return null;
  return toMinor(`${sign}${whole.replaceAll(' ', '')}.${decimals || '0'}`, currency);
}
