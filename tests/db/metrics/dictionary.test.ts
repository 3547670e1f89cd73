import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { busyClub } from './busy-club.ts';
import { CODES, METRICS } from './values.ts';

const clubs = useClubs();

const SHAPES = new Map<string, 'count' | 'ratio'>(CODES);
const COUNTS_NOTHING = { value: 0, numerator: 0, denominator: null, sample: 0 };
const DIVIDES_NOTHING = { value: null, numerator: 0, denominator: 0, sample: 0 };

describe('the dictionary of metrics', () => {
  it('holds the 26 codes of the definitions in their order', async () => {
    const rows = await clubs.sql`select code from metrics.definitions order by position`;
    const codes = rows.map(({ code }) => code as string);
    expect(codes, 'one of each file').toEqual(METRICS);
    expect(codes.filter((code) => SHAPES.has(code))).toEqual([...SHAPES.keys()]);
  });

  it('gives every metric a title, a tooltip, a formula, and the same words as the comment of its function', async () => {
    const rows = await clubs.sql`
      select definition.*, obj_description(to_regprocedure('metrics.' || code || '(bigint, date)')) as comment
      from metrics.definitions as definition`;
    expect(rows).toHaveLength(METRICS.length);
    for (const row of rows) {
      expect(row.comment, row.code).toBe(
        [`${row.title}: ${row.tooltip}`, row.caveat].filter(Boolean).join(' '),
      );
      expect(row.tooltip, row.code).toMatch(/^[A-Z].{20,}\.$/);
      expect(row.formula.length, row.code).toBeGreaterThan(15);
      expect(row.caveat ?? 'None.', row.code).toMatch(/\.$/);
    }
  });

  it('holds of every metric the very function that is run, with its rule in it', async () => {
    const rows = await clubs.sql`
      select definition.*, pg_get_functiondef(to_regprocedure('metrics.' || code || '(bigint, date)')) as run
      from metrics.definitions as definition`;
    for (const row of rows) {
      expect(row.sql, row.code).toBe(row.run);
      for (const part of [row.counts, row.sums, row.among, ...(row.quotient_of ?? [])].filter(Boolean))
        expect(row.sql, row.code).toContain(part);
    }
  });

  it('calls a share what lies between 0 and 1, and money what is in minor units', async () => {
    const rows = await clubs.sql`select code, unit from metrics.definitions where unit <> 'clients'`;
    expect(Object.fromEntries(rows.map(({ code, unit }) => [code as string, unit as string]))).toMatchObject({
      trial_conversion: 'share',
      retention_30d: 'share',
      visits_per_active: 'visits',
      revenue_30d: 'money',
      arpu_30d: 'money',
      no_show_rate_30d: 'share',
      ltv_average: 'money',
    });
  });
});

describe.each(METRICS)('metric %s', (code) => {
  it('takes a club and a day by name and returns value, numerator, denominator and sample_size', async () => {
    const rows = await clubs.sql`
      select proargnames as names, oidvectortypes(proargtypes) as types, prorettype::regtype::text as returns,
        provolatile as volatility, prosecdef as is_definer
      from pg_proc where pronamespace = 'metrics'::regnamespace and proname = ${code}`;
    expect(rows).toEqual([
      {
        names: ['p_club_id', 'p_as_of'],
        types: 'bigint, date',
        returns: 'metrics.reading',
        volatility: 's',
        is_definer: false,
      },
    ]);
  });

  it('reads an empty club as 0 when it counts and as null when it divides', async () => {
    const club = await clubs.open();
    const shapes = {
      count: [COUNTS_NOTHING],
      ratio: [DIVIDES_NOTHING],
      new: [COUNTS_NOTHING, DIVIDES_NOTHING],
    };
    expect(shapes[SHAPES.get(code) ?? 'new']).toContainEqual(await club.metric(code));
  });
});

describe('every metric', () => {
  it('is a numerator by a denominator, or a plain count, and sees something in a busy club', async () => {
    const club = await busyClub(clubs);
    for (const code of METRICS) {
      const reading = await club.metric(code);
      expect(reading.value, `${code}: give it something to see in busy-club.ts`).toBeGreaterThan(0);
      if (SHAPES.get(code) === 'ratio' || reading.denominator !== null) {
        expect(reading.value, code).toBeCloseTo(reading.numerator! / reading.denominator!, 12);
        expect(reading.sample, code).toBe(reading.denominator);
      } else {
        expect(reading, code).toMatchObject({ numerator: reading.value, denominator: null });
        expect(reading.sample, code).toBeGreaterThan(0);
      }
    }
  });
});
