const MILESTONES = [10, 25, 50, 100, 200, 500];

interface Rule {
  numerator: string;
  /** Null: a count or a sum. */
  denominator: string | null;
  /** The rows behind it, where they are not the denominator or the numerator. */
  sample?: string;
}

const clients = (condition: string): Rule => ({
  numerator: `count(*) filter (where ${condition})`,
  denominator: null,
});
const per = (numerator: string, among: string): Rule => ({
  numerator,
  denominator: `count(*) filter (where ${among})`,
});

/** Asked of the table rollup, beside `money`, `bookings` and `vip_threshold_minor`. */
function rulesOf(asOf: string): Record<string, Rule> {
  const ago = (days: number) => `date '${asOf}' - ${days}`;
  const away = `date '${asOf}' - last_visit_date`;
  const newcomer = `first_visit_date between ${ago(59)} and ${ago(30)}
    and (first_membership_date is null or first_membership_date >= first_visit_date)`;
  const passed = (mark: number) => clients(`visits_total >= ${mark} and visits_total - visits_7d < ${mark}`);
  return {
    clients_total: clients('true'),
    new_clients_7d: clients(`first_visit_date >= ${ago(6)}`),
    new_clients_30d: clients(`first_visit_date >= ${ago(29)}`),
    trial_conversion: per(
      `count(*) filter (where ${newcomer} and first_membership_date - first_visit_date <= 30)`,
      newcomer,
    ),
    active_7d: clients('visits_7d >= 1'),
    active_30d: clients('visits_30d >= 1'),
    core_clients: clients('visits_30d >= 3'),
    early_churn: clients(
      `first_visit_date between ${ago(90)} and ${ago(31)} and last_visit_date <= ${ago(30)}`,
    ),
    inactive_60d: clients(`${away} between 60 and 179`),
    inactive_180d: clients(`${away} >= 180`),
    pt_first_30d: clients(`first_pt_visit_date >= ${ago(29)}`),
    pt_repeat_30d: clients('pt_visits_30d >= 1 and pt_visits_total >= 2'),
    pt_churn: clients('pt_visits_previous_30d >= 1 and pt_visits_30d = 0'),
    high_ltv: clients('ltv_minor >= vip_threshold_minor'),
    ...Object.fromEntries(MILESTONES.map((mark) => [`milestone_${mark}`, passed(mark)])),
    retention_30d: per(
      'count(*) filter (where visits_previous_30d >= 1 and visits_30d >= 1)',
      'visits_previous_30d >= 1',
    ),
    visits_per_active: per('sum(visits_30d)', 'visits_30d >= 1'),
    revenue_30d: { numerator: 'any_value(revenue)', denominator: null, sample: 'any_value(payments)' },
    arpu_30d: per('any_value(revenue)', 'visits_30d >= 1'),
    no_show_rate_30d: { numerator: 'any_value(missed)', denominator: 'any_value(held)' },
    ltv_average: per('sum(ltv_minor) filter (where ltv_minor > 0)', 'ltv_minor > 0'),
  };
}

/** One row per metric: code, numerator, denominator (null of a count) and sample. */
export function metricsOf(asOf: string): string {
  const rows = Object.entries(rulesOf(asOf)).map(
    ([code, { numerator, denominator, sample }]) => `{
      'code': '${code}',
      'numerator': coalesce(${numerator}, 0)::double,
      'denominator': (${denominator ?? 'null'})::double,
      'sample': (${sample ?? denominator ?? numerator})::double
    }`,
  );
  return `
    with money as (
      select coalesce(sum(amount_minor), 0) as revenue, count(*) as payments
      from payment
      where is_of_somebody and local_date between date '${asOf}' - 29 and date '${asOf}'
    ),
    bookings as (
      select count(*) as held, count(*) filter (where status = 'no_show') as missed
      from held
      where local_date between date '${asOf}' - 29 and date '${asOf}'
    ),
    -- percentile_disc: the first amount with at least nine tenths of all at or below it.
    threshold as (
      select min(ltv_minor) as vip_threshold_minor
      from (
        select ltv_minor, row_number() over (order by ltv_minor) as place, count(*) over () as paying
        from rollup
        where ltv_minor > 0
      )
      where 10 * place >= 9 * paying
    ),
    counted as (
      select [${rows.join(',')}] as readings
      from rollup cross join money cross join bookings cross join threshold
    )
    select reading.code, reading.numerator, reading.denominator, reading.sample
    from (select unnest(readings) as reading from counted)`;
}
