-- Last visit 60 days ago up to the day before one is nearly lost (60..179).
select segments.define(
  p_code => 'going_silent',
  p_priority => 6,
  p_name => 'Going Silent',
  p_rule => '{going_silent_min_days} days or more since the last visit, fewer than {nearly_lost_min_days}',
  p_advice => 'A mild nudge now costs less than winning them back later.',
  p_holds => $$
    client.days_since_last_visit >= club.going_silent_min_days
    and client.days_since_last_visit < club.nearly_lost_min_days
  $$,
  p_reason => $$
  concat_ws(
    ', ',
    'last visit ' || client.last_visit_ago,
    coalesce(
      'usual gap ' || trim_scale(round(client.cadence_days, 1)),
      client.visits_total_in_words || ' in all'
    )
  )
  $$,
  p_turns => array[
    'client.last_visit_date + club.going_silent_min_days',
    'client.last_visit_date + club.nearly_lost_min_days'
  ]
);
