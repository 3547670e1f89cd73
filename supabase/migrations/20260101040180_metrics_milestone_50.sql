-- Clients whose visit count passed 50 within [D−6, D]: at least 50 at D, fewer at D−7.
create function metrics.milestone_50(p_club_id bigint, p_as_of date) returns metrics.reading
language sql stable set search_path = '' as $$
  select (metrics.count_of(count(*))).*
  from stats.on_day(p_club_id, p_as_of) as client
  where client.visits_total >= 50
    and client.visits_total - client.visits_7d < 50
$$;

select metrics.define(
  p_code => 'milestone_50',
  p_position => 180,
  p_title => '50 visits reached, 7 days',
  p_tooltip => 'Clients whose visit number 50 was in the last 7 days.',
  p_formula => 'Clients with 50 or more visits today and fewer than 50 seven days ago',
  p_unit => 'clients',
  p_direction => 'neutral',
  p_smallest_sample => 1
);
