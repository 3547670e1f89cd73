-- Visits of [D−29, D] per client who came in them.
create function metrics.visits_per_active(p_club_id bigint, p_as_of date) returns metrics.reading
language sql stable set search_path = '' as $$
  select (metrics.ratio_of(
    sum(client.visits_30d),
    count(*) filter (where client.visits_30d > 0)
  )).*
  from stats.on_day(p_club_id, p_as_of) as client
$$;

select metrics.define(
  p_code => 'visits_per_active',
  p_position => 230,
  p_title => 'Visits per active client',
  p_tooltip => 'How often those who came in the last 30 days came, on average.',
  p_formula => 'Visits in the last 30 days / clients active in the last 30 days',
  p_unit => 'visits',
  p_direction => 'up',
  p_smallest_sample => 10
);
