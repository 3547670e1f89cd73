-- Clients whose first visit of kind personal is in [D−29, D].
create function metrics.pt_first_30d(p_club_id bigint, p_as_of date) returns metrics.reading
language sql stable set search_path = '' as $$
  select (metrics.count_of(count(*))).*
  from stats.on_day(p_club_id, p_as_of) as client
  where client.first_pt_visit_date > p_as_of - 30
$$;

select metrics.define(
  p_code => 'pt_first_30d',
  p_position => 120,
  p_title => 'First personal training, 30 days',
  p_tooltip => 'Clients who had their first personal training in the last 30 days.',
  p_formula => 'Clients whose first personal training is in the last 30 days',
  p_unit => 'clients',
  p_direction => 'up',
  p_smallest_sample => 5,
  p_caveat => 'A visit is a personal training by the kind of its service; kinds are guessed from names until an operator decides.'
);
