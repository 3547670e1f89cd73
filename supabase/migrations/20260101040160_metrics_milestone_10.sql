-- Clients whose visit count passed 10 within [D−6, D]: at least 10 at D, fewer at D−7.
create function metrics.milestone_10(p_club_id bigint, p_as_of date) returns metrics.reading
language sql stable set search_path = '' as $$
  select (metrics.count_of(count(*))).*
  from stats.on_day(p_club_id, p_as_of) as client
  where client.visits_total >= 10
    and client.visits_total - client.visits_7d < 10
$$;

select metrics.define(
  p_code => 'milestone_10',
  p_position => 160,
  p_title => '10 visits reached, 7 days',
  p_tooltip => 'Clients whose visit number 10 was in the last 7 days.',
  p_formula => 'Clients with 10 or more visits today and fewer than 10 seven days ago',
  p_unit => 'clients',
  p_direction => 'neutral',
  p_smallest_sample => 1
);
