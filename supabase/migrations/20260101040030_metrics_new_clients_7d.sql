-- Clients whose first visit is in [D−6, D].
create function metrics.new_clients_7d(p_club_id bigint, p_as_of date) returns metrics.reading
language sql stable set search_path = '' as $$
  select (metrics.count_of(count(*))).*
  from stats.on_day(p_club_id, p_as_of) as client
  where client.first_visit_date > p_as_of - 7
$$;

select metrics.define(
  p_code => 'new_clients_7d',
  p_position => 30,
  p_title => 'New clients, 7 days',
  p_tooltip => 'Clients who came for the first time in the last 7 days.',
  p_formula => 'Clients whose first visit is in the last 7 days',
  p_unit => 'clients',
  p_direction => 'up',
  p_smallest_sample => 5
);
