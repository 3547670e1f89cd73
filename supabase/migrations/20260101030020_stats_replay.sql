-- The plain recomputation from visits, payments and memberships: the oracle of the rollup, and the answer for any past day.
-- Planned anew for each call: for a few clients it walks their index, for all of them the club's. Never the table itself: its rows are
-- wide, and the indexes hold everything that is asked.
create function stats.replay(
  p_club_id bigint, p_as_of date, p_client_ids bigint[] default null, p_service_kind text default null
)
returns setof stats.client_stats
language plpgsql stable rows 1000
set search_path = '' set plan_cache_mode = 'force_custom_plan' set enable_seqscan = 'off' set work_mem = '64MB' as $$
begin
  return query
    with client as (
      select known.client_id
      from crm.clients as known
      where known.club_id = p_club_id
        and known.deleted_at is null
        and (p_client_ids is null or known.client_id = any (p_client_ids))
    ),
    visit as not materialized (
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
    history as materialized (
      select
        visit.client_id,
        min(visit.local_date) as first_visit_date,
        max(visit.local_date) as last_visit_date,
        count(*) as visits_total,
        min(visit.local_date) filter (where visit.is_pt) as first_pt_visit_date,
        max(visit.local_date) filter (where visit.is_pt) as last_pt_visit_date,
        count(*) filter (where visit.is_pt) as pt_visits_total
      from visit
      group by visit.client_id
    ),
    -- The windows look back 180 days at most: most visits are older and are only counted, above.
    visit_day as (
      select
        visit.client_id,
        visit.local_date,
        -- Sums of integers stay integers; those of bigints are numerics, at several times the price.
        count(*)::integer as visits,
        (count(*) filter (where visit.is_pt))::integer as pt_visits
      from visit
      where visit.local_date > p_as_of - 180
      group by visit.client_id, visit.local_date
    ),
    gap as (
      select
        visit_day.*,
        visit_day.local_date - lag(visit_day.local_date) over (
          partition by visit_day.client_id order by visit_day.local_date
        ) as days
      from visit_day
    ),
    recent as materialized (
      select
        gap.client_id,
        sum(gap.visits) filter (where gap.local_date > p_as_of - 7) as visits_7d,
        sum(gap.visits) filter (where gap.local_date > p_as_of - 30) as visits_30d,
        sum(gap.visits) filter (where gap.local_date between p_as_of - 59 and p_as_of - 30) as visits_previous_30d,
        sum(gap.pt_visits) filter (where gap.local_date > p_as_of - 30) as pt_visits_30d,
        sum(gap.pt_visits) filter (where gap.local_date between p_as_of - 59 and p_as_of - 30) as pt_visits_previous_30d,
        -- n dates have n − 1 gaps: 5 distinct dates are 4 gaps.
        case
          when count(gap.days) >= 4 then (percentile_cont(0.5) within group (order by gap.days))::numeric
        end as cadence_days
      from gap
      group by gap.client_id
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
      history.first_visit_date,
      history.last_visit_date,
      coalesce(history.visits_total, 0)::integer,
      coalesce(recent.visits_7d, 0)::integer,
      coalesce(recent.visits_30d, 0)::integer,
      coalesce(recent.visits_previous_30d, 0)::integer,
      history.first_pt_visit_date,
      history.last_pt_visit_date,
      coalesce(history.pt_visits_total, 0)::integer,
      coalesce(recent.pt_visits_30d, 0)::integer,
      coalesce(recent.pt_visits_previous_30d, 0)::integer,
      recent.cadence_days,
      coalesce(money.ltv_minor, 0)::bigint,
      membership.first_membership_date
    from client
    left join history using (client_id)
    left join recent using (client_id)
    left join money using (client_id)
    left join membership using (client_id);
end
$$;
comment on function stats.replay is
  'Client stats as of a day, recomputed from visits, payments and memberships; for all clients of the club, or those named; of a service kind: as if there were no other visits.';
grant execute on function stats.replay to authenticated;
