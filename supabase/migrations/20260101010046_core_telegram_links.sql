-- A person and their Telegram account: one link holds in every club where the person works.
-- Of two who present one code, one is linked; an account that is somebody else's in one of the clubs is refused.
create function core.linked_clubs(p_user_id uuid, p_telegram_user_id bigint) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(
    jsonb_agg(jsonb_build_object('club_id', club.club_id, 'name', club.name, 'role', operator.role) order by club.club_id),
    '[]'
  )
  from core.operators as operator
  join core.clubs as club using (club_id)
  where operator.user_id = p_user_id
    and operator.telegram_user_id = p_telegram_user_id
    and operator.is_active
$$;
comment on function core.linked_clubs is 'The clubs in which a Telegram account is this active operator''s: [{club_id, name, role}].';

create function core.link_telegram(p_user_id uuid, p_telegram_user_id bigint, p_name text, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  place core.operators;
begin
  for place in
    select operator.*
    from core.operators as operator
    where operator.user_id = p_user_id
      and operator.is_active
    order by operator.club_id
  loop
    perform core.note_telegram_name(place.club_id, p_telegram_user_id, p_name, p_now);
    continue when place.telegram_user_id = p_telegram_user_id;
    update core.operators as operator set telegram_user_id = p_telegram_user_id
    where operator.club_id = place.club_id
      and operator.user_id = p_user_id;
    perform core.audit(
      place.club_id, 'operator:' || p_user_id, 'telegram.linked', 'user:' || p_user_id,
      jsonb_build_object('telegram_user_id', p_telegram_user_id, 'before', place.telegram_user_id), p_now
    );
  end loop;
end
$$;
comment on function core.link_telegram is
  'Makes a Telegram account the person''s in every club where they are active, in place of another; fails on the unique key when it is somebody else''s there.';

create function core.finish_telegram_link(p_code text, p_telegram_user_id bigint, p_name text, p_now timestamptz) returns jsonb
language plpgsql set search_path = '' as $$
declare
  shown core.telegram_codes;
  refused constant jsonb := jsonb_build_object('outcome', 'refused', 'clubs', jsonb_build_array());
  clubs jsonb;
begin
  -- The person first, the code after: in the same order as start_telegram_link, so that the two wait for each other.
  perform core.lock_person(known.user_id)
  from core.telegram_codes as known
  where known.code_hash = core.telegram_code_hash(p_code);
  select known.* into shown from core.telegram_codes as known where known.code_hash = core.telegram_code_hash(p_code);
  -- Telegram's own accounts act for many: anonymous admins and channels have one between all of them.
  if not found or coalesce(p_telegram_user_id, 0) <= 0 or p_telegram_user_id in (777000, 136817688, 1087968824) then
    return refused;
  end if;

  clubs := core.linked_clubs(shown.user_id, p_telegram_user_id);
  if shown.used_at is not null and clubs <> '[]' then
    -- Telegram brings again what it was not answered: the same account with the same code changes nothing.
    return jsonb_build_object('outcome', 'linked', 'clubs', clubs);
  end if;
  if shown.used_at is null and shown.expires_at > p_now then
    begin
      perform core.link_telegram(shown.user_id, p_telegram_user_id, p_name, p_now);
      clubs := core.linked_clubs(shown.user_id, p_telegram_user_id);
      if clubs <> '[]' then
        update core.telegram_codes as known set used_at = p_now where known.code_hash = shown.code_hash;
        return jsonb_build_object('outcome', 'linked', 'clubs', clubs);
      end if;
    exception when unique_violation then
      -- Somebody else's in one of the clubs: none of them is linked, and the code is left for the right account.
      null;
    end;
  end if;
  perform core.audit(
    shown.club_id, 'telegram:' || p_telegram_user_id, 'telegram.link_refused', 'user:' || shown.user_id, '{}', p_now
  );
  return refused;
end
$$;
comment on function core.finish_telegram_link is
  'Links the Telegram account that presents a code to the person who asked for it, in every club where they are active: {outcome linked or refused, clubs [{club_id, name, role}]}.';

create function core.unlink_telegram(p_club_id bigint, p_user_id uuid, p_actor text, p_now timestamptz) returns boolean
language plpgsql set search_path = '' as $$
declare
  place core.operators;
  is_own constant boolean := p_actor = 'operator:' || p_user_id;
  was_linked boolean := false;
begin
  perform core.lock_person(p_user_id);
  if not exists (
    select from core.operators as operator
    where operator.club_id = p_club_id
      and operator.user_id = p_user_id
  ) then
    return false;
  end if;
  delete from core.telegram_codes as waiting where waiting.user_id = p_user_id;
  for place in
    select operator.*
    from core.operators as operator
    where operator.user_id = p_user_id
      and operator.telegram_user_id is not null
      -- Nobody takes off their own link in a club that removed them: the list might let the account in again.
      and (operator.club_id = p_club_id or (is_own and operator.is_active))
    order by operator.club_id
  loop
    update core.operators as operator set telegram_user_id = null
    where operator.club_id = place.club_id
      and operator.user_id = p_user_id;
    perform core.audit(
      place.club_id, p_actor, 'telegram.unlinked', 'user:' || p_user_id,
      jsonb_build_object('telegram_user_id', place.telegram_user_id), p_now
    );
    was_linked := true;
  end loop;
  return was_linked;
end
$$;
comment on function core.unlink_telegram is
  'Takes a person''s Telegram account from them: in every club where they are active when they do it themselves, otherwise in the club. Their code is void. False: there was no link.';
