-- Who may decide in Telegram: the dashboard shows and changes it, the bot brings the code that a person sent it.
create view api.telegram_links with (security_invoker = true) as
  -- One row per operator of the signed-in person's clubs.
  select
    operator.club_id,
    operator.user_id,
    operator.email,
    operator.role,
    operator.is_active,
    operator.telegram_user_id is not null as is_linked,
    known.name as telegram_name,
    operator.user_id = (select auth.uid()) as is_me
  from core.operators as operator
  left join core.telegram_names as known
    on known.club_id = operator.club_id
    and known.telegram_user_id = operator.telegram_user_id;
comment on view api.telegram_links is
  'One row per operator of a club: their role, whether a Telegram account is linked to them and by what name it goes.';

create view api.moderation_chat with (security_invoker = true) as
  -- One row per club.
  select
    setting.club_id,
    setting.moderation_language
  from core.settings as setting;
comment on view api.moderation_chat is 'One row per club: the language in which the moderation chat speaks about it.';

-- Security definer, all three: nobody signed in may write tables; these doors check who knocks.
create function api.start_telegram_link(p_club_id bigint) returns text
language plpgsql security definer set search_path = '' as $$
begin
  return core.start_telegram_link(p_club_id, auth.uid(), now());
end
$$;
comment on function api.start_telegram_link is
  'A code that links a Telegram account to the signed-in person when it is sent to the bot within ten minutes; voids the one before. For every active operator.';

create function api.unlink_telegram(p_club_id bigint, p_user_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  own_role text := coalesce(core.my_role(p_club_id), '');
begin
  if own_role <> 'owner' and (own_role = '' or p_user_id is distinct from auth.uid()) then
    raise exception 'Only the person themselves or an owner of the club may unlink their Telegram account.'
      using errcode = 'insufficient_privilege';
  end if;
  return core.unlink_telegram(p_club_id, p_user_id, 'operator:' || auth.uid(), now());
end
$$;
comment on function api.unlink_telegram is
  'Takes their Telegram account from a person: one''s own in every club, another''s in this club. False: there was none. For the person and for owners.';

create function api.change_moderation_language(p_club_id bigint, p_language text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if coalesce(core.my_role(p_club_id), '') not in ('owner', 'operator') then
    raise exception 'Only an owner or operator of the club may choose the language of its moderation chat.'
      using errcode = 'insufficient_privilege';
  end if;
  perform core.change_settings(
    p_club_id, jsonb_build_object('moderation_language', p_language), 'operator:' || auth.uid(), now()
  );
end
$$;
comment on function api.change_moderation_language is
  'Chooses the language in which the moderation chat speaks about a club, as the signed-in person. For owners and operators.';

create function api.finish_telegram_link(p_code text, p_telegram_user_id bigint, p_name text, p_now timestamptz) returns jsonb
language sql set search_path = '' as $$
  select core.finish_telegram_link(p_code, p_telegram_user_id, p_name, p_now)
$$;
comment on function api.finish_telegram_link is
  'Somebody sent the bot a code: {outcome linked or refused, clubs [{club_id, name, role}]}.';

grant select on api.telegram_links, api.moderation_chat to authenticated;
revoke all on function api.start_telegram_link, api.unlink_telegram, api.change_moderation_language from public, anon, service_role;
grant execute on function api.start_telegram_link, api.unlink_telegram, api.change_moderation_language to authenticated;
revoke all on function api.finish_telegram_link from public, anon, authenticated;
grant execute on function api.finish_telegram_link to service_role;
