-- LTV at or over the VIP threshold, and still coming: days since last visit < 60.
select segments.define(
  p_code => 'vip',
  p_priority => 1,
  p_name => 'VIP Members',
  p_rule => 'LTV at or over the VIP threshold ({vip_threshold_minor}), last visit less than 60 days ago',
  p_advice => 'Thank them in person; never send them a discount they did not need.',
  p_holds => $$
    client.ltv_minor >= club.vip_threshold_minor
    and client.days_since_last_visit < 60
  $$,
  p_reason => $$
  format(
    'paid %s in all, VIP from %s, last visit %s',
    round(client.ltv_minor / 100.0), round(club.vip_threshold_minor / 100.0), client.last_visit_ago
  )
  $$,
  p_turns => array[
    'case when client.ltv_minor >= club.vip_threshold_minor then client.last_visit_date + 60 end'
  ]
);
