import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  chosenEffect,
  effectDays,
  effectKey,
  effectPeriod,
  intervalEnds,
  placeBetween,
  readPrice,
} from '../../../web/src/lib/effect-choice.ts';
import type { Effect } from '../../../web/src/lib/effect.ts';
import { effectWords, signedPoints } from '../../../web/src/lib/words/effect.ts';

const effect = (fields: Partial<Effect>): Effect => ({
  ...{
    scenario: 'reactivation',
    campaign_id: null,
    name: 'Reactivation',
    skipped: {},
    verdict: 'not enough data yet',
  },
  ...{
    planned: 0,
    drafted: 0,
    approved: 0,
    sent: 0,
    delivered: 0,
    read: 0,
    replied: 0,
    opted_out: 0,
    booked: 0,
    returned: 0,
  },
  ...{ revenue_of_returners_minor: 0, cost_minor: null, message_price_minor: null, holdout_share: 0.2 },
  ...{
    messaged_clients: 0,
    messaged_returned: 0,
    control_clients: 0,
    control_returned: 0,
    waiting_clients: 0,
  },
  ...{ return_rate: null, control_rate: null, lift: null, lift_low: null, lift_high: null },
  ...{ return_days: 14, lift_min_clients: 100, computed_at: '2026-06-15T10:00:00Z', data_until: null },
  ...fields,
});

test('the period is 30, 90 or 365 days that end with today, 90 when something else is asked for', () => {
  expect(effectPeriod(effectDays('30'), '2026-06-15')).toEqual(['2026-05-17', '2026-06-15']);
  expect(['365', '7', 'x', null].map(effectDays)).toEqual([365, 90, 90, 90]);
});

test('what is asked for is shown, a scenario or a campaign; else what most clients are behind', () => {
  const birthday = effect({ scenario: 'birthday', messaged_clients: 4 });
  const party = effect({ scenario: 'one_off', campaign_id: 7, messaged_clients: 9 });
  expect(effectKey(birthday)).toBe('birthday');
  expect(chosenEffect([birthday, party], 'birthday')).toBe(birthday);
  expect(chosenEffect([birthday, party], '7')).toBe(party);
  expect(chosenEffect([birthday, party], 'none')).toBe(party);
  expect(chosenEffect([], null)).toBeUndefined();
});

const share = fc.double({ min: -1, max: 1, noNaN: true });

test('the picture of an interval has it and zero inside, from left to right', () => {
  fc.assert(
    fc.property(share, share, (one, other) => {
      const [low, high] = one < other ? [one, other] : [other, one];
      const ends = intervalEnds(low, high);
      for (const value of [low, 0, high]) {
        expect(placeBetween(value, ends)).toBeGreaterThan(0);
        expect(placeBetween(value, ends)).toBeLessThan(100);
      }
      expect(placeBetween(low, ends)).toBeLessThanOrEqual(placeBetween(high, ends));
    }),
  );
});

describe('a price', () => {
  it.each<[string, number | null | undefined]>([
    ['1.90', 190],
    [' 1,9 ', 190],
    ['0', 0],
    ['', null],
    ['-1', undefined],
    ['two', undefined],
  ])('typed as "%s" is %s', (typed, expected) => {
    expect(readPrice(typed, 'CZK')).toBe(expected);
  });

  it('has as many minor units as its currency', () => {
    expect(readPrice('12', 'JPY')).toBe(12);
  });
});

describe('what is said of lift', () => {
  it('has its sign, in percentage points', () => {
    expect([0.061, -0.2, 0, 0.0001].map(signedPoints)).toEqual(['+6.1 pp', '−20 pp', '0 pp', '0 pp']);
  });

  it('is what is missing while there are too few', () => {
    const told = effectWords.verdictDetail(effect({ messaged_clients: 120, control_clients: 30 }));
    expect(told).toContain('120 of 100 messaged and 30 of 100 held back');
    expect(effectWords.verdictDetail(effect({ holdout_share: 0 }))).toContain('no control group');
  });

  it('is between what and what the difference lies', () => {
    const known = { lift: 0.06, lift_low: 0.021, lift_high: 0.099, verdict: 'works' } as const;
    expect(effectWords.verdictDetail(effect(known))).toContain('between +2.1 pp and +9.9 pp');
  });
});
