-- Clients with a visit of kind personal in [D−59, D−30] and none in [D−29, D].
create function metrics.pt_churn(p_club_id bigint, p_as_of date) returns metrics.reading
language sql stable set search_path = '' as $$
  select (metrics.count_of(count(*))).*
  from stats.on_day(p_club_id, p_as_of) as client
  where client.pt_visits_previous_30d > 0
    and client.pt_visits_30d = 0
$$;

select metrics.define(
  p_code => 'pt_churn',
  p_position => 140,
  p_title => 'Personal training churn',
  p_tooltip => 'Clients who had a personal training in the 30 days before, and none in the last 30.',
  p_formula => 'Clients with a personal training 30 to 59 days ago and none in the last 30 days',
  p_unit => 'clients',
  p_direction => 'down',
  p_smallest_sample => 5
);
