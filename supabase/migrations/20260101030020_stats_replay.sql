-- The plain recomputation from visits, payments and memberships: the oracle of the rollup, and the answer for any past day.
-- Planned anew for each call: for a few clients it walks their index, for all of them the club's.
create function stats.replay(
  p_club_id bigint, p_as_of date, p_client_ids bigint[] default null, p_service_kind text default null
)
returns setof stats.client_stats
language plpgsql stable set search_path = '' set plan_cache_mode = 'force_custom_plan' rows 1000 as $$
begin
  return query
    with client as (
      select known.client_id
      from crm.clients as known
      where known.club_id = p_club_id
        and known.deleted_at is null
        and (p_client_ids is null or known.client_id = any (p_client_ids))
    ),
    visit as (
      select booking.client_id, booking.local_date, booking.service_kind = 'personal' as is_pt
      from crm.bookings as booking
      where booking.club_id = p_club_id
        and booking.status = 'attended'
        and not booking.is_deleted
        and booking.local_date <= p_as_of
        and booking.client_id is not null
        and (p_client_ids is null or booking.client_id = any (p_client_ids))
        and (p_service_kind is null or booking.service_kind = p_service_kind)
    ),
    -- Each computed once, whatever the planner believes: a mirror that has just been filled has no statistics yet.
    visits as materialized (
      select
        visit.client_id,
        min(visit.local_date) as first_visit_date,
        max(visit.local_date) as last_visit_date,
        count(*) as visits_total,
        count(*) filter (where visit.local_date > p_as_of - 7) as visits_7d,
        count(*) filter (where visit.local_date > p_as_of - 30) as visits_30d,
        count(*) filter (where visit.local_date between p_as_of - 59 and p_as_of - 30) as visits_previous_30d,
        min(visit.local_date) filter (where visit.is_pt) as first_pt_visit_date,
        max(visit.local_date) filter (where visit.is_pt) as last_pt_visit_date,
        count(*) filter (where visit.is_pt) as pt_visits_total,
        count(*) filter (where visit.is_pt and visit.local_date > p_as_of - 30) as pt_visits_30d,
        count(*) filter (
          where visit.is_pt and visit.local_date between p_as_of - 59 and p_as_of - 30
        ) as pt_visits_previous_30d
      from visit
      group by visit.client_id
    ),
    visit_day as (
      select distinct visit.client_id, visit.local_date
      from visit
      where visit.local_date > p_as_of - 180
    ),
    gap as (
      select
        visit_day.client_id,
        visit_day.local_date - lag(visit_day.local_date) over (
          partition by visit_day.client_id order by visit_day.local_date
        ) as days
      from visit_day
    ),
    cadence as materialized (
      -- n dates have n − 1 gaps: 5 distinct dates are 4 gaps.
      select
        gap.client_id,
        (percentile_cont(0.5) within group (order by gap.days))::numeric as cadence_days
      from gap
      where gap.days is not null
      group by gap.client_id
      having count(*) >= 4
    ),
    money as materialized (
      select payment.client_id, sum(payment.amount_minor) as ltv_minor
      from crm.payments as payment
      where payment.club_id = p_club_id
        and not payment.is_deleted
        and payment.local_date <= p_as_of
        and payment.client_id is not null
        and (p_client_ids is null or payment.client_id = any (p_client_ids))
      group by payment.client_id
    ),
    membership as materialized (
      select purchase.client_id, min(purchase.purchased_date) as first_membership_date
      from crm.membership_purchases as purchase
      where purchase.club_id = p_club_id
        and purchase.purchased_date <= p_as_of
        and (p_client_ids is null or purchase.client_id = any (p_client_ids))
      group by purchase.client_id
    )
    select
      p_club_id,
      client.client_id,
      visits.first_visit_date,
      visits.last_visit_date,
      coalesce(visits.visits_total, 0)::integer,
      coalesce(visits.visits_7d, 0)::integer,
      coalesce(visits.visits_30d, 0)::integer,
      coalesce(visits.visits_previous_30d, 0)::integer,
      visits.first_pt_visit_date,
      visits.last_pt_visit_date,
      coalesce(visits.pt_visits_total, 0)::integer,
      coalesce(visits.pt_visits_30d, 0)::integer,
      coalesce(visits.pt_visits_previous_30d, 0)::integer,
      cadence.cadence_days,
      coalesce(money.ltv_minor, 0)::bigint,
      membership.first_membership_date
    from client
    left join visits using (client_id)
    left join cadence using (client_id)
    left join money using (client_id)
    left join membership using (client_id);
end
$$;
comment on function stats.replay is
  'Client stats as of a day, recomputed from visits, payments and memberships; for all clients of the club, or those named; of a service kind: as if there were no other visits.';
grant execute on function stats.replay to authenticated;
