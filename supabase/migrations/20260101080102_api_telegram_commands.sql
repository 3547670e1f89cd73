-- What people ask and order by commands in Telegram, with the service key only. Each door asks by itself who is let in.
-- The machine relays whom Telegram names: what that person may do, the club's operators and the installation's list decide.
create function api.club_in_telegram(p_club_id bigint, p_role text, p_now timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'club_id', club.club_id,
    'club', club.name,
    'timezone', club.timezone,
    'role', p_role,
    'mode', setting.delivery_mode,
    'waiting', draft.waiting,
    'being_written', draft.being_written,
    'sent_today', (
      select count(*)
      from campaigns.contacts as contact
      where contact.club_id = p_club_id
        and contact.contacted_date = core.local_date(p_club_id, p_now)
    ),
    -- As the dashboard counts them: a dead campaign whose time is over is past mending, and calls nobody.
    'failures', (
      select count(*)
      from outbox.messages as message
      left join campaigns.drafts as cause using (club_id, draft_id)
      where message.club_id = p_club_id
        and (message.status = 'uncertain' or (message.status = 'dead' and (cause.expires_at <= p_now) is not true))
    ),
    'replies_waiting', (
      select count(*)
      from campaigns.conversations as conversation
      where conversation.club_id = p_club_id
        and conversation.closed_at is null
        and (
          conversation.kind = 'unclear_wish'
          or conversation.answered_at is null
          or conversation.answered_at < conversation.last_inbound_at
        )
    ),
    'hold', campaigns.hold(p_club_id, p_now),
    'opens_at', to_char(setting.sending_opens_at, 'HH24:MI'),
    'paused_at', setting.sending_paused_at,
    'paused_by', core.actor_name(p_club_id, setting.sending_paused_by),
    'is_stopped_by_whatsapp', coalesce(setting.sending_paused_by = 'system:whatsapp', false),
    'pause_reason', nullif(setting.sending_pause_reason, 'no reason given'),
    'last_good_sync', crm.last_good_sync(p_club_id),
    'is_stale', campaigns.is_stale(p_club_id, p_now)
  )
  from core.clubs as club
  join core.settings as setting using (club_id)
  cross join lateral (
    select
      count(*) filter (where open_draft.status = 'pending') as waiting,
      count(*) filter (where open_draft.status <> 'pending') as being_written
    from campaigns.drafts as open_draft
    where open_draft.club_id = p_club_id
      and open_draft.status in ('planned', 'drafted', 'pending')
  ) as draft
  where club.club_id = p_club_id
$$;
comment on function api.club_in_telegram is
  'The state of a club as Telegram tells it to a person of this role: what waits, what went out, what holds it, how fresh its data is.';

create function api.let_in_by_telegram(
  p_club_id bigint, p_telegram_user_id bigint, p_is_allowed boolean, p_name text, p_denied_action text, p_now timestamptz
) returns text
language plpgsql set search_path = '' as $$
begin
  -- Buttons live for ever, clubs do not: of one that is gone nothing can be noted.
  if not exists (select from core.clubs as club where club.club_id = p_club_id) then
    return null;
  end if;
  if core.admit_moderator(
    p_club_id, p_telegram_user_id, p_is_allowed, p_name, p_denied_action, 'club:' || p_club_id, p_now
  ) then
    return core.telegram_role(p_club_id, p_telegram_user_id, p_is_allowed);
  end if;
  return null;
end
$$;
comment on function api.let_in_by_telegram is
  'The role in which a person of Telegram gives a command to a club; null, and audited as the given action, when they are not let in there.';

create function api.telegram_status(p_telegram_user_id bigint, p_is_allowed boolean, p_name text, p_now timestamptz) returns jsonb
language plpgsql set search_path = '' as $$
begin
  perform core.note_telegram_name(let_in.club_id, p_telegram_user_id, p_name, p_now)
  from core.telegram_clubs(p_telegram_user_id, p_is_allowed) as let_in;
  return (
    select coalesce(jsonb_agg(api.club_in_telegram(let_in.club_id, let_in.role, p_now) order by let_in.club_id), '[]')
    from core.telegram_clubs(p_telegram_user_id, p_is_allowed) as let_in
  );
end
$$;
comment on function api.telegram_status is 'The state of every club into which a person of Telegram is let; [] for whoever is let into none.';

create function api.pause_sending_in_telegram(
  p_club_id bigint, p_telegram_user_id bigint, p_is_allowed boolean, p_name text, p_reason text, p_now timestamptz
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  role text := api.let_in_by_telegram(
    p_club_id, p_telegram_user_id, p_is_allowed, p_name, 'sending.pause_denied', p_now
  );
  outcome text;
begin
  outcome := case
    when role is null then 'denied'
    when role not in ('owner', 'operator') then 'not_allowed'
    when outbox.pause_sending(
      p_club_id, coalesce(nullif(btrim(left(p_reason, 200)), ''), 'no reason given'), 'telegram:' || p_telegram_user_id, p_now
    ) then 'done'
    else 'already'
  end;
  return jsonb_build_object(
    'outcome', outcome,
    'club', case when role is not null then api.club_in_telegram(p_club_id, role, p_now) end
  );
end
$$;
comment on function api.pause_sending_in_telegram is
  'Pauses all messages of a club for an owner or operator: {outcome: done, already, not_allowed (another role) or denied, club}.';

create function api.resume_sending_in_telegram(
  p_club_id bigint, p_telegram_user_id bigint, p_is_allowed boolean, p_name text, p_now timestamptz
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  role text := api.let_in_by_telegram(
    p_club_id, p_telegram_user_id, p_is_allowed, p_name, 'sending.resume_denied', p_now
  );
  was_stopped_by_whatsapp boolean;
  outcome text;
begin
  select coalesce(setting.sending_paused_by = 'system:whatsapp', false) into was_stopped_by_whatsapp
  from core.settings as setting
  where setting.club_id = p_club_id;
  outcome := case
    when role is null then 'denied'
    when role not in ('owner', 'operator') then 'not_allowed'
    when outbox.resume_sending(p_club_id, 'telegram:' || p_telegram_user_id, p_now) then 'done'
    else 'already'
  end;
  return jsonb_build_object(
    'outcome', outcome,
    'club', case when role is not null then api.club_in_telegram(p_club_id, role, p_now) end,
    'was_stopped_by_whatsapp', outcome = 'done' and was_stopped_by_whatsapp
  );
end
$$;
comment on function api.resume_sending_in_telegram is
  'Lets the messages of a club go on for an owner or operator; where the number had stopped them, those of every club that it stopped. {outcome: done, already, not_allowed or denied, club, was_stopped_by_whatsapp}.';

create function api.change_delivery_mode_in_telegram(
  p_club_id bigint, p_telegram_user_id bigint, p_is_allowed boolean, p_name text, p_mode text, p_now timestamptz
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  role text := api.let_in_by_telegram(
    p_club_id, p_telegram_user_id, p_is_allowed, p_name, 'settings.change_denied', p_now
  );
  before text;
  outcome text;
begin
  if role is null then
    return jsonb_build_object('outcome', 'denied', 'club', null);
  end if;
  if role <> 'owner' then
    outcome := 'not_allowed';
  else
    select setting.delivery_mode into before
    from core.settings as setting
    where setting.club_id = p_club_id
    for update;
    perform campaigns.change_delivery_mode(p_club_id, null, p_mode, 'telegram:' || p_telegram_user_id, p_now);
    outcome := case when before = p_mode then 'already' else 'done' end;
  end if;
  return jsonb_build_object('outcome', outcome, 'club', api.club_in_telegram(p_club_id, role, p_now));
end
$$;
comment on function api.change_delivery_mode_in_telegram is
  'Says for an owner who approves the messages of a club, from the next planning on: {outcome: done, already, not_allowed or denied, club}.';

do $$
declare
  door text;
begin
  foreach door in array array[
    'club_in_telegram', 'let_in_by_telegram', 'telegram_status', 'pause_sending_in_telegram', 'resume_sending_in_telegram',
    'change_delivery_mode_in_telegram'
  ] loop
    execute format('revoke all on function api.%I from public, anon, authenticated', door);
    execute format('grant execute on function api.%I to service_role', door);
  end loop;
end
$$;
