-- Came exactly once, never bought a membership, 7..179 days ago.
create function segments.trial_dropoff(p_facts segments.facts) returns text
language sql immutable set search_path = '' as $$
  select case
    when p_facts.visits_total = 1
      and not p_facts.has_membership
      and p_facts.days_since_last_visit between p_facts.trial_dropoff_min_days and p_facts.trial_dropoff_max_days
    then format('one visit, %s days ago, and no membership since', p_facts.days_since_last_visit)
  end
$$;

select segments.define(
  p_code => 'trial_dropoff',
  p_priority => 3,
  p_name => 'Trial Drop-offs',
  p_rule => 'Exactly 1 visit in all, never a membership, 7 to 179 days since that visit',
  p_advice => 'Ask what they missed, and offer a second visit at a fixed time.'
);
