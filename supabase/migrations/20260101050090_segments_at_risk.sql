-- Away for 21..59 days, or half as often as in the 30 days before, or three times the usual gap (at least 10 days).
select segments.define(
  p_code => 'at_risk',
  p_priority => 7,
  p_name => 'At Risk',
  p_rule => '{at_risk_min_days} days or more since the last visit, fewer than {going_silent_min_days}; or half the visits of the 30 days '
    || 'before, which had at least 3; or away for three times the usual gap, at least 10 days',
  p_advice => 'Ask whether the times still suit, before the habit is gone.',
  p_holds => $$
    (
      client.days_since_last_visit >= club.at_risk_min_days
      and client.days_since_last_visit < club.going_silent_min_days
    )
    or (client.visits_previous_30d >= 3 and client.visits_30d * 2 <= client.visits_previous_30d)
    or (client.days_since_last_visit >= 10 and client.days_since_last_visit >= 3 * client.cadence_days)
  $$,
  p_reason => $$
  case
    when client.days_since_last_visit >= club.at_risk_min_days
    then concat_ws(
      ', ',
      'last visit ' || client.last_visit_ago,
      'usual gap ' || trim_scale(round(client.cadence_days, 1))
    )
    when client.visits_previous_30d >= 3
      and client.visits_30d * 2 <= client.visits_previous_30d
    then format(
      '%s in the last 30 days after %s in the 30 before', client.visits_30d_in_words, client.visits_previous_30d
    )
    else format(
      'last visit %s, usual gap %s', client.last_visit_ago, trim_scale(round(client.cadence_days, 1))
    )
  end
  $$,
  p_turns => array[
    'client.last_visit_date + club.at_risk_min_days',
    'client.last_visit_date + club.going_silent_min_days',
    'case when client.cadence_days is not null then client.last_visit_date + ceil(greatest(10, 3 * client.cadence_days))::integer end'
  ]
);
