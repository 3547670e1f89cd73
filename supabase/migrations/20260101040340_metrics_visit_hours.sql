-- When members come: visits of the last days by weekday and hour of the club's wall clock, for a heat map.
-- One row per weekday and hour, all 168 always there. The hour that daylight saving repeats is one, and the one it skips is empty.
create function metrics.visit_hours(p_club_id bigint, p_as_of date, p_days integer default 90)
returns table (
  weekday integer,
  hour integer,
  visits bigint,
  clients bigint
)
language sql stable set search_path = '' rows 168 as $$
  with habit as (
    -- One row per client, weekday and hour.
    select
      visit.client_id,
      extract(isodow from visit.local_date)::integer as weekday,
      extract(hour from visit.starts_at at time zone club.timezone)::integer as hour,
      count(*) as visits
    from core.clubs as club
    join crm.visits as visit using (club_id)
    where club.club_id = p_club_id
      and visit.local_date between p_as_of - p_days + 1 and p_as_of
    group by 1, 2, 3
  ),
  counted as (
    select habit.weekday, habit.hour, sum(habit.visits)::bigint as visits, count(*) as clients
    from habit
    group by habit.weekday, habit.hour
  )
  select
    weekday.number,
    hour.number,
    coalesce(counted.visits, 0),
    coalesce(counted.clients, 0)
  from core.clubs as club
  cross join generate_series(1, 7) as weekday (number)
  cross join generate_series(0, 23) as hour (number)
  left join counted
    on counted.weekday = weekday.number
    and counted.hour = hour.number
  where club.club_id = p_club_id
  order by weekday.number, hour.number
$$;
comment on function metrics.visit_hours is
  'One row per ISO weekday (1 Monday to 7 Sunday) and local hour (0 to 23), 168 with those nobody came in: visits of the last p_days by the hour they start in, and the clients who made them.';
grant execute on function metrics.visit_hours to authenticated;
