import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

type Counts = [successes1: number, total1: number, successes2: number, total2: number];

interface Interval {
  difference: number;
  low: number;
  high: number;
}

async function intervals(cases: Counts[]): Promise<Interval[]> {
  const column = (index: number) => cases.map((each) => each[index]!);
  return clubs.sql<Interval[]>`
    select interval.*
    from unnest(
      ${column(0)}::bigint[], ${column(1)}::bigint[], ${column(2)}::bigint[], ${column(3)}::bigint[]
    ) with ordinality as given (s1, t1, s2, t2, ordinal)
    cross join lateral stats.newcombe_interval(s1, t1, s2, t2) as interval
    order by ordinal`;
}

const rounded = ({ difference, low, high }: Interval) =>
  [difference, low, high].map((value) => Math.round(value * 10_000) / 10_000);

/** Newcombe, Interval estimation for the difference between independent proportions, Stat. Med. 17 (1998), table II, method 10. */
it.each<{ counts: Counts; expected: number[] }>([
  { counts: [56, 70, 48, 80], expected: [0.2, 0.0524, 0.3339] },
  { counts: [9, 10, 3, 10], expected: [0.6, 0.1705, 0.809] },
  { counts: [6, 7, 2, 7], expected: [0.5714, 0.0582, 0.8062] },
  { counts: [5, 56, 0, 29], expected: [0.0893, -0.0381, 0.1926] },
  { counts: [0, 10, 0, 20], expected: [0, -0.1611, 0.2775] },
  { counts: [0, 10, 0, 10], expected: [0, -0.2775, 0.2775] },
  { counts: [10, 10, 0, 20], expected: [1, 0.6791, 1] },
  { counts: [10, 10, 0, 10], expected: [1, 0.6075, 1] },
])('of $counts is the published $expected', async ({ counts, expected }) => {
  const [interval] = await intervals([counts]);
  expect(rounded(interval!)).toEqual(expected);
});

const group = fc
  .integer({ min: 1, max: 5_000 })
  .chain((total) => fc.tuple(fc.integer({ min: 0, max: total }), fc.constant(total)));
const counts = fc.tuple(group, group).map(([first, second]): Counts => [...first, ...second]);

it('holds the difference, stays within -1 and 1, and turns over with the groups', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(counts, { minLength: 50, maxLength: 200 }), async (cases) => {
      const found = await intervals(cases);
      const turned = await intervals(cases.map(([s1, t1, s2, t2]): Counts => [s2, t2, s1, t1]));
      found.forEach(({ difference, low, high }, index) => {
        const [s1, t1, s2, t2] = cases[index]!;
        expect(difference).toBeCloseTo(s1 / t1 - s2 / t2, 12);
        expect(low).toBeLessThanOrEqual(difference);
        expect(high).toBeGreaterThanOrEqual(difference);
        expect(low).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(high).toBeLessThanOrEqual(1 + 1e-12);
        expect(turned[index]!.low).toBeCloseTo(-high, 12);
        expect(turned[index]!.high).toBeCloseTo(-low, 12);
      });
    }),
    { numRuns: 20 },
  );
});

describe('without anybody in a group', () => {
  it.each<[Counts]>([[[0, 0, 3, 10]], [[3, 10, 0, 0]], [[0, 0, 0, 0]]])(
    '%j has no interval',
    async (none) => {
      expect(await intervals([none])).toEqual([{ difference: null, low: null, high: null }]);
    },
  );
});

it.each<[Counts, string]>([
  [[11, 10, 0, 10], '11 of 10 is no share'],
  [[-1, 10, 0, 10], '-1 of 10 is no share'],
  [[1, 10, 1, 0], '1 of 0 is no share'],
])('refuses %j', async (wrong, refusal) => {
  await expect(intervals([wrong])).rejects.toThrow(refusal);
});
