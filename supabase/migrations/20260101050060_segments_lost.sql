-- Last visit 365 days ago or longer.
create function segments.lost(p_facts segments.facts) returns text
language sql immutable set search_path = '' as $$
  select case
    when p_facts.days_since_last_visit >= p_facts.lost_min_days
    then format('last visit %s days ago, after %s visits in all', p_facts.days_since_last_visit, p_facts.visits_total)
  end
$$;

select segments.define(
  p_code => 'lost',
  p_priority => 4,
  p_name => 'Lost Clients',
  p_rule => '365 or more days since the last visit',
  p_advice => 'Write rarely, and only with something new.'
);
