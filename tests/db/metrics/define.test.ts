import type { Sql, TransactionSql } from 'postgres';
import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

/** The words that every metric brings; what follows makes it one. */
const WORDS = `p_code => 'weekend', p_position => 999, p_title => 'Weekend clients', p_tooltip => 'Clients of the weekend.',
  p_formula => 'Clients with a visit on a weekend', p_unit => 'clients', p_direction => 'up', p_smallest_sample => 5`;
const define = (sql: Sql | TransactionSql, rule: string) =>
  sql.unsafe(`select metrics.define(${[WORDS, rule].filter(Boolean).join(', ')})`);

/** Works on a dictionary that is put back afterwards. */
async function tried<T>(work: (transaction: TransactionSql) => Promise<T>): Promise<T> {
  let outcome: T | undefined;
  const rollback = new Error('rolled back on purpose');
  await clubs.sql
    .begin(async (transaction) => {
      outcome = await work(transaction);
      throw rollback;
    })
    .catch((error: unknown) => {
      if (error !== rollback) throw error;
    });
  return outcome!;
}

describe('metrics.define refuses', () => {
  it.each([
    [
      'neither a rule nor a function',
      '',
      'neither a rule nor a function metrics.weekend(p_club_id bigint, p_as_of date)',
    ],
    [
      'a quotient with a rule',
      `p_counts => 'true', p_quotient_of => '{revenue_30d,active_30d}'`,
      'Metric weekend is a quotient and has a rule: give it one of them.',
    ],
    [
      'a quotient of three',
      `p_quotient_of => '{revenue_30d,active_30d,active_7d}'`,
      'Metric weekend must divide two metrics: name them in p_quotient_of.',
    ],
    [
      'a quotient of what is not defined',
      `p_quotient_of => '{revenue_30d,nothing}'`,
      'can only divide metrics that are defined before it',
    ],
    [
      'a quotient of a quotient',
      `p_quotient_of => '{arpu_30d,active_30d}'`,
      'and are no quotients themselves',
    ],
    [
      'a quotient by service kind',
      `p_quotient_of => '{revenue_30d,active_30d}', p_has_service_kinds => true`,
      'is a quotient and cannot be read by service kind',
    ],
    ['clients of whom nothing is asked', `p_among => 'true'`, 'say what it counts or sums of them'],
    ['a sum among nobody', `p_sums => 'client.ltv_minor'`, 'sums among nobody: say of which clients'],
    [
      'a count and a sum',
      `p_counts => 'true', p_sums => 'client.ltv_minor', p_among => 'true'`,
      'Metric weekend both counts and sums: give it one of them.',
    ],
    ['a rule that is no condition', `p_counts => 'client.no_such_column > 0'`, 'no_such_column'],
    [
      'a language that nobody reads here',
      `p_counts => 'true', p_translations => '{"de": {"title": "t", "tooltip": "t"}}'`,
      'translations_language_check',
    ],
    ['half a translation', `p_counts => 'true', p_translations => '{"cs": {"title": "t"}}'`, 'tooltip'],
  ])('%s', async (_, rule, sentence) => {
    await expect(tried((sql) => define(sql, rule))).rejects.toThrow(sentence);
  });

  it('service kinds of a metric whose own function knows none', async () => {
    const defined = tried(async (sql) => {
      await sql.unsafe(`
        create function metrics.weekend(p_club_id bigint, p_as_of date) returns metrics.reading
        language sql stable as 'select (metrics.count_of(7)).*'`);
      await define(sql, 'p_has_service_kinds => true');
    });
    await expect(defined).rejects.toThrow(
      'no function metrics.weekend_of_kind(p_club_id bigint, p_as_of date, p_service_kind text): create it first',
    );
  });
});

describe('metrics.define', () => {
  it('makes of a rule a metric that is read, named and counted like the others', async () => {
    const club = await clubs.open();
    await club.came('eva', [1, 2]);
    await club.came('ivan', [50]);
    await tried(async (sql) => {
      await define(sql, `p_counts => 'client.visits_total >= 2', p_has_service_kinds => true`);
      const [reading] = await sql`select * from metrics.weekend(${club.id}, ${club.today})`;
      expect(reading).toMatchObject({ value: '1', numerator: '1', denominator: null, sample_size: '1' });
      const [row] = await sql`
        select * from metrics.read_all(${club.id}, ${club.today}) where code = 'weekend'`;
      expect(row).toEqual({ code: 'weekend', ...reading });
      const behind = await sql`
        select external_id, is_counted from metrics.clients_behind(${club.id}, 'weekend', ${club.today})`;
      expect([...behind]).toEqual([{ external_id: 'eva', is_counted: true }]);
      const kinds = await sql`
        select service_kind from metrics.read_by_service_kind(${club.id}, ${club.today}) where code = 'weekend' and value = 1`;
      expect([...kinds]).toEqual([{ service_kind: 'group' }]);
    });
  });

  it('takes a rule that ends with a comment', async () => {
    const club = await clubs.open();
    await club.came('eva', [1, 2]);
    await tried(async (sql) => {
      await define(sql, `p_counts => 'client.visits_30d > 0 -- as ever', p_among => 'true -- everybody'`);
      const [row] = await sql`
        select value from metrics.read_all(${club.id}, ${club.today}) where code = 'weekend'`;
      expect(Number(row!.value)).toBe(1);
      expect(
        await sql`select * from metrics.clients_behind(${club.id}, 'weekend', ${club.today})`,
      ).toHaveLength(1);
      const [own] = await sql`select value from metrics.weekend(${club.id}, ${club.today})`;
      expect(Number(own!.value)).toBe(1);
    });
  });

  it('takes a function of the metric’s own', async () => {
    const club = await clubs.open();
    await tried(async (sql) => {
      await sql.unsafe(`
        create function metrics.weekend(p_club_id bigint, p_as_of date) returns metrics.reading
        language sql stable as 'select (metrics.count_of(7)).*'`);
      await define(sql, '');
      const [row] =
        await sql`select value from metrics.read_all(${club.id}, ${club.today}) where code = 'weekend'`;
      expect(row).toEqual({ value: '7' });
    });
  });

  it('replaces everything when the metric is defined again, words that are gone included', async () => {
    const club = await clubs.open();
    await club.came('eva', [1, 2]);
    await tried(async (sql) => {
      await define(
        sql,
        `p_counts => 'true', p_caveat => 'Old.', p_translations => '{"cs": {"title": "Víkend", "tooltip": "Staré."},
        "bg": {"title": "Уикенд", "tooltip": "Старо."}}'`,
      );
      await sql.unsafe(`select metrics.define('weekend', 998, 'Weekend visits', 'Visits of those who came.', 'Visits / clients',
        'visits', 'neutral', 9, p_sums => 'client.visits_30d', p_among => 'client.visits_30d > 0', p_period_days => 7,
        p_translations => '{"cs": {"title": "Víkendy", "tooltip": "Nové."}}')`);

      const [definition] = await sql`select * from metrics.definitions where code = 'weekend'`;
      expect(definition).toMatchObject({
        position: 998,
        title: 'Weekend visits',
        unit: 'visits',
        direction: 'neutral',
        smallest_sample: 9,
        caveat: null,
        period_days: 7,
        counts: null,
        sums: 'client.visits_30d',
      });
      const words = await sql`
        select language, title, tooltip from metrics.translations where code = 'weekend' order by language`;
      expect([...words]).toEqual([
        { language: 'cs', title: 'Víkendy', tooltip: 'Nové.' },
        { language: 'en', title: 'Weekend visits', tooltip: 'Visits of those who came.' },
      ]);
      const [reading] = await sql`
        select value, obj_description('metrics.weekend(bigint, date)'::regprocedure) as comment
        from metrics.weekend(${club.id}, ${club.today})`;
      expect(reading).toMatchObject({ comment: 'Weekend visits: Visits of those who came.' });
      expect(Number(reading!.value)).toBe(2);
      expect(definition!.sql).toContain('client.visits_30d');
    });
  });
});
