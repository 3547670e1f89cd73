-- Clients whose last visit was 60..179 days ago.
create function metrics.inactive_60d(p_club_id bigint, p_as_of date) returns metrics.reading
language sql stable set search_path = '' as $$
  select (metrics.count_of(count(*))).*
  from stats.on_day(p_club_id, p_as_of) as client
  where client.last_visit_date between p_as_of - 179 and p_as_of - 60
$$;

select metrics.define(
  p_code => 'inactive_60d',
  p_position => 100,
  p_title => 'Inactive 60+ days',
  p_tooltip => 'Clients whose last visit was two to six months ago.',
  p_formula => 'Clients with 60 to 179 days since their last visit',
  p_unit => 'clients',
  p_direction => 'down',
  p_smallest_sample => 5
);
