-- Had at least two personal trainings, stopped them 31..120 days ago, still comes (last visit < 60 days ago).
select segments.define(
  p_code => 'pt_cancelled',
  p_priority => 2,
  p_name => 'PT Cancellations',
  p_rule => 'At least 2 personal trainings, the last of them {pt_cancelled_min_days} to {pt_cancelled_max_days} days ago, last visit less than 60 days ago',
  p_advice => 'Let the trainer write: what has changed, and what would make it worth coming back?',
  p_holds => $$
    client.pt_visits_total >= 2
    and client.days_since_last_pt_visit between club.pt_cancelled_min_days and club.pt_cancelled_max_days
    and client.days_since_last_visit < 60
  $$,
  p_reason => $$
  format(
    '%s personal trainings, the last %s; last visit %s',
    client.pt_visits_total, client.last_pt_visit_ago, client.last_visit_ago
  )
  $$,
  p_turns => array[
    'case when client.pt_visits_total >= 2 then client.last_pt_visit_date + club.pt_cancelled_min_days end',
    'case when client.pt_visits_total >= 2 then client.last_pt_visit_date + club.pt_cancelled_max_days + 1 end',
    'case when client.pt_visits_total >= 2 then client.last_visit_date + 60 end'
  ]
);
