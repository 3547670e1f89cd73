// The definitions once more, in another database and by another hand: what Postgres says is compared with this.

/** One row per not deleted client, as stats.client_stats has it. */
export function rollupOf(asOf: string): string {
  return `
    with visit as (
      select held.client_id, held.local_date, held.service_kind = 'personal' as is_pt
      from held
      join client using (client_id)
      where held.status = 'attended' and held.local_date <= date '${asOf}'
    ),
    visits as (
      select
        client_id,
        min(local_date) as first_visit_date,
        max(local_date) as last_visit_date,
        count(*) as visits_total,
        count(*) filter (where local_date > date '${asOf}' - 7) as visits_7d,
        count(*) filter (where local_date > date '${asOf}' - 30) as visits_30d,
        count(*) filter (where local_date between date '${asOf}' - 59 and date '${asOf}' - 30) as visits_previous_30d,
        min(local_date) filter (where is_pt) as first_pt_visit_date,
        max(local_date) filter (where is_pt) as last_pt_visit_date,
        count(*) filter (where is_pt) as pt_visits_total,
        count(*) filter (where is_pt and local_date > date '${asOf}' - 30) as pt_visits_30d,
        count(*) filter (
          where is_pt and local_date between date '${asOf}' - 59 and date '${asOf}' - 30
        ) as pt_visits_previous_30d
      from visit
      group by client_id
    ),
    dates as (
      select client_id, list_sort(list(distinct local_date)) as days
      from visit
      where local_date >= date '${asOf}' - 179
      group by client_id
      having count(distinct local_date) >= 5
    ),
    cadence as (
      select
        client_id,
        list_aggregate(list_transform(range(1, len(days)), lambda place: days[place + 1] - days[place]), 'median') as cadence_days
      from dates
    ),
    money as (
      select client_id, sum(amount_minor) as ltv_minor
      from payment
      where client_id is not null and local_date <= date '${asOf}'
      group by client_id
    ),
    membership as (
      select client_id, min(sold_date) as first_membership_date from sale where sold_date <= date '${asOf}' group by client_id
    )
    select
      client.client_id,
      first_visit_date,
      last_visit_date,
      coalesce(visits_total, 0) as visits_total,
      coalesce(visits_7d, 0) as visits_7d,
      coalesce(visits_30d, 0) as visits_30d,
      coalesce(visits_previous_30d, 0) as visits_previous_30d,
      first_pt_visit_date,
      last_pt_visit_date,
      coalesce(pt_visits_total, 0) as pt_visits_total,
      coalesce(pt_visits_30d, 0) as pt_visits_30d,
      coalesce(pt_visits_previous_30d, 0) as pt_visits_previous_30d,
      cadence_days,
      coalesce(ltv_minor, 0) as ltv_minor,
      first_membership_date
    from client
    left join visits using (client_id)
    left join cadence using (client_id)
    left join money using (client_id)
    left join membership using (client_id)`;
}

/** In the order of the rollup's table. */
export const ROLLUP_COLUMNS = `
  client_id bigint, first_visit_date date, last_visit_date date, visits_total bigint, visits_7d bigint, visits_30d bigint,
  visits_previous_30d bigint, first_pt_visit_date date, last_pt_visit_date date, pt_visits_total bigint, pt_visits_30d bigint,
  pt_visits_previous_30d bigint, cadence_days double, ltv_minor bigint, first_membership_date date`;
