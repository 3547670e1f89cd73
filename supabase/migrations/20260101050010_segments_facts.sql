-- What a segment's rule may look at: one row per client who is not deleted, with the club's thresholds beside the facts,
-- so that every rule is a plain comparison of two columns.
create type segments.facts as (
  club_id bigint,
  client_id bigint,
  days_since_last_visit integer,
  days_since_last_pt_visit integer,
  visits_total integer,
  visits_30d integer,
  visits_previous_30d integer,
  pt_visits_total integer,
  cadence_days numeric,
  ltv_minor bigint,
  has_membership boolean,
  vip_threshold_minor bigint,
  pt_cancelled_min_days integer,
  pt_cancelled_max_days integer,
  trial_dropoff_min_days integer,
  trial_dropoff_max_days integer,
  lost_min_days integer,
  nearly_lost_min_days integer,
  going_silent_min_days integer,
  at_risk_min_days integer,
  regular_min_visits integer
);

create function segments.facts_on(p_club_id bigint, p_as_of date, p_client_ids bigint[] default null)
returns setof segments.facts
language sql stable set search_path = '' rows 1000 as $$
  -- Computed once: the planner would ask for it per client.
  with threshold as materialized (
    select setting.*, stats.vip_threshold(p_club_id, p_as_of) as vip_minor
    from core.settings as setting
    where setting.club_id = p_club_id
  )
  select
    client.club_id,
    client.client_id,
    p_as_of - client.last_visit_date,
    p_as_of - client.last_pt_visit_date,
    client.visits_total,
    client.visits_30d,
    client.visits_previous_30d,
    client.pt_visits_total,
    client.cadence_days,
    client.ltv_minor,
    client.first_membership_date is not null,
    threshold.vip_minor,
    threshold.pt_cancelled_min_days,
    threshold.pt_cancelled_max_days,
    threshold.trial_dropoff_min_days,
    threshold.trial_dropoff_max_days,
    threshold.lost_min_days,
    threshold.nearly_lost_min_days,
    threshold.going_silent_min_days,
    threshold.at_risk_min_days,
    threshold.regular_min_visits
  from stats.on_day(p_club_id, p_as_of, p_client_ids) as client
  cross join threshold
$$;
comment on function segments.facts_on is 'The facts segments are decided on, as of a day; for all clients, or those named.';
grant execute on function segments.facts_on to authenticated;
