-- Last visit 180 days ago up to the day before one is lost (180..364).
create function segments.nearly_lost(p_facts segments.facts) returns text
language sql immutable set search_path = '' as $$
  select case
    when p_facts.days_since_last_visit >= p_facts.nearly_lost_min_days
      and p_facts.days_since_last_visit < p_facts.lost_min_days
    then format('last visit %s days ago, after %s visits in all', p_facts.days_since_last_visit, p_facts.visits_total)
  end
$$;

select segments.define(
  p_code => 'nearly_lost',
  p_priority => 5,
  p_name => 'Nearly Lost',
  p_rule => '180 to 364 days since the last visit',
  p_advice => 'A personal word from someone they knew works better than an offer.'
);
