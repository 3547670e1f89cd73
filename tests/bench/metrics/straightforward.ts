/** The per-client rollup as somebody would write it who thinks of what it says and not of what it costs. */
export function straightforwardRollup(clubId: number, asOf: string): string {
  return `
    select
      client.client_id,
      visits.first_visit_date,
      visits.last_visit_date,
      coalesce(visits.visits_total, 0) as visits_total,
      coalesce(visits.visits_7d, 0) as visits_7d,
      coalesce(visits.visits_30d, 0) as visits_30d,
      coalesce(visits.visits_previous_30d, 0) as visits_previous_30d,
      visits.first_pt_visit_date,
      visits.last_pt_visit_date,
      coalesce(visits.pt_visits_total, 0) as pt_visits_total,
      coalesce(visits.pt_visits_30d, 0) as pt_visits_30d,
      coalesce(visits.pt_visits_previous_30d, 0) as pt_visits_previous_30d,
      cadence.cadence_days,
      coalesce(money.ltv_minor, 0) as ltv_minor,
      membership.first_membership_date
    from crm.clients as client
    left join (
      select
        visit.client_id,
        min(visit.local_date) as first_visit_date,
        max(visit.local_date) as last_visit_date,
        count(*) as visits_total,
        count(*) filter (where visit.local_date > date '${asOf}' - interval '7 days') as visits_7d,
        count(*) filter (where visit.local_date > date '${asOf}' - interval '30 days') as visits_30d,
        count(*) filter (
          where visit.local_date > date '${asOf}' - interval '60 days'
            and visit.local_date <= date '${asOf}' - interval '30 days'
        ) as visits_previous_30d,
        min(visit.local_date) filter (where visit.service_kind = 'personal') as first_pt_visit_date,
        max(visit.local_date) filter (where visit.service_kind = 'personal') as last_pt_visit_date,
        count(*) filter (where visit.service_kind = 'personal') as pt_visits_total,
        count(*) filter (
          where visit.service_kind = 'personal' and visit.local_date > date '${asOf}' - interval '30 days'
        ) as pt_visits_30d,
        count(*) filter (
          where visit.service_kind = 'personal'
            and visit.local_date > date '${asOf}' - interval '60 days'
            and visit.local_date <= date '${asOf}' - interval '30 days'
        ) as pt_visits_previous_30d
      from crm.visits as visit
      where visit.club_id = ${clubId}
        and visit.local_date <= date '${asOf}'
      group by visit.client_id
    ) as visits on visits.client_id = client.client_id
    left join (
      select gap.client_id, percentile_cont(0.5) within group (order by gap.days) as cadence_days
      from (
        select
          day.client_id,
          day.local_date - lag(day.local_date) over (partition by day.client_id order by day.local_date) as days
        from (
          select distinct visit.client_id, visit.local_date
          from crm.visits as visit
          where visit.club_id = ${clubId}
            and visit.local_date > date '${asOf}' - interval '180 days'
            and visit.local_date <= date '${asOf}'
        ) as day
      ) as gap
      where gap.days is not null
      group by gap.client_id
      having count(*) >= 4
    ) as cadence on cadence.client_id = client.client_id
    left join (
      select payment.client_id, sum(payment.amount_minor) as ltv_minor
      from crm.payments as payment
      where payment.club_id = ${clubId} and not payment.is_deleted and payment.local_date <= date '${asOf}'
      group by payment.client_id
    ) as money on money.client_id = client.client_id
    left join (
      select purchase.client_id, min(purchase.purchased_date) as first_membership_date
      from crm.membership_purchases as purchase
      where purchase.club_id = ${clubId} and purchase.purchased_date <= date '${asOf}'
      group by purchase.client_id
    ) as membership on membership.client_id = client.client_id
    where client.club_id = ${clubId} and client.deleted_at is null`;
}
