-- Last visit 60 days ago up to the day before one is nearly lost (60..179).
create function segments.going_silent(p_facts segments.facts) returns text
language sql immutable set search_path = '' as $$
  select case
    when p_facts.days_since_last_visit >= p_facts.going_silent_min_days
      and p_facts.days_since_last_visit < p_facts.nearly_lost_min_days
    then concat_ws(
      ', ',
      format('last visit %s days ago', p_facts.days_since_last_visit),
      coalesce(
        'usual gap ' || trim_scale(round(p_facts.cadence_days, 1)),
        format('%s visits in all', p_facts.visits_total)
      )
    )
  end
$$;

select segments.define(
  p_code => 'going_silent',
  p_priority => 6,
  p_name => 'Going Silent',
  p_rule => '60 to 179 days since the last visit',
  p_advice => 'A mild nudge now costs less than winning them back later.'
);
