-- Last visit 365 days ago or longer.
select segments.define(
  p_code => 'lost',
  p_priority => 4,
  p_name => 'Lost Clients',
  p_rule => '{lost_min_days} days or more since the last visit',
  p_advice => 'Write rarely, and only with something new.',
  p_holds => $$
    client.days_since_last_visit >= club.lost_min_days
  $$,
  p_reason => $$
  format('last visit %s, after %s in all', client.last_visit_ago, client.visits_total_in_words)
  $$,
  p_turns => array[
    'client.last_visit_date + club.lost_min_days'
  ]
);
