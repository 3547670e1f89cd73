import { counted, formatCount, formatExactMoney } from '#lib/format/number.ts';
import type { CostLine, CostMonth } from '#lib/message-cost.ts';

const categories: Record<string, string> = {
  marketing: 'Marketing',
  marketing_lite: 'Marketing, by Meta’s own delivery',
  utility: 'Utility',
  service: 'Service',
  authentication: 'Authentication',
};

const types: Record<string, string> = {
  regular: 'billed',
  free_customer_service: 'free: within 24 hours after the member wrote',
  free_entry_point: 'free: the member came from an advertisement',
};

export const costWords = {
  title: 'Costs',
  heading: 'What it cost',
  lead: 'Delivered messages by the month in which WhatsApp billed them.',
  none: 'No message was delivered yet.',
  noneDetail: 'Each month appears here with its first delivered message.',
  caption: (month: string) => `Delivered messages of ${month}, by WhatsApp’s category`,
  columns: { kind: 'WhatsApp’s category', delivered: 'Delivered', billable: 'Billed', cost: 'Cost' },
  kind: ({ category, price_type }: CostLine): { name: string; detail: string } => {
    if (price_type === null) return { name: 'Not said by WhatsApp', detail: 'no price came with it' };
    const name = category === null ? 'Without a category' : (categories[category] ?? category);
    return { name, detail: types[price_type] ?? price_type };
  },
  billable: ({ billable }: Pick<CostLine, 'billable'>): string =>
    billable === null ? 'not said' : formatCount(billable),
  cost: ({ cost_minor, billable }: Pick<CostLine, 'cost_minor' | 'billable'>, currency: string): string => {
    if (billable === null) return 'not said';
    return cost_minor === null ? 'price unknown' : formatExactMoney(cost_minor, currency);
  },
  total: 'In all',
  /** How the sum of a month comes about, with its numbers. */
  sum: ({ billable, cost_minor, unsaid }: CostMonth, priceMinor: number | null, currency: string): string => {
    if (billable === null) return 'WhatsApp has not said which of these it bills.';
    const more =
      unsaid === 0
        ? ''
        : ` ${counted(unsaid, 'message', 'messages')} more came without a word about the price, and ${unsaid === 1 ? 'is' : 'are'} not in it.`;
    if (priceMinor === null || cost_minor === null)
      return `${counted(billable, 'message', 'messages')} billed. Without the price of a message there is no cost.${more}`;
    return `${counted(billable, 'billed message', 'billed messages')} × ${formatExactMoney(priceMinor, currency)} = ${formatExactMoney(cost_minor, currency)}.${more}`;
  },
  rule: {
    title: 'Who says so?',
    text: 'WhatsApp reports the category and the type of price with each message, and never an amount. Billed is what was delivered at its regular price. The amount is the one price that you enter here, whatever the category and country: your bill from Meta has the last word. A message is billed when it is delivered, so it may stand in a later month than the one in which it was sent.',
  },
};
