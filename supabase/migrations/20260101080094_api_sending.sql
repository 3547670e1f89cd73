-- The number and what stops it, for the dashboard: what Meta says of it, what is wrong, and the switch.
create view api.alerts with (security_invoker = true) as
  -- One row per club and open incident: its own, and those that concern all clubs of the installation.
  select
    club.club_id,
    alert.alert_id,
    alert.kind,
    alert.what,
    alert.raised_at
  from core.clubs as club
  join outbox.alerts as alert on coalesce(alert.club_id, club.club_id) = club.club_id
  where alert.ended_at is null;
comment on view api.alerts is 'One row per club and incident that keeps its messages from going on well, with what to do.';

create view api.sending with (security_invoker = true) as
  -- One row per club.
  select
    setting.club_id,
    setting.sending_paused_at as paused_at,
    setting.sending_paused_by as paused_by,
    setting.sending_pause_reason as pause_reason,
    setting.daily_limit,
    setting.portfolio_limit as people_limit,
    number.display_number,
    number.verified_name,
    number.quality,
    number.tier,
    number.read_at,
    number.read_error,
    number.read_error_at
  from core.settings as setting
  cross join outbox.number as number;
comment on view api.sending is 'One row per club: whether its messages are paused, by whom and why, and the number they go out from.';

grant select on api.alerts, api.sending to authenticated, service_role;

-- Security definer: of all clubs together only the number of people is told, to whoever is of one of them.
create function api.people_reached(p_club_id bigint) returns bigint
language sql stable security definer set search_path = '' as $$
  select campaigns.people_reached(now()) where core.my_role(p_club_id) is not null
$$;
comment on function api.people_reached is
  'How many different people the number wrote to outside their window in the last 24 hours, over all clubs; null for whoever is of none.';

create function api.sending_keeper(p_club_id bigint) returns text
language plpgsql stable set search_path = '' as $$
begin
  if (core.my_role(p_club_id) in ('owner', 'operator')) is not true then
    raise exception 'Your role in the club does not let you pause or resume its messages: ask an owner or operator.'
      using errcode = 'insufficient_privilege';
  end if;
  return 'operator:' || auth.uid();
end
$$;
comment on function api.sending_keeper is 'Who acts, if they are an owner or operator of the club; fails otherwise.';

-- Security definer, both: nobody signed in may write tables; these doors check who knocks.
create function api.pause_sending(p_club_id bigint, p_reason text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  actor text := api.sending_keeper(p_club_id);
begin
  return outbox.pause_sending(p_club_id, coalesce(nullif(btrim(left(p_reason, 200)), ''), 'no reason given'), actor, now());
end
$$;
comment on function api.pause_sending is 'Pauses all messages of a club; false when they are paused already.';

create function api.resume_sending(p_club_id bigint) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  actor text := api.sending_keeper(p_club_id);
begin
  return outbox.resume_sending(p_club_id, actor, now());
end
$$;
comment on function api.resume_sending is
  'Lets the messages of a club go on; where the number had stopped them, those of every club that it stopped. False when they were not paused.';

revoke all on function api.sending_keeper from public, anon, authenticated, service_role;
revoke all on function api.people_reached, api.pause_sending, api.resume_sending from public, anon, service_role;
grant execute on function api.people_reached, api.pause_sending, api.resume_sending to authenticated;
