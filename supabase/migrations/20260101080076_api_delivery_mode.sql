-- Who approves a club's messages, in the dashboard: the modes, the scenarios' own, and what was earned.
create view api.delivery_settings with (security_invoker = true) as
  -- One row per club.
  select
    setting.club_id,
    setting.delivery_mode,
    setting.is_autonomy_on,
    setting.autonomy_min_approvals,
    setting.autonomy_max_edited_share,
    setting.autonomy_max_opt_out_share,
    setting.autonomy_sample_share
  from core.settings as setting;
comment on view api.delivery_settings is 'One row per club: its delivery mode, and what earned autonomy asks for.';

create function api.autonomy(p_club_id bigint)
returns table (
  scenario text,
  language text,
  delivery_mode text,
  basis text,
  approvals_in_a_row integer,
  edited integer,
  opt_outs integer,
  sent integer,
  lowest_quality text,
  is_earned boolean,
  why text,
  was_earned boolean,
  changed_at timestamptz,
  change_why text
)
language sql stable set search_path = '' rows 25 as $$
  select
    current.scenario,
    current.language,
    mode.delivery_mode,
    mode.basis,
    current.approvals_in_a_row,
    current.edited,
    current.opt_outs,
    current.sent,
    current.lowest_quality,
    current.is_earned,
    current.why,
    standing.is_earned,
    standing.changed_at,
    standing.why
  from campaigns.autonomy(p_club_id, now()) as current
  join campaigns.delivery_modes(p_club_id, now()) as mode
    on mode.scenario = current.scenario
    and mode.language = current.language
  join campaigns.scenarios as scenario on scenario.code = current.scenario
  left join campaigns.standing_autonomy(p_club_id) as standing
    on standing.scenario = current.scenario
    and standing.language = current.language
  order by scenario.priority, current.language
$$;
comment on function api.autonomy is
  'Per automated scenario and language: who approves its messages at the next planning and on what basis, how far it is from autonomy, and the last time that it was earned or lost (null: never earned), with the reason.';

-- Security definer, all three: nobody signed in may write tables; these doors check who knocks.
create function api.change_delivery_mode(p_club_id bigint, p_scenario text, p_mode text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if coalesce(core.my_role(p_club_id), '') not in ('owner', 'operator') then
    raise exception 'Only an owner or operator of the club may say who approves its messages.' using errcode = 'insufficient_privilege';
  end if;
  perform campaigns.change_delivery_mode(p_club_id, p_scenario, p_mode, 'operator:' || auth.uid(), now());
end
$$;
comment on function api.change_delivery_mode is
  'Says who approves the messages of a scenario (p_mode null: as the club''s) or of the club (p_scenario null), as the signed-in person, from the next planning on. For owners and operators.';

create function api.enable_scenario(p_club_id bigint, p_scenario text, p_is_enabled boolean) returns bigint
-- The Data API takes the limit from here: a planning that is under way is waited for.
language plpgsql security definer set search_path = '' set statement_timeout = '100s' as $$
begin
  if coalesce(core.my_role(p_club_id), '') not in ('owner', 'operator') then
    raise exception 'Only an owner or operator of the club may switch its scenarios on and off.' using errcode = 'insufficient_privilege';
  end if;
  return campaigns.enable_scenario(p_club_id, p_scenario, p_is_enabled, 'operator:' || auth.uid(), now());
end
$$;
comment on function api.enable_scenario is
  'Switches a scenario on or off, as the signed-in person; off voids its messages that are not on their way yet. Returns how many. For owners and operators.';

create function api.change_autonomy(p_club_id bigint, p_changes jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
  unknown text;
begin
  if coalesce(core.my_role(p_club_id), '') not in ('owner', 'operator') then
    raise exception 'Only an owner or operator of the club may say what earned autonomy asks for.' using errcode = 'insufficient_privilege';
  end if;
  select given.key into unknown
  from jsonb_object_keys(case when jsonb_typeof(p_changes) = 'object' then p_changes else '{}' end) as given (key)
  where given.key not in (
    'is_autonomy_on', 'autonomy_min_approvals', 'autonomy_max_edited_share', 'autonomy_max_opt_out_share', 'autonomy_sample_share'
  )
  order by given.key
  limit 1;
  if unknown is not null then
    raise exception 'There is no setting "%" of autonomy: change one of api.delivery_settings.', unknown
      using errcode = 'invalid_parameter_value';
  end if;
  perform core.change_settings(p_club_id, p_changes, 'operator:' || auth.uid(), now());
end
$$;
comment on function api.change_autonomy is
  'Changes what earned autonomy asks for ({column of api.delivery_settings: value}), as the signed-in person. For owners and operators.';

grant select on api.delivery_settings to authenticated;
revoke all on function api.autonomy from public, anon;
grant execute on function api.autonomy to authenticated;
revoke all on function api.change_delivery_mode, api.enable_scenario, api.change_autonomy from public, anon, service_role;
grant execute on function api.change_delivery_mode, api.enable_scenario, api.change_autonomy to authenticated;
