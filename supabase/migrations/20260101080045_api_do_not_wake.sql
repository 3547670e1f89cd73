-- Those who are not to be woken in the dashboard: who they are, which memberships renew themselves, and which scenarios write to
-- them all the same.
create function api.do_not_wake(p_club_id bigint, p_as_of date default null)
returns table (
  client_id bigint, external_id text, name text, days_since_last_visit integer, membership_title text, reason text,
  computed_at timestamptz, data_until timestamptz
)
language sql stable set search_path = '' rows 100 as $$
  select
    flagged.client_id,
    flagged.external_id,
    client.name,
    flagged.days_since_last_visit,
    flagged.membership_title,
    flagged.reason,
    now(),
    (select crm.last_good_sync(p_club_id))
  from segments.do_not_wake(p_club_id, coalesce(p_as_of, core.local_date(p_club_id, now()))) as flagged
  join crm.clients as client
    on client.club_id = p_club_id
    and client.client_id = flagged.client_id
  order by client.name, flagged.client_id
$$;
comment on function api.do_not_wake is
  'Clients with a running membership that renews itself who have not come for 60 days or more as of a day (the club''s today), and why.';

create view api.membership_types with (security_invoker = true) as
  -- One row per kind of membership.
  select
    type.club_id,
    type.membership_type_id,
    type.external_id,
    type.title,
    type.period,
    type.period_unit,
    type.is_deleted,
    type.is_auto_renewing,
    type.auto_renewing_source
  from crm.membership_types as type;
comment on view api.membership_types is
  'One row per kind of membership a club offers or offered, and whether it renews itself: a guess, or an operator''s choice.';

create view api.scenarios with (security_invoker = true) as
  -- One row per club and automated scenario.
  select
    setting.club_id,
    scenario.code,
    scenario.priority,
    scenario.name,
    scenario.fires_for,
    scenario.once_per,
    scenario.tone,
    scenario.is_automated,
    coalesce(choice.is_enabled, true) as is_enabled,
    coalesce(choice.delivery_mode, setting.delivery_mode) as delivery_mode,
    choice.delivery_mode as own_delivery_mode,
    coalesce(choice.includes_do_not_wake, false) as includes_do_not_wake
  from core.settings as setting
  cross join campaigns.scenarios as scenario
  left join campaigns.club_scenarios as choice
    on choice.club_id = setting.club_id
    and choice.scenario = scenario.code
  where scenario.is_automated;
comment on view api.scenarios is
  'One row per club and automated scenario, with what holds for the club: enabled, how delivered (own_delivery_mode null: as the club), and whether it writes to those who are not to be woken.';

-- Security definer, both: nobody signed in may write tables; these doors check who knocks.
create function api.set_auto_renewing(p_club_id bigint, p_membership_type_id bigint, p_is_auto_renewing boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare
  type_external_id text;
begin
  if coalesce(core.my_role(p_club_id), '') not in ('owner', 'operator') then
    raise exception 'Only an owner or operator of the club may say which memberships renew themselves.'
      using errcode = 'insufficient_privilege';
  end if;
  select known.external_id into type_external_id
  from crm.membership_types as known
  where known.club_id = p_club_id and known.membership_type_id = p_membership_type_id;
  if not found then
    raise exception 'The club has no membership type with the id %: look it up in the list of membership types.', p_membership_type_id
      using errcode = 'no_data_found';
  end if;

  perform crm.set_auto_renewing(p_club_id, type_external_id, p_is_auto_renewing);
  perform core.audit(
    p_club_id, 'operator:' || auth.uid(), 'membership_type.auto_renewing_set', 'membership_type:' || p_membership_type_id,
    jsonb_build_object('is_auto_renewing', p_is_auto_renewing), now()
  );
end
$$;
comment on function api.set_auto_renewing is
  'Says whether a kind of membership renews itself, as the signed-in person; no guess overwrites it. For owners and operators.';

create function api.set_scenario_includes_do_not_wake(p_club_id bigint, p_scenario text, p_includes_do_not_wake boolean) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if coalesce(core.my_role(p_club_id), '') not in ('owner', 'operator') then
    raise exception 'Only an owner or operator of the club may say to whom its scenarios write.' using errcode = 'insufficient_privilege';
  end if;
  perform campaigns.include_do_not_wake(p_club_id, p_scenario, p_includes_do_not_wake);
  perform core.audit(
    p_club_id, 'operator:' || auth.uid(), 'scenario.includes_do_not_wake_set', 'scenario:' || p_scenario,
    jsonb_build_object('includes_do_not_wake', p_includes_do_not_wake), now()
  );
end
$$;
comment on function api.set_scenario_includes_do_not_wake is
  'Says whether a scenario also writes to those who are not to be woken, as the signed-in person. For owners and operators.';

grant select on api.membership_types, api.scenarios to authenticated;
revoke all on function api.do_not_wake from public, anon;
grant execute on function api.do_not_wake to authenticated;
revoke all on function api.set_auto_renewing, api.set_scenario_includes_do_not_wake from public, anon, service_role;
grant execute on function api.set_auto_renewing, api.set_scenario_includes_do_not_wake to authenticated;
