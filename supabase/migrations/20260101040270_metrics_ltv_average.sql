-- Mean LTV of the clients who have paid more than they were given back.
create function metrics.ltv_average(p_club_id bigint, p_as_of date) returns metrics.reading
language sql stable set search_path = '' as $$
  select (metrics.ratio_of(
    sum(client.ltv_minor),
    count(*)
  )).*
  from stats.on_day(p_club_id, p_as_of) as client
  where client.ltv_minor > 0
$$;

select metrics.define(
  p_code => 'ltv_average',
  p_position => 270,
  p_title => 'Average LTV',
  p_tooltip => 'What a paying client has paid in all until today, on average.',
  p_formula => 'Sum of LTV / clients with LTV above zero',
  p_unit => 'money',
  p_direction => 'up',
  p_smallest_sample => 10,
  p_caveat => 'Knows only the payments the booking platform knows.'
);
