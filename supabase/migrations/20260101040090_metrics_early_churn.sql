-- Clients whose first visit is in [D−90, D−31] and who have no visit in [D−29, D].
create function metrics.early_churn(p_club_id bigint, p_as_of date) returns metrics.reading
language sql stable set search_path = '' as $$
  select (metrics.count_of(count(*))).*
  from stats.on_day(p_club_id, p_as_of) as client
  where client.first_visit_date between p_as_of - 90 and p_as_of - 31
    and client.visits_30d = 0
$$;

select metrics.define(
  p_code => 'early_churn',
  p_position => 90,
  p_title => 'Early churn',
  p_tooltip => 'Newcomers who started one to three months ago and have not come in the last 30 days.',
  p_formula => 'Clients whose first visit was 31 to 90 days ago, without a visit in the last 30 days',
  p_unit => 'clients',
  p_direction => 'down',
  p_smallest_sample => 5
);
