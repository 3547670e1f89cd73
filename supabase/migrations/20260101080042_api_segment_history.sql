-- The history of the segments for the dashboard: the rows of segments.<name> with when they were computed and until when the mirror
-- is complete. Without a day they are as of the one the segments stand at.
create view api.segment_histories with (security_invoker = true) as
  -- One row per club.
  select
    history.club_id,
    history.begins_date,
    day.as_of as until_date,
    history.known_date,
    history.begins_date <= coalesce(segments.first_day(history.club_id, day.as_of), history.begins_date) as is_complete
  from segments.histories as history
  join segments.club_days as day on day.club_id = history.club_id;
comment on view api.segment_histories is
  'One row per club: the first and the last day of which its segments are known, since when they were noticed as they came (null: since the first), and whether no earlier day waits to be replayed.';

create function api.segment_sizes_over_time(p_club_id bigint, p_from date default null, p_until date default null)
returns table (
  as_of date,
  segment text,
  clients bigint,
  computed_at timestamptz,
  data_until timestamptz
)
language sql stable set search_path = '' rows 1000 as $$
  select size.*, now(), (select crm.last_good_sync(p_club_id))
  from segments.known_days(p_club_id) as known
  cross join lateral segments.sizes(
    p_club_id,
    coalesce(p_from, coalesce(p_until, known.until_date) - 89),
    coalesce(p_until, greatest(p_from, known.until_date))
  ) as size
$$;
comment on function api.segment_sizes_over_time is
  'segments.sizes with its freshness, of the last 90 days by default. The Data API gives 1,000 rows at a time: 125 days.';

create function api.segment_flow(p_club_id bigint, p_from date default null, p_until date default null)
returns table (
  from_segment text,
  to_segment text,
  clients bigint,
  computed_at timestamptz,
  data_until timestamptz
)
language sql stable set search_path = '' rows 80 as $$
  select flow.*, now(), (select crm.last_good_sync(p_club_id))
  from segments.known_days(p_club_id) as known
  cross join lateral segments.flow(
    p_club_id,
    coalesce(p_from, least(greatest(known.begins_date, coalesce(p_until, known.until_date) - 30), p_until)),
    coalesce(p_until, greatest(p_from, known.until_date))
  ) as flow
$$;
comment on function api.segment_flow is
  'segments.flow with its freshness, over the last 30 days by default, or as many as are known.';

create function api.segment_transitions(p_club_id bigint, p_as_of date default null, p_weeks integer default 12)
returns table (
  week_start date,
  from_segment text,
  to_segment text,
  clients bigint,
  is_complete boolean,
  computed_at timestamptz,
  data_until timestamptz
)
language sql stable set search_path = '' rows 500 as $$
  select transition.*, now(), (select crm.last_good_sync(p_club_id))
  from segments.known_days(p_club_id) as known
  cross join lateral segments.transitions(p_club_id, coalesce(p_as_of, known.until_date), p_weeks) as transition
$$;
comment on function api.segment_transitions is 'segments.transitions with its freshness, of the last 12 weeks by default.';

create function api.segment_stay_lengths(p_club_id bigint, p_as_of date default null)
returns table (
  segment text,
  finished bigint,
  running bigint,
  median_days double precision,
  median_days_with_running integer,
  computed_at timestamptz,
  data_until timestamptz
)
language sql stable set search_path = '' rows 8 as $$
  select length.*, now(), (select crm.last_good_sync(p_club_id))
  from segments.known_days(p_club_id) as known
  cross join lateral segments.stay_lengths(p_club_id, coalesce(p_as_of, known.until_date)) as length
$$;
comment on function api.segment_stay_lengths is 'segments.stay_lengths with its freshness.';

grant select on api.segment_histories to authenticated;
revoke all on function
  api.segment_sizes_over_time, api.segment_flow, api.segment_transitions, api.segment_stay_lengths
from public, anon;
grant execute on function
  api.segment_sizes_over_time, api.segment_flow, api.segment_transitions, api.segment_stay_lengths
to authenticated;
