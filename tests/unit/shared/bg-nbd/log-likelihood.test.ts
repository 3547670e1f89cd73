import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Facts, Parameters } from '../../../../shared/bg-nbd/facts.ts';
import { createLogLikelihood } from '../../../../shared/bg-nbd/log-likelihood.ts';
import { overBeta, overGamma } from '../../../quadrature.ts';
import { factsOf, simulateClients } from '../../../simulated-clients.ts';

const PAPER: Parameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };

/**
 * As the paper derives it, before any integral is solved: after x visits at rate λ, either still there (and quiet since the last
 * one), or gone with the last.
 */
function integrated({ r, alpha, a, b }: Parameters, { frequency: x, recency, age }: Facts): number {
  const visits = (days: number) => overGamma(r, alpha, (rate) => rate ** x * Math.exp(-rate * days));
  const stillThere = overBeta(a, b, (_, stays) => stays ** x) * visits(age);
  if (x === 0) return stillThere;
  return stillThere + overBeta(a, b, (leaves, stays) => leaves * stays ** (x - 1)) * visits(recency);
}

describe('the log-likelihood', () => {
  it('of somebody who never came back is that of a rate without a visit', () => {
    const logLikelihood = createLogLikelihood([{ frequency: 0, recency: 0, age: 30, clients: 1 }]);
    expect(logLikelihood(PAPER)).toBeCloseTo(0.243 * Math.log(4.414 / 34.414), 8);
  });

  it('of somebody who came back at once, with whole-numbered parameters, is what one gets by hand', () => {
    // r = 1, alpha = 2, a = 1, b = 1, x = 1, t_x = 3, T = 5: 2 ∫λ e^(−2λ)(e^(−5λ)/2 + e^(−3λ)/2) dλ = 1/7² + 1/5².
    const logLikelihood = createLogLikelihood([{ frequency: 1, recency: 3, age: 5, clients: 1 }]);
    expect(logLikelihood({ r: 1, alpha: 2, a: 1, b: 1 })).toBeCloseTo(Math.log(1 / 49 + 1 / 25), 8);
  });

  it('is the model’s own integral for any client and any parameters', () => {
    const parameters = fc.record({
      r: fc.double({ min: 0.1, max: 10, noNaN: true }),
      alpha: fc.double({ min: 0.5, max: 50, noNaN: true }),
      a: fc.double({ min: 0.1, max: 10, noNaN: true }),
      b: fc.double({ min: 0.1, max: 20, noNaN: true }),
    });
    const client = fc
      .record({
        frequency: fc.integer({ min: 0, max: 20 }),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
        age: fc.integer({ min: 0, max: 400 }),
      })
      .map(({ frequency, share, age }): Facts => {
        const recency = frequency === 0 ? 0 : Math.floor(share * age);
        return { frequency, recency, age, clients: 1 };
      });
    fc.assert(
      fc.property(parameters, client, (given, facts) => {
        expect(createLogLikelihood([facts])(given)).toBeCloseTo(Math.log(integrated(given, facts)), 6);
      }),
      { numRuns: 200 },
    );
  });

  it('is the same in any order, and for clients who are alike taken together', () => {
    const facts = simulateClients(PAPER, { clients: 500, days: 300, seed: 7 })
      .map(factsOf)
      .map((each) => ({ ...each, recency: Math.floor(each.recency), age: Math.ceil(each.age) }));
    const one = createLogLikelihood(facts)(PAPER);
    expect(createLogLikelihood(facts.toReversed())(PAPER)).toBeCloseTo(one, 6);
    const alike = new Map<string, Facts>();
    for (const each of facts) {
      const key = `${each.frequency} ${each.recency} ${each.age}`;
      alike.set(key, { ...each, clients: (alike.get(key)?.clients ?? 0) + 1 });
    }
    expect(alike.size).toBeLessThan(facts.length);
    expect(createLogLikelihood([...alike.values()])(PAPER)).toBeCloseTo(one, 6);
  });

  it('stays finite where powers would overflow', () => {
    const logLikelihood = createLogLikelihood([{ frequency: 2000, recency: 10, age: 3000, clients: 5 }]);
    expect(Number.isFinite(logLikelihood({ r: 0.01, alpha: 0.1, a: 1000, b: 0.001 }))).toBe(true);
  });
});
