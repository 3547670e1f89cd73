-- The control group: recorded, never messaged, its returns measured like the others'.
-- Drawn for many at once, because a call for each candidate would cost more than all the other checks.
create function campaigns.holdout_draws(p_club_id bigint, p_experiments text[], p_external_ids text[], p_as_of date)
returns table (experiment text, external_id text, draw numeric)
language sql immutable set search_path = '' rows 1000 as $$
  -- A stable hash of club, scenario, client and quarter, spread evenly over 0..1.
  select
    drawn.experiment,
    drawn.external_id,
    ('x' || left(md5(concat(
      p_club_id, '/', drawn.experiment, '/', drawn.external_id, '/', extract(year from p_as_of), 'Q', extract(quarter from p_as_of)
    )), 8))::bit(32)::bigint / 4294967296.0
  from unnest(p_experiments, p_external_ids) as drawn (experiment, external_id)
$$;
comment on function campaigns.holdout_draws is
  'A number in [0, 1) for each experiment and client in the quarter of a day, always the same; below the share they are held out.';

create function campaigns.is_holdout(p_club_id bigint, p_scenario text, p_external_id text, p_as_of date, p_share numeric)
returns boolean
language sql immutable set search_path = '' as $$
  select drawn.draw < p_share
  from campaigns.holdout_draws(p_club_id, array[p_scenario], array[p_external_id], p_as_of) as drawn
$$;
comment on function campaigns.is_holdout is
  'Whether a client is in the control group of a scenario in the quarter of a day. Of clients who share a phone it is asked for the one known longest, so that nobody''s control reads the message.';

create function campaigns.experiment(p_scenario text, p_campaign_id bigint) returns text
language sql immutable set search_path = '' as $$
  select p_scenario || coalesce('/' || p_campaign_id, '')
$$;
comment on function campaigns.experiment is 'What the control group is drawn for: the scenario, or each one-off campaign by itself.';
grant execute on function campaigns.holdout_draws, campaigns.is_holdout, campaigns.experiment to authenticated;
