-- LTV at or over the VIP threshold, and still coming: days since last visit < 60.
create function segments.vip(p_facts segments.facts) returns text
language sql immutable set search_path = '' as $$
  select case
    when p_facts.ltv_minor >= p_facts.vip_threshold_minor
      and p_facts.days_since_last_visit < 60
    then format(
      'paid %s in all, VIP from %s; last visit %s days ago',
      round(p_facts.ltv_minor / 100.0), round(p_facts.vip_threshold_minor / 100.0), p_facts.days_since_last_visit
    )
  end
$$;

select segments.define(
  p_code => 'vip',
  p_priority => 1,
  p_name => 'VIP Members',
  p_rule => 'LTV at or over the VIP threshold, last visit less than 60 days ago',
  p_advice => 'Thank them in person; never send them a discount they did not need.'
);
