-- Last visit 180 days ago up to the day before one is lost (180..364).
select segments.define(
  p_code => 'nearly_lost',
  p_priority => 5,
  p_name => 'Nearly Lost',
  p_rule => '{nearly_lost_min_days} days or more since the last visit, fewer than {lost_min_days}',
  p_advice => 'A personal word from someone they knew works better than an offer.',
  p_holds => $$
    client.days_since_last_visit >= club.nearly_lost_min_days
    and client.days_since_last_visit < club.lost_min_days
  $$,
  p_reason => $$
  format('last visit %s, after %s in all', client.last_visit_ago, client.visits_total_in_words)
  $$,
  p_turns => array[
    'client.last_visit_date + club.nearly_lost_min_days',
    'client.last_visit_date + club.lost_min_days'
  ]
);
