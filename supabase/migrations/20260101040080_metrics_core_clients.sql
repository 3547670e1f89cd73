-- Clients with at least as many visits in [D−29, D] as the club's setting asks (3 unless changed).
create function metrics.core_clients(p_club_id bigint, p_as_of date) returns metrics.reading
language sql stable set search_path = '' as $$
  select (metrics.count_of(count(*))).*
  from stats.on_day(p_club_id, p_as_of) as client
  join core.settings as setting on setting.club_id = client.club_id
  where client.visits_30d >= setting.core_min_visits
$$;

select metrics.define(
  p_code => 'core_clients',
  p_position => 80,
  p_title => 'Core clients',
  p_tooltip => 'Clients for whom training is a habit: at least 3 visits in the last 30 days, or as many as the club has set.',
  p_formula => 'Clients with 3 or more visits in the last 30 days',
  p_unit => 'clients',
  p_direction => 'up',
  p_smallest_sample => 10,
  p_caveat => 'One booking record is one visit: a class and a personal training on the same day are two.'
);
