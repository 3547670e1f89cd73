import { describe, expect, it } from 'vitest';
import { formatExactMoney } from '../../../web/src/lib/format/number.ts';
import { costMonths } from '../../../web/src/lib/message-cost.ts';
import type { CostLine } from '../../../web/src/lib/message-cost.ts';
import { costWords } from '../../../web/src/lib/words/cost.ts';

const line = (fields: Partial<CostLine>): CostLine => ({
  ...{ month_date: '2026-05-01', category: 'marketing', price_type: 'regular' },
  ...{ delivered: 1, billable: 1, cost_minor: 190 },
  ...fields,
});
const UNSAID = { category: null, price_type: null, billable: null, cost_minor: null };
const FREE = { category: 'service', price_type: 'free_customer_service', billable: 0, cost_minor: 0 };

describe('the costs of a month', () => {
  it('are the sum of its lines; what WhatsApp has not said is counted apart', () => {
    const months = costMonths(
      [
        line({ month_date: '2026-06-01', delivered: 2, billable: 2, cost_minor: 380 }),
        line({ delivered: 3, billable: 3, cost_minor: 570 }),
        line({ ...FREE, delivered: 4 }),
        line({ ...UNSAID, delivered: 5 }),
      ],
      190,
    );
    expect(months).toMatchObject([
      { month: '2026-06-01', delivered: 2, billable: 2, cost_minor: 380, unsaid: 0 },
      { month: '2026-05-01', delivered: 12, billable: 3, cost_minor: 570, unsaid: 5 },
    ]);
  });

  it('are not zero when WhatsApp has said nothing at all', () => {
    const [month] = costMonths([line({ ...UNSAID, delivered: 2 })], 190);
    expect(month).toMatchObject({ delivered: 2, billable: null, cost_minor: null, unsaid: 2 });
    expect(costWords.cost(month!, 'EUR')).toBe('not said');
    expect(costWords.sum(month!, 190, 'EUR')).toBe('WhatsApp has not said which of these it bills.');
  });

  it('are unknown without a price, and nothing at the price of zero', () => {
    expect(costMonths([line({ cost_minor: null })], null)[0]).toMatchObject({ cost_minor: null });
    expect(costMonths([line({ cost_minor: 0 })], 0)[0]).toMatchObject({ cost_minor: 0 });
  });

  it('say how they come about, with what is not in them', () => {
    const [month] = costMonths(
      [line({ delivered: 3, billable: 3, cost_minor: 570 }), line({ ...UNSAID, delivered: 1 })],
      190,
    );
    expect(costWords.sum(month!, 190, 'EUR')).toBe(
      '3 billed messages × €1.90 = €5.70. 1 message more came without a word about the price, and is not in it.',
    );
    expect(costWords.sum({ ...month!, cost_minor: null }, null, 'EUR')).toContain(
      'Without the price of a message there is no cost.',
    );
  });
});

describe('a line of the costs', () => {
  it('names category and type in words, and keeps those that nobody knows yet', () => {
    expect(costWords.kind(line({}))).toEqual({ name: 'Marketing', detail: 'billed' });
    expect(costWords.kind(line(FREE)).detail).toContain('24 hours');
    expect(costWords.kind(line({ category: 'new_one', price_type: 'other' }))).toEqual({
      name: 'new_one',
      detail: 'other',
    });
    expect(costWords.kind(line(UNSAID)).name).toBe('Not said by WhatsApp');
  });

  it('tells an unknown price from a price that was not said', () => {
    expect(costWords.cost(line({ cost_minor: null }), 'EUR')).toBe('price unknown');
    expect(costWords.cost(line(UNSAID), 'EUR')).toBe('not said');
    expect(costWords.cost(line({}), 'EUR')).toBe('€1.90');
  });
});

it('a bill is written to the last minor unit of its currency', () => {
  expect(formatExactMoney(570, 'EUR')).toBe('€5.70');
  expect(formatExactMoney(570, 'JPY')).toBe('JP¥570');
});
