-- The switches of a scenario: whether it is on, and who approves its messages. Audited with what was before and after.
-- Effective from the next planning; what was planned keeps its mode, and what a scenario had planned is void once it is off.
create function campaigns.check_scenario(p_scenario text) returns void
language plpgsql stable set search_path = '' as $$
begin
  if not exists (select from campaigns.scenarios as known where known.code = p_scenario and known.is_automated) then
    raise exception 'Scenario "%" is unknown: choose one of %.',
      p_scenario, (select string_agg(known.code, ', ' order by known.priority) from campaigns.scenarios as known where known.is_automated)
      using errcode = 'no_data_found';
  end if;
end
$$;
comment on function campaigns.check_scenario is 'Fails with a sentence unless this is an automated scenario.';

create function campaigns.lock_choice(p_club_id bigint, p_scenario text) returns campaigns.club_scenarios
language plpgsql set search_path = '' as $$
declare
  choice campaigns.club_scenarios;
begin
  insert into campaigns.club_scenarios (club_id, scenario)
  values (p_club_id, p_scenario)
  on conflict (club_id, scenario) do nothing;
  select known.* into strict choice
  from campaigns.club_scenarios as known
  where known.club_id = p_club_id and known.scenario = p_scenario
  for update;
  return choice;
end
$$;
comment on function campaigns.lock_choice is 'A club''s choices about a scenario, locked: who changes it next waits, and sees what was chosen.';

create function campaigns.change_delivery_mode(p_club_id bigint, p_scenario text, p_mode text, p_by text, p_now timestamptz)
returns void
language plpgsql set search_path = '' as $$
declare
  before text;
begin
  if p_scenario is null then
    perform core.change_settings(p_club_id, jsonb_build_object('delivery_mode', p_mode), p_by, p_now);
    return;
  end if;
  perform campaigns.check_scenario(p_scenario);
  if p_mode not in ('moderation', 'notification') then
    raise exception
      'The delivery mode of a scenario must be moderation (a person approves each message), notification (they go out by themselves), or empty to follow the club.'
      using errcode = 'check_violation';
  end if;

  before := (campaigns.lock_choice(p_club_id, p_scenario)).delivery_mode;
  if before is not distinct from p_mode then
    return;
  end if;
  update campaigns.club_scenarios as known
  set delivery_mode = p_mode
  where known.club_id = p_club_id and known.scenario = p_scenario;
  perform core.audit(
    p_club_id, p_by, 'scenario.delivery_mode_changed', 'scenario:' || p_scenario,
    jsonb_build_object(
      'before', jsonb_build_object('delivery_mode', before),
      'after', jsonb_build_object('delivery_mode', p_mode)
    ),
    p_now
  );
end
$$;
comment on function campaigns.change_delivery_mode is
  'Sets who approves the messages of a scenario (null: follow the club), or of the club (p_scenario null), from the next planning on; what is already so is no change.';

create function campaigns.enable_scenario(p_club_id bigint, p_scenario text, p_is_enabled boolean, p_by text, p_now timestamptz)
returns bigint
language plpgsql set search_path = '' as $$
declare
  voided bigint := 0;
begin
  perform campaigns.check_scenario(p_scenario);
  if p_is_enabled is null then
    raise exception 'Whether scenario "%" is on must be true or false.', p_scenario using errcode = 'check_violation';
  end if;
  -- A planning that is under way may just be writing messages of it: it ends first, and they are voided too.
  perform pg_advisory_xact_lock(hashtextextended('campaigns.plan', p_club_id));
  if (campaigns.lock_choice(p_club_id, p_scenario)).is_enabled = p_is_enabled then
    return 0;
  end if;

  update campaigns.club_scenarios as known
  set is_enabled = p_is_enabled
  where known.club_id = p_club_id and known.scenario = p_scenario;
  if not p_is_enabled then
    voided := campaigns.void_drafts(p_club_id, p_scenario, null, 'switched_off', p_by, p_now);
  end if;
  perform core.audit(
    p_club_id, p_by, case when p_is_enabled then 'scenario.enabled' else 'scenario.disabled' end, 'scenario:' || p_scenario,
    jsonb_build_object(
      'before', jsonb_build_object('is_enabled', not p_is_enabled),
      'after', jsonb_build_object('is_enabled', p_is_enabled),
      'voided', voided
    ),
    p_now
  );
  return voided;
end
$$;
comment on function campaigns.enable_scenario is
  'Switches an automated scenario of a club on or off; off also voids its messages that are not on their way yet. Returns how many.';
