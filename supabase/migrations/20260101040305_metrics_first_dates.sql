-- First visit and first membership of every client who had come by a day, for reports that ask for nothing else of the rollup.
-- One row per client with a visit up to the day. What was first stays first: the rollup's own day serves any day before it, and a
-- report of a past day costs what today's does.
create function metrics.first_dates(p_club_id bigint, p_as_of date)
returns table (client_id bigint, first_visit_date date, first_membership_date date)
language sql stable set search_path = '' rows 1000 as $$
  select
    client.client_id,
    client.first_visit_date,
    case when client.first_membership_date <= p_as_of then client.first_membership_date end
  from stats.on_day(
    p_club_id,
    greatest(p_as_of, (select day.as_of from stats.club_days as day where day.club_id = p_club_id))
  ) as client
  where client.first_visit_date <= p_as_of
$$;
comment on function metrics.first_dates is
  'One row per not deleted client with a visit up to a day: the dates of the first visit and, if there was one by that day, of the first membership.';
grant execute on function metrics.first_dates to authenticated;
