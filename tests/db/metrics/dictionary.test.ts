import { describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

/** The table of the definitions, in its order. */
const CODES = [
  ['clients_total', 'count'],
  ['new_clients_7d', 'count'],
  ['new_clients_30d', 'count'],
  ['trial_conversion', 'ratio'],
  ['active_7d', 'count'],
  ['active_30d', 'count'],
  ['core_clients', 'count'],
  ['early_churn', 'count'],
  ['inactive_60d', 'count'],
  ['inactive_180d', 'count'],
  ['pt_first_30d', 'count'],
  ['pt_repeat_30d', 'count'],
  ['pt_churn', 'count'],
  ['high_ltv', 'count'],
  ['milestone_10', 'count'],
  ['milestone_25', 'count'],
  ['milestone_50', 'count'],
  ['milestone_100', 'count'],
  ['milestone_200', 'count'],
  ['milestone_500', 'count'],
  ['retention_30d', 'ratio'],
  ['visits_per_active', 'ratio'],
  ['revenue_30d', 'count'],
  ['arpu_30d', 'ratio'],
  ['no_show_rate_30d', 'ratio'],
  ['ltv_average', 'ratio'],
] as const;

const clubs = useClubs();

/** Something for every metric to see. */
async function busyClub(): Promise<Club> {
  const club = await clubs.open();
  for (const [name, days] of Object.entries({
    eva: [1, 2, 3, 40],
    ivan: [2, 50],
    jan: [5, 45],
    petr: [70],
    olga: [200],
  })) {
    await club.came(name, days);
    await club.visits(name, [club.ago(days.at(-1)!)], { kinds: ['personal'] });
    await club.payment(name, club.ago(10), 100_000);
  }
  await club.came('new', [1]);
  await club.came('zoe', [3], { kinds: ['personal'] });
  for (const milestone of [10, 25, 50, 100, 200, 500]) {
    const name = await club.client(`milestone-${milestone}`);
    await club.apply(
      'bookings',
      Array.from({ length: milestone }, (_, index) => ({
        external_id: `${name}-${index}`,
        client_external_id: name,
        services: [{ external_id: 'personal', title: 'Personal training' }],
        status: 'attended',
        is_deleted: false,
        starts_local: `${club.ago(index === 0 ? 1 : 30)}T18:00`,
      })),
    );
  }
  await club.booking('eva', club.ago(4), { status: 'no_show' });
  await club.came('bought', [35]);
  await club.sale('bought', club.ago(33));
  return club;
}

describe('the dictionary of metrics', () => {
  it('holds the 26 codes of the definitions in their order', async () => {
    const rows = await clubs.sql`select code from metrics.definitions order by position`;
    expect(rows.map(({ code }) => code as string)).toEqual(CODES.map(([code]) => code));
  });

  it('gives every metric a title, a tooltip, a formula, and the same words as the comment of its function', async () => {
    const rows = await clubs.sql`
      select definition.*, obj_description(to_regprocedure('metrics.' || code || '(bigint, date)')) as comment
      from metrics.definitions as definition`;
    expect(rows).toHaveLength(26);
    for (const row of rows) {
      expect(row.comment, row.code).toContain(`${row.title}: ${row.tooltip}`);
      expect(row.tooltip, row.code).toMatch(/^[A-Z].{20,}\.$/);
      expect(row.formula.length, row.code).toBeGreaterThan(15);
    }
  });

  it('refuses a metric without a rule whose function is missing', async () => {
    const define = clubs.sql`select metrics.define('no_such_metric', 999, 't', 't', 't', 'clients', 'up', 1)`;
    await expect(define).rejects.toThrow(
      'neither a rule nor a function metrics.no_such_metric(p_club_id bigint, p_as_of date)',
    );
  });
});

describe.each(CODES)('metric %s', (code, shape) => {
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
    expect(await club.metric(code)).toEqual(
      shape === 'count'
        ? { value: 0, numerator: 0, denominator: null, sample: 0 }
        : { value: null, numerator: 0, denominator: 0, sample: 0 },
    );
  });
});

describe('every metric', () => {
  it('is a numerator by a denominator, or a plain count, and sees something in a busy club', async () => {
    const club = await busyClub();
    for (const [code, shape] of CODES) {
      const reading = await club.metric(code);
      expect(reading.value, code).toBeGreaterThan(0);
      if (shape === 'ratio') {
        expect(reading.value, code).toBeCloseTo(reading.numerator! / reading.denominator!, 12);
        expect(reading.sample, code).toBe(reading.denominator);
      } else {
        expect(reading, code).toMatchObject({ numerator: reading.value, denominator: null });
        expect(reading.sample, code).toBeGreaterThan(0);
      }
    }
  });

  it('does not change with the rows of another club', async () => {
    const club = await clubs.open();
    await club.came('alone', [2]);
    const before = await clubs.sql`select * from metrics.read_all(${club.id}, ${club.today})`;
    await busyClub();
    expect(await clubs.sql`select * from metrics.read_all(${club.id}, ${club.today})`).toEqual(before);
  });

  it('answers the same from the rollup as from the replay', async () => {
    const club = await busyClub();
    const replayed = await clubs.sql`select * from metrics.read_all(${club.id}, ${club.today})`;
    await club.refresh();
    expect(await clubs.sql`select * from metrics.read_all(${club.id}, ${club.today})`).toEqual(replayed);
  });
});
