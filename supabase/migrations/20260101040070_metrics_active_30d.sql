-- Clients with a visit in [D−29, D].
create function metrics.active_30d(p_club_id bigint, p_as_of date) returns metrics.reading
language sql stable set search_path = '' as $$
  select (metrics.count_of(count(*))).*
  from stats.on_day(p_club_id, p_as_of) as client
  where client.visits_30d > 0
$$;

select metrics.define(
  p_code => 'active_30d',
  p_position => 70,
  p_title => 'Active, 30 days',
  p_tooltip => 'Clients who came at least once in the last 30 days.',
  p_formula => 'Clients with a visit in the last 30 days',
  p_unit => 'clients',
  p_direction => 'up',
  p_smallest_sample => 10
);
