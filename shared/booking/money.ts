// Amounts in minor units, read digit by digit: 19.99 × 100 is not 1999 in floating point.

const PATTERN = /^([+-]?)(\d+)(?:\.(\d+))?$/;

const digitsByCurrency = new Map<string, number>();

/** How many decimals a currency has: 2 for CZK, 0 for JPY. */
export function minorDigits(currency: string): number {
  const known = digitsByCurrency.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  digitsByCurrency.set(currency, digits);
  return digits;
}

/** `"1490.00"` or `1490` in minor units, rounded half away from zero; null when it is not an amount that can be kept. */
export function toMinor(amount: unknown, currency: string): number | null {
  if (typeof amount !== 'number' && typeof amount !== 'string') return null;
  const match = PATTERN.exec(String(amount).trim());
  if (!match) return null;
  const [, sign, whole = '', fraction = ''] = match;
  const digits = minorDigits(currency);
  const kept = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  const minor = Number(kept + (fraction.charAt(digits) >= '5' ? 1n : 0n));
  if (!Number.isSafeInteger(minor)) return null;
  return sign === '-' && minor !== 0 ? -minor : minor;
}
