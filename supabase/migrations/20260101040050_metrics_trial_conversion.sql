-- Of clients whose first visit is in [D−59, D−30] and who had no membership before it: the share who bought one within
-- 30 days. *Before* is an earlier date: a purchase on the day of the first visit converts.
create function metrics.trial_conversion(p_club_id bigint, p_as_of date) returns metrics.reading
language sql stable set search_path = '' as $$
  select (metrics.ratio_of(
    count(*) filter (
      where client.first_membership_date between client.first_visit_date and client.first_visit_date + 30
    ),
    count(*)
  )).*
  from stats.on_day(p_club_id, p_as_of) as client
  where client.first_visit_date between p_as_of - 59 and p_as_of - 30
    and (client.first_membership_date < client.first_visit_date) is not true
$$;

select metrics.define(
  p_code => 'trial_conversion',
  p_position => 50,
  p_title => 'Trial conversion',
  p_tooltip => 'Of the newcomers of one to two months ago: how many bought a membership within 30 days of their first visit.',
  p_formula => 'First membership 0 to 30 days after the first visit / clients whose first visit was 30 to 59 days ago, '
    || 'without a membership before it',
  p_unit => 'share',
  p_direction => 'up',
  p_smallest_sample => 20,
  p_caveat => 'Any first visit counts, whatever the service. A later refund or expiry of the membership changes nothing.'
);
