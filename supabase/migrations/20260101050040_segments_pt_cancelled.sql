-- Had at least two personal trainings, stopped them 31..120 days ago, still comes (last visit < 60 days ago).
create function segments.pt_cancelled(p_facts segments.facts) returns text
language sql immutable set search_path = '' as $$
  select case
    when p_facts.pt_visits_total >= 2
      and p_facts.days_since_last_pt_visit between p_facts.pt_cancelled_min_days and p_facts.pt_cancelled_max_days
      and p_facts.days_since_last_visit < 60
    then format(
      '%s personal trainings, the last %s days ago; last visit %s days ago',
      p_facts.pt_visits_total, p_facts.days_since_last_pt_visit, p_facts.days_since_last_visit
    )
  end
$$;

select segments.define(
  p_code => 'pt_cancelled',
  p_priority => 2,
  p_name => 'PT Cancellations',
  p_rule => 'At least 2 personal trainings, the last of them 31 to 120 days ago, last visit less than 60 days ago',
  p_advice => 'Let the trainer write: what has changed, and what would make it worth coming back?'
);
