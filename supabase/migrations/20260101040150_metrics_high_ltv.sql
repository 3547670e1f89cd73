-- Clients whose LTV is at or over the VIP threshold; none when there is no threshold.
create function metrics.high_ltv(p_club_id bigint, p_as_of date) returns metrics.reading
language sql stable set search_path = '' as $$
  select (metrics.count_of(count(*))).*
  from stats.on_day(p_club_id, p_as_of) as client
  where client.ltv_minor >= (select stats.vip_threshold(p_club_id, p_as_of))
$$;

select metrics.define(
  p_code => 'high_ltv',
  p_position => 150,
  p_title => 'High-value clients',
  p_tooltip => 'Clients who have paid at least the VIP threshold: a fixed amount if the club set one, else the top tenth.',
  p_formula => 'Clients with LTV at or over the VIP threshold',
  p_unit => 'clients',
  p_direction => 'up',
  p_smallest_sample => 5,
  p_caveat => 'Whether they still come does not matter here; the VIP segment also asks for a visit in the last 60 days.'
);
