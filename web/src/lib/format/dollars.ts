import { LOCALE } from './locale.ts';

const MICRO = 1_000_000;
/** From here on cents are all anybody wants to read. */
const CENTS_SUFFICE = 0.1;

/** US dollars, as Anthropic bills them: "$0.42", and a small amount with the digits it has, "$0.0021". */
export function formatDollars(amount: number): string {
  return new Intl.NumberFormat(LOCALE, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: amount > 0 && amount < CENTS_SUFFICE ? 4 : 2,
  }).format(amount);
}

export const formatMicroDollars = (micro: number): string => formatDollars(micro / MICRO);

/** What one message cost: "0.021 US cents". */
export function formatCents(micro: number): string {
  const cents = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 3 });
  return `${cents.format((micro * 100) / MICRO)} US cents`;
}
