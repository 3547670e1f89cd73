-- Came exactly once, never bought a membership, 7..179 days ago.
select segments.define(
  p_code => 'trial_dropoff',
  p_priority => 3,
  p_name => 'Trial Drop-offs',
  p_rule => 'Exactly 1 visit in all, never a membership, {trial_dropoff_min_days} to {trial_dropoff_max_days} days since that visit',
  p_advice => 'Ask what they missed, and offer a second visit at a fixed time.',
  p_holds => $$
    client.visits_total = 1
    and not client.has_membership
    and client.days_since_last_visit between club.trial_dropoff_min_days and club.trial_dropoff_max_days
  $$,
  p_reason => $$ format('one visit, %s, and no membership since', client.last_visit_ago) $$,
  p_turns => array[
    'case when client.visits_total = 1 and not client.has_membership then client.last_visit_date + club.trial_dropoff_min_days end',
    'case when client.visits_total = 1 and not client.has_membership then client.last_visit_date + club.trial_dropoff_max_days + 1 end'
  ]
);
