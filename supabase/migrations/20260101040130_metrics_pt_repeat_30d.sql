-- Clients with a visit of kind personal in [D−29, D] and at least two of them in all.
create function metrics.pt_repeat_30d(p_club_id bigint, p_as_of date) returns metrics.reading
language sql stable set search_path = '' as $$
  select (metrics.count_of(count(*))).*
  from stats.on_day(p_club_id, p_as_of) as client
  where client.pt_visits_30d > 0
    and client.pt_visits_total >= 2
$$;

select metrics.define(
  p_code => 'pt_repeat_30d',
  p_position => 130,
  p_title => 'Repeat personal training, 30 days',
  p_tooltip => 'Clients who had a personal training in the last 30 days, and not for the first time.',
  p_formula => 'Clients with a personal training in the last 30 days and 2 or more in all',
  p_unit => 'clients',
  p_direction => 'up',
  p_smallest_sample => 5,
  p_caveat => 'Two personal trainings on one day are two.'
);
