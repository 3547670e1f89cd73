-- Clients whose last visit was 180 days ago or longer.
create function metrics.inactive_180d(p_club_id bigint, p_as_of date) returns metrics.reading
language sql stable set search_path = '' as $$
  select (metrics.count_of(count(*))).*
  from stats.on_day(p_club_id, p_as_of) as client
  where client.last_visit_date <= p_as_of - 180
$$;

select metrics.define(
  p_code => 'inactive_180d',
  p_position => 110,
  p_title => 'Inactive 180+ days',
  p_tooltip => 'Clients whose last visit was half a year ago or longer.',
  p_formula => 'Clients with 180 or more days since their last visit',
  p_unit => 'clients',
  p_direction => 'down',
  p_smallest_sample => 5,
  p_caveat => 'Clients who never came are not in it.'
);
