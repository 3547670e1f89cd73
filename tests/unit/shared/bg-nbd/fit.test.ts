import { describe, expect, it } from 'vitest';
import type { Facts, Parameters } from '../../../../shared/bg-nbd/facts.ts';
import { FitError, fitBgNbd } from '../../../../shared/bg-nbd/fit.ts';
import { createLogLikelihood } from '../../../../shared/bg-nbd/log-likelihood.ts';
import { factsOf, simulateClients } from '../../../simulated-clients.ts';

const NAMES = ['r', 'alpha', 'a', 'b'] as const;

/** Members of a club, some of whom come often and stay; and the customers of the paper, most of whom never come back. */
const CLUB: Parameters = { r: 1.2, alpha: 9, a: 0.6, b: 7 };
const SHOP: Parameters = { r: 0.243, alpha: 31, a: 0.793, b: 2.426 };

/** By columns, of a symmetric matrix. */
function inverse(matrix: number[][]): number[][] {
  const size = matrix.length;
  const rows = matrix.map((row, at) => [...row, ...row.map((_, column) => (column === at ? 1 : 0))]);
  for (let pivot = 0; pivot < size; pivot += 1) {
    const own = rows[pivot]!.map((value) => value / rows[pivot]![pivot]!);
    rows[pivot] = own;
    for (let other = 0; other < size; other += 1) {
      const factor = rows[other]![pivot]!;
      if (other !== pivot) rows[other] = rows[other]!.map((value, column) => value - factor * own[column]!);
    }
  }
  return rows.map((row) => row.slice(size));
}

/** Standard errors of the logarithms of the parameters, from the curvature of the likelihood at its maximum. */
function standardErrors(facts: Facts[], at: Parameters): number[] {
  const logLikelihood = createLogLikelihood(facts);
  const step = 0.01;
  const value = (moves: number[]) => {
    const [r, alpha, a, b] = NAMES.map((name, axis) => at[name] * Math.exp(step * moves[axis]!));
    return logLikelihood({ r: r!, alpha: alpha!, a: a!, b: b! });
  };
  const moved = (one: number, other: number, up: number, across: number) =>
    value(NAMES.map((_, axis) => (axis === one ? up : 0) + (axis === other ? across : 0)));
  const information = NAMES.map((_, one) =>
    NAMES.map(
      (__, other) =>
        -(
          moved(one, other, 1, 1) -
          moved(one, other, 1, -1) -
          moved(one, other, -1, 1) +
          moved(one, other, -1, -1)
        ) /
        (4 * step ** 2),
    ),
  );
  return inverse(information).map((row, axis) => Math.sqrt(row[axis]!));
}

describe('the fit', () => {
  /**
   * An estimate of maximum likelihood is off by a standard error or two, and by more than four once in fifteen thousand times: more
   * is a mistake, not chance. The errors are themselves small, or the test would accept anything.
   */
  it.each([
    ['a club', CLUB, 6000, 720, 1],
    ['the same club with other people', CLUB, 6000, 720, 2],
    ['the paper’s shop', SHOP, 8000, 273, 3],
  ])('recovers the parameters by which clients were simulated: %s', (_, truth, clients, days, seed) => {
    const facts = simulateClients(truth, { clients, days, seed }).map(factsOf);
    const fit = fitBgNbd(facts);
    expect(fit).toMatchObject({ hasConverged: true, clients });
    standardErrors(facts, fit).forEach((error, axis) => {
      const name = NAMES[axis]!;
      expect(error, name).toBeGreaterThan(0);
      expect(error, name).toBeLessThan(0.25);
      expect(Math.abs(Math.log(fit[name] / truth[name])) / error, name).toBeLessThan(4);
    });
  });

  it('is at a maximum: a little more or less of any parameter is less likely', () => {
    const facts = simulateClients(CLUB, { clients: 3000, days: 500, seed: 4 }).map(factsOf);
    const fit = fitBgNbd(facts);
    const logLikelihood = createLogLikelihood(facts);
    for (const name of NAMES)
      for (const factor of [0.98, 1.02])
        expect(logLikelihood({ ...fit, [name]: fit[name] * factor }), name).toBeLessThan(fit.logLikelihood);
    expect(fit.logLikelihood).toBeGreaterThan(logLikelihood(CLUB));
  });

  it('does not depend on the order of the clients, nor on who is counted together', () => {
    const facts = simulateClients(SHOP, { clients: 2000, days: 273, seed: 5 }).map(factsOf);
    const one = fitBgNbd(facts);
    const other = fitBgNbd(facts.toReversed());
    const twice = fitBgNbd(facts.map((each) => ({ ...each, clients: 2 })));
    for (const name of NAMES) {
      expect(other[name] / one[name], name).toBeCloseTo(1, 2);
      expect(twice[name] / one[name], name).toBeCloseTo(1, 2);
    }
    expect(other.logLikelihood).toBeCloseTo(one.logLikelihood, 3);
    expect(twice).toMatchObject({ clients: 4000, repeatClients: 2 * one.repeatClients });
  });

  it('counts clients and those who came back', () => {
    const facts = [
      { frequency: 0, recency: 0, age: 9, clients: 3 },
      { frequency: 2, recency: 5, age: 9, clients: 4 },
    ];
    expect(fitBgNbd(facts)).toMatchObject({ clients: 7, repeatClients: 4 });
  });

  it.each<[string, Facts[]]>([
    ['everybody came once', [{ frequency: 0, recency: 0, age: 50, clients: 300 }]],
    ['everybody came today for the first time', [{ frequency: 0, recency: 0, age: 0, clients: 300 }]],
    ['all are alike', [{ frequency: 5, recency: 40, age: 50, clients: 300 }]],
    ['all came daily', [{ frequency: 400, recency: 400, age: 400, clients: 300 }]],
    ['all came thrice on one day', [{ frequency: 2, recency: 0, age: 0, clients: 300 }]],
    ['there is one client', [{ frequency: 1, recency: 0, age: 400, clients: 1 }]],
  ])('ends with finite parameters and says that they are not determined when %s', (_, facts) => {
    const fit = fitBgNbd(facts);
    for (const name of NAMES) {
      expect(Number.isFinite(fit[name]), name).toBe(true);
      expect(fit[name], name).toBeGreaterThan(0);
    }
    expect(fit.hasConverged).toBe(false);
  });

  it('refuses nobody, and days that cannot be', () => {
    expect(() => fitBgNbd([])).toThrow(FitError);
    expect(() => fitBgNbd([{ frequency: 2, recency: -9, age: 5, clients: 1 }])).toThrow('negative');
  });
});
