-- Away for 21..59 days, or half as often as in the 30 days before, or three times the usual gap (at least 10 days).
create function segments.at_risk(p_facts segments.facts) returns text
language sql immutable set search_path = '' as $$
  select case
    when p_facts.days_since_last_visit >= p_facts.at_risk_min_days
      and p_facts.days_since_last_visit < p_facts.going_silent_min_days
    then concat_ws(
      ', ',
      format('last visit %s days ago', p_facts.days_since_last_visit),
      'usual gap ' || trim_scale(round(p_facts.cadence_days, 1))
    )
    when p_facts.visits_previous_30d >= 3
      and p_facts.visits_30d * 2 <= p_facts.visits_previous_30d
    then format(
      '%s visits in the last 30 days after %s in the 30 before', p_facts.visits_30d, p_facts.visits_previous_30d
    )
    when p_facts.days_since_last_visit >= greatest(10, 3 * p_facts.cadence_days)
      and p_facts.cadence_days is not null
    then format(
      'last visit %s days ago, usual gap %s', p_facts.days_since_last_visit, trim_scale(round(p_facts.cadence_days, 1))
    )
  end
$$;

select segments.define(
  p_code => 'at_risk',
  p_priority => 7,
  p_name => 'At Risk',
  p_rule => '21 to 59 days since the last visit; or half the visits of the 30 days before, which had at least 3; or away for '
    || 'three times the usual gap, at least 10 days',
  p_advice => 'Ask whether the times still suit, before the habit is gone.'
);
