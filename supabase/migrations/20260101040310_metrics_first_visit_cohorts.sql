-- First-visit cohorts: of the clients who came for the first time in a month, how many came in each month since.
-- One row per cohort month and month number: a triangle, month 0 being the cohort's own. Months without newcomers are in it from
-- the first cohort on. A client who comes back after a pause counts again: it is no survival curve.
create function metrics.first_visit_cohorts(p_club_id bigint, p_as_of date, p_months integer default 24)
returns table (
  cohort_month date,
  month_number integer,
  clients bigint,
  active bigint,
  retention numeric,
  is_complete boolean
)
language sql stable set search_path = '' rows 300 as $$
  with month as materialized (
    -- The last one is the month of the day.
    select
      ordinal,
      (date_trunc('month', p_as_of::timestamp) - make_interval(months => p_months - ordinal))::date as first_date
    from generate_series(1, p_months) as ordinal
  ),
  newcomer as materialized (
    select
      client.client_id,
      client.first_visit_date,
      date_trunc('month', client.first_visit_date::timestamp)::date as cohort_month
    from metrics.first_dates(p_club_id, p_as_of) as client
    where client.first_visit_date >= (select min(month.first_date) from month)
  ),
  cohort as (
    select newcomer.cohort_month, count(*) as clients
    from newcomer
    group by newcomer.cohort_month
  ),
  active_client as (
    select
      newcomer.cohort_month,
      newcomer.client_id,
      date_trunc('month', visit.local_date::timestamp)::date as active_month
    from newcomer
    join crm.bookings as visit
      on visit.club_id = p_club_id
      and visit.client_id = newcomer.client_id
      and visit.local_date between newcomer.first_visit_date and p_as_of
    where visit.status = 'attended'
      and not visit.is_deleted
    group by 1, 2, 3
  ),
  activity as (
    select active_client.cohort_month, active_client.active_month, count(*) as clients
    from active_client
    group by active_client.cohort_month, active_client.active_month
  )
  select
    started.first_date,
    month.ordinal - started.ordinal,
    coalesce(cohort.clients, 0),
    coalesce(activity.clients, 0),
    coalesce(activity.clients, 0)::numeric / nullif(cohort.clients, 0),
    (month.first_date + interval '1 month')::date <= p_as_of
  from month as started
  join month on month.ordinal >= started.ordinal
  left join cohort on cohort.cohort_month = started.first_date
  left join activity
    on activity.cohort_month = started.first_date
    and activity.active_month = month.first_date
  where started.first_date >= (select min(cohort.cohort_month) from cohort)
  order by started.first_date, month.ordinal
$$;
comment on function metrics.first_visit_cohorts is
  'One row per month of first visits (the last p_months, local calendar) and month number since, 0 being that month itself: the cohort''s clients, those with a visit in that calendar month, their share (0..1; null for a month without newcomers), and whether that month is over: only then does its share stand.';
grant execute on function metrics.first_visit_cohorts to authenticated;
