-- At least three visits in the last 30 days.
create function segments.regular(p_facts segments.facts) returns text
language sql immutable set search_path = '' as $$
  select case
    when p_facts.visits_30d >= p_facts.regular_min_visits
    then format('%s visits in the last 30 days', p_facts.visits_30d)
  end
$$;

select segments.define(
  p_code => 'regular',
  p_priority => 8,
  p_name => 'Regular Members',
  p_rule => '3 or more visits in the last 30 days',
  p_advice => 'Leave them in peace, and celebrate their milestones.'
);
