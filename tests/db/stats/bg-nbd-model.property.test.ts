import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Parameters } from '../../../shared/bg-nbd/facts.ts';
import { overBeta } from '../../quadrature.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

interface Case extends Parameters {
  frequency: number;
  recency: number;
  age: number;
  horizon: number;
}

interface Forecast {
  alive: number;
  active: number;
  visits: number;
}

async function forecast(cases: Case[]): Promise<Forecast[]> {
  const column = (name: keyof Case) => cases.map((each) => each[name]);
  return clubs.sql<Forecast[]>`
    select
      stats.bg_nbd_probability_alive(r, alpha, a, b, frequency, recency, age) as alive,
      stats.bg_nbd_probability_visit(r, alpha, a, b, frequency, recency, age, horizon) as active,
      stats.bg_nbd_expected_visits(r, alpha, a, b, frequency, recency, age, horizon) as visits
    from unnest(
      ${column('r')}::float8[], ${column('alpha')}::float8[], ${column('a')}::float8[], ${column('b')}::float8[],
      ${column('frequency')}::integer[], ${column('recency')}::float8[], ${column('age')}::float8[],
      ${column('horizon')}::float8[]
    ) with ordinality as given (r, alpha, a, b, frequency, recency, age, horizon, ordinal)
    order by ordinal`;
}

const one = async (given: Case) => (await forecast([given]))[0]!;

/** As a share of orders of magnitude: small numbers are as likely as large ones. */
const magnitude = (least: number, most: number) =>
  fc.double({ min: Math.log(least), max: Math.log(most), noNaN: true }).map(Math.exp);

/** Nobody comes a hundred times a day: neither the parameters nor the client say so. */
const cases = (bounds: Record<keyof Parameters, [number, number]>) =>
  fc
    .record({
      r: magnitude(...bounds.r),
      alpha: magnitude(...bounds.alpha),
      a: magnitude(...bounds.a),
      b: magnitude(...bounds.b),
      age: fc.integer({ min: 0, max: 4000 }),
      gap: magnitude(0.1, 1000),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      horizon: fc.constantFrom(1, 30, 90),
    })
    .map(({ share, gap, ...given }): Case => {
      const frequency = Math.floor((given.age + 1) / gap);
      return { ...given, frequency, recency: frequency === 0 ? 0 : Math.floor(share * given.age) };
    })
    .filter(({ r, alpha }) => r <= 100 * alpha);

/** Whatever the likelihood may end at. */
const anything = cases({ r: [1e-3, 1e3], alpha: [0.1, 1e6], a: [1e-3, 1e3], b: [1e-3, 1e5] });
/** What a club may plausibly have, and 4000 steps of a quadrature can follow. */
const plausible = cases({ r: [0.05, 10], alpha: [1, 100], a: [0.05, 20], b: [0.05, 50] });

/** The expectation before any of its integrals but that over the rate is solved. */
function integrated({ r, alpha, a, b, frequency: x, recency, age, horizon }: Case): Forecast {
  const odds = (a / (b + x - 1)) * ((alpha + age) / (alpha + recency)) ** (r + x);
  const alive = x === 0 ? 1 : 1 / (1 + odds);
  const k = r + x;
  const growth = horizon / (alpha + age);
  const visits = overBeta(a, b + x, (p) =>
    p < 1e-12 ? k * growth : -Math.expm1(-k * Math.log1p(p * growth)) / p,
  );
  return { alive, active: alive * -Math.expm1(-k * Math.log1p(growth)), visits: alive * visits };
}

const CDNOW: Case = {
  ...{ r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 },
  ...{ frequency: 2, recency: 30.43, age: 38.86, horizon: 39 },
};

describe('the model in SQL', () => {
  it('gives what the paper gives for its example: 1.226 visits in 39 weeks', async () => {
    expect((await one(CDNOW)).visits).toBeCloseTo(1.226, 3);
  });

  it('gives by hand: r = 1, alpha = 1, a = 1, b = 1, one return at 1 of 3 days', async () => {
    // Odds of having left: 1/1 · (4/2)² = 4; no gap of 4 days: (4/8)². Visits of who is there: E[(1 − (1 + p)^−2) / p] with
    // p ~ Beta(1, 2) is 2 ∫ (1 − p)(2 + p)/(1 + p)² dp = 2 ∫ (−1 + 1/(1 + p) + 2/(1 + p)²) dp = 2 ln 2.
    const found = await one({ r: 1, alpha: 1, a: 1, b: 1, frequency: 1, recency: 1, age: 3, horizon: 4 });
    expect(found.alive).toBeCloseTo(1 / 5, 12);
    expect(found.active).toBeCloseTo((1 / 5) * (3 / 4), 12);
    expect(found.visits).toBeCloseTo((1 / 5) * 2 * Math.log(2), 10);
  });

  it('expects what the integral says, for any plausible parameters and client', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(plausible, { minLength: 1, maxLength: 20 }), async (given) => {
        const found = await forecast(given);
        given.forEach((each, place) => {
          const expected = integrated(each);
          for (const name of ['alive', 'active', 'visits'] as const) {
            const scale = Math.max(Math.abs(expected[name]), 1e-9);
            const difference = Math.abs(found[place]![name] - expected[name]) / scale;
            expect(difference, `${name} of ${JSON.stringify(each)}`).toBeLessThan(1e-6);
          }
        });
      }),
      { numRuns: 40 },
    );
  });

  it('never divides by zero, never is not a number, never negative, for any positive parameters', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anything, { minLength: 1, maxLength: 20 }), async (given) => {
        const found = await forecast(given);
        given.forEach((each, place) => {
          const { alive, active, visits } = found[place]!;
          const about = JSON.stringify(each);
          for (const value of [alive, active, visits]) expect(Number.isFinite(value), about).toBe(true);
          expect(alive, about).toBeGreaterThanOrEqual(0);
          expect(alive, about).toBeLessThanOrEqual(1);
          expect(active, about).toBeGreaterThanOrEqual(0);
          expect(active, about).toBeLessThanOrEqual(alive);
          // Whoever comes at all comes at least once.
          expect(visits, about).toBeGreaterThanOrEqual(active * (1 - 1e-9));
        });
      }),
      { numRuns: 40 },
    );
  });

  it.each([1, 1 + 1e-12, 1 - 1e-9, 0.5, 0.7])(
    'is smooth where the paper’s formula divides by nought: a = %d',
    async (a) => {
      // a = 1; and a + b + x = 1 for a = 0.7, b = 0.3, x = 0.
      const given: Case = { ...CDNOW, a, b: 0.3, frequency: 0, recency: 0 };
      expect((await one(given)).visits / integrated(given).visits).toBeCloseTo(1, 8);
    },
  );

  it('is sure of somebody who came once, and of nobody who came often and then not for years', async () => {
    expect((await one({ ...CDNOW, frequency: 0, recency: 0, age: 4000 })).alive).toBe(1);
    expect((await one({ ...CDNOW, frequency: 900, recency: 900, age: 4000 })).alive).toBeLessThan(1e-100);
  });

  it('expects all visits there can be of who would come without end: a visit more than E[(1 − p) / p]', async () => {
    const found = await one({
      ...CDNOW,
      r: 1000,
      alpha: 10,
      a: 1000,
      b: 1,
      frequency: 0,
      recency: 0,
      age: 0,
      horizon: 365,
    });
    expect(found.visits).toBeCloseTo(1000 / 999, 9);
  });

  it('expects nothing of no time, and more of more time', async () => {
    const found = await forecast([0, 1, 30, 60, 3000].map((horizon) => ({ ...CDNOW, horizon })));
    expect(found[0]!.visits).toBe(0);
    const visits = found.map((each) => each.visits);
    expect(visits).toEqual(visits.toSorted((less, more) => less - more));
  });

  it('refuses with a sentence what would take too many terms', async () => {
    await expect(one({ ...CDNOW, r: 0.5, alpha: 1e-6, frequency: 0, recency: 0, age: 0 })).rejects.toThrow(
      'give an alpha that is larger',
    );
  });
});
