-- The onboarding curve: how often newcomers came in their first 7, 14 and 30 days, against who stayed a year.
-- One row per day and bucket of visits, all 15 always there. Of clients whose first visit F is 365 to 729 days ago: one year's
-- worth, whose outcome is known. Day N is F + N, and the first visit counts.
create function metrics.onboarding_curve(p_club_id bigint, p_as_of date)
returns table (
  day integer,
  visits_from integer,
  visits_until integer,
  clients bigint,
  stayed bigint,
  share numeric
)
language sql stable set search_path = '' rows 15 as $$
  with starter as materialized (
    select client.client_id, client.first_visit_date
    from metrics.first_dates(p_club_id, p_as_of) as client
    where client.first_visit_date between p_as_of - 729 and p_as_of - 365
  ),
  outcome as (
    select
      starter.client_id,
      beginning.visits_by_day,
      exists (
        select
        from crm.bookings as visit
        where visit.club_id = p_club_id
          and visit.client_id = starter.client_id
          and visit.status = 'attended'
          and not visit.is_deleted
          and visit.local_date between starter.first_visit_date + 335 and starter.first_visit_date + 365
      ) as has_stayed
    from starter
    cross join lateral (
      select
        array[
          count(*) filter (where visit.local_date <= starter.first_visit_date + 7),
          count(*) filter (where visit.local_date <= starter.first_visit_date + 14),
          count(*)
        ] as visits_by_day
      from crm.bookings as visit
      where visit.club_id = p_club_id
        and visit.client_id = starter.client_id
        and visit.status = 'attended'
        and not visit.is_deleted
        and visit.local_date between starter.first_visit_date and starter.first_visit_date + 30
    ) as beginning
  ),
  observation as (
    select observed.day, observed.visits, outcome.has_stayed
    from outcome
    cross join lateral unnest(array[7, 14, 30], outcome.visits_by_day) as observed (day, visits)
  ),
  bucket as (
    -- In 30 days: hardly, now and then, about weekly, up to twice a week, more.
    select *
    from (values (1, 1), (2, 2), (3, 4), (5, 8), (9, null)) as buckets (visits_from, visits_until)
  )
  select
    milestone.day,
    bucket.visits_from,
    bucket.visits_until,
    count(observation.visits),
    count(*) filter (where observation.has_stayed),
    count(*) filter (where observation.has_stayed)::numeric / nullif(count(observation.visits), 0)
  from unnest(array[7, 14, 30]) as milestone (day)
  cross join bucket
  left join observation
    on observation.day = milestone.day
    and observation.visits >= bucket.visits_from
    and (observation.visits <= bucket.visits_until or bucket.visits_until is null)
  group by milestone.day, bucket.visits_from, bucket.visits_until
  order by milestone.day, bucket.visits_from
$$;
comment on function metrics.onboarding_curve is
  'One row per day (7, 14, 30) and bucket of visits (1, 2, 3–4, 5–8, 9 or more: visits_until null), of clients whose first visit F is in [D−729, D−365]: clients with so many visits in [F, F+day], those who stayed a year (a visit in [F+335, F+365]), and their share (0..1; null for no clients).';
grant execute on function metrics.onboarding_curve to authenticated;
