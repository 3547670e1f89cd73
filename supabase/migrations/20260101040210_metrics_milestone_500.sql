-- Clients whose visit count passed 500 within [D−6, D]: at least 500 at D, fewer at D−7.
create function metrics.milestone_500(p_club_id bigint, p_as_of date) returns metrics.reading
language sql stable set search_path = '' as $$
  select (metrics.count_of(count(*))).*
  from stats.on_day(p_club_id, p_as_of) as client
  where client.visits_total >= 500
    and client.visits_total - client.visits_7d < 500
$$;

select metrics.define(
  p_code => 'milestone_500',
  p_position => 210,
  p_title => '500 visits reached, 7 days',
  p_tooltip => 'Clients whose visit number 500 was in the last 7 days.',
  p_formula => 'Clients with 500 or more visits today and fewer than 500 seven days ago',
  p_unit => 'clients',
  p_direction => 'neutral',
  p_smallest_sample => 1
);
