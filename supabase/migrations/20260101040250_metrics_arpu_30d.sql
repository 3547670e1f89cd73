-- Payments of [D−29, D] per client who came in them.
create function metrics.arpu_30d(p_club_id bigint, p_as_of date) returns metrics.reading
language sql stable set search_path = '' as $$
  select (metrics.ratio_of(revenue.value, active.value)).*
  from metrics.revenue_30d(p_club_id, p_as_of) as revenue
  cross join metrics.active_30d(p_club_id, p_as_of) as active
$$;

select metrics.define(
  p_code => 'arpu_30d',
  p_position => 250,
  p_title => 'Revenue per active client, 30 days',
  p_tooltip => 'Money received in the last 30 days for each client who came in them.',
  p_formula => 'Revenue of the last 30 days / clients active in the last 30 days',
  p_unit => 'money',
  p_direction => 'up',
  p_smallest_sample => 10,
  p_caveat => 'Money of clients who paid and did not come is in it, too.'
);
