import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costMicroUsd } from '../../../supabase/functions/draft-messages/prices.ts';
import { estimateMicroUsd, mostTokens } from '../../../supabase/functions/draft-messages/question.ts';

const tokens = (input_tokens: number, output_tokens: number) => ({ input_tokens, output_tokens });

describe('What an answer costs', () => {
  it.each([
    ['claude-haiku-5-5', 100_000],
    ['claude-sonnet-5-5', 2_000_000],
    ['claude-opus-5-5', 4_000_000],
    ['claude-haiku-4-5-20251001', 1_000_000],
  ])('is the list price of %s for a million tokens read', (model, micro) => {
    expect(costMicroUsd(model, tokens(1_000_000, 0))).toBe(micro);
    expect(costMicroUsd(model, tokens(0, 1_000_000))).toBe(5 * micro);
  });

  it('is half in a batch', () => {
    expect(costMicroUsd('claude-haiku-5-5', tokens(1500, 250))).toBe(275);
    expect(costMicroUsd('claude-haiku-5-5', tokens(1500, 250), { isBatch: true })).toBe(138);
  });

  it('counts as the dearest for a model nobody entered a price for', () => {
    expect(costMicroUsd('claude-next', tokens(1, 1))).toBe(60);
  });

  it('is never understated, and never more than a millionth of a dollar too high', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), (read, written) => {
        const exact = (read + 5 * written) / 10;
        const cost = costMicroUsd('claude-haiku-5-5', tokens(read, written));
        expect(cost).toBeGreaterThanOrEqual(exact - 1e-5);
        expect(cost).toBeLessThan(exact + 1);
      }),
    );
  });

  it('is reserved for two tries at their longest', () => {
    for (const model of ['claude-haiku-5-5', 'claude-sonnet-5-5'])
      expect(estimateMicroUsd(model)).toBe(2 * costMicroUsd(model, mostTokens(model)));
  });
});
