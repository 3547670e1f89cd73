-- Of clients with a visit in [D−59, D−30]: the share with one in [D−29, D].
create function metrics.retention_30d(p_club_id bigint, p_as_of date) returns metrics.reading
language sql stable set search_path = '' as $$
  select (metrics.ratio_of(
    count(*) filter (where client.visits_30d > 0),
    count(*)
  )).*
  from stats.on_day(p_club_id, p_as_of) as client
  where client.visits_previous_30d > 0
$$;

select metrics.define(
  p_code => 'retention_30d',
  p_position => 220,
  p_title => 'Retention, 30 days',
  p_tooltip => 'Of the clients who came in the 30 days before: how many came again in the last 30.',
  p_formula => 'Clients with a visit in both the previous and the last 30 days / clients with a visit in the previous 30 days',
  p_unit => 'share',
  p_direction => 'up',
  p_smallest_sample => 30
);
