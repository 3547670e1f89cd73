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
      select booking.client_id, booking.local_date, booking.service_kind
      from crm.bookings as booking
      where booking.club_id = p_club_id
        and booking.status = 'attended'
        and not booking.is_deleted
        and booking.local_date <= p_as_of
        and booking.client_id is not null
        and (p_client_ids is null or booking.client_id = any (p_client_ids))
        and (p_service_kind is null or booking.service_kind = p_service_kind)
    ),
    -- Most visits are older than any window and are only counted; the dates of the last 180 days are looked at below.
    counted as (
      select
        visit.client_id,
        min(visit.local_date) as first_visit_date,
        max(visit.local_date) as last_visit_date,
        count(*) as visits_total,
        array_agg(visit.local_date order by visit.local_date) filter (where visit.local_date > p_as_of - 180) as recent_dates
      from visit
      group by visit.client_id
    ),
    -- Each computed once, whatever the planner believes: a mirror that has just been filled has no statistics yet.
    history as materialized (
      select
        counted.client_id,
        counted.first_visit_date,
        counted.last_visit_date,
        counted.visits_total,
        recent.*
      from counted
      cross join lateral (
        select
          count(*) filter (where pair.day > p_as_of - 7) as visits_7d,
          count(*) filter (where pair.day > p_as_of - 30) as visits_30d,
          count(*) filter (where pair.day between p_as_of - 59 and p_as_of - 30) as visits_previous_30d,
          -- Between distinct dates: 5 of them have 4 gaps.
          case
            when count(*) filter (where pair.next_day > pair.day) >= 4
            then (
              percentile_cont(0.5) within group (order by pair.next_day - pair.day) filter (where pair.next_day > pair.day)
            )::numeric
          end as cadence_days
        from unnest(counted.recent_dates, counted.recent_dates[2:]) as pair (day, next_day)
        where counted.recent_dates is not null
      ) as recent
    ),
    pt_history as materialized (
      select
        visit.client_id,
        min(visit.local_date) as first_pt_visit_date,
        max(visit.local_date) as last_pt_visit_date,
        count(*) as pt_visits_total,
        count(*) filter (where visit.local_date > p_as_of - 30) as pt_visits_30d,
        count(*) filter (where visit.local_date between p_as_of - 59 and p_as_of - 30) as pt_visits_previous_30d
      from visit
      where visit.service_kind = 'personal'
      group by visit.client_id
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
      coalesce(money.ltv_minor, 0)::bigint,
      coalesce(history.visits_total, 0)::integer,
      coalesce(history.visits_30d, 0)::integer,
      coalesce(history.visits_previous_30d, 0)::integer,
      coalesce(pt_history.pt_visits_total, 0)::integer,
      history.last_visit_date,
      membership.first_membership_date,
      pt_history.last_pt_visit_date,
      history.cadence_days,
      coalesce(history.visits_7d, 0)::integer,
      coalesce(pt_history.pt_visits_30d, 0)::integer,
      coalesce(pt_history.pt_visits_previous_30d, 0)::integer,
      history.first_visit_date,
      pt_history.first_pt_visit_date
    from client
    left join history using (client_id)
    left join pt_history using (client_id)
    left join money using (client_id)
    left join membership using (client_id);
end
$$;
comment on function stats.replay is
  'Client stats as of a day, recomputed from visits, payments and memberships; for all clients of the club, or those named; of a service kind: as if there were no other visits.';
grant execute on function stats.replay to authenticated;
