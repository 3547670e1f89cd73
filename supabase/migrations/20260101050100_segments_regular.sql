-- At least three visits in the last 30 days.
select segments.define(
  p_code => 'regular',
  p_priority => 8,
  p_name => 'Regular Members',
  p_rule => '{regular_min_visits} or more visits in the last 30 days',
  p_advice => 'Leave them in peace, and celebrate their milestones.',
  p_holds => $$
    client.visits_30d >= club.regular_min_visits
  $$,
  p_reason => $$ client.visits_30d_in_words || ' in the last 30 days' $$,
  -- What leaves the last 30 days is news of the rollup's.
  p_turns => '{}'
);
