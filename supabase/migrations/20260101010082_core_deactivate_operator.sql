-- Somebody leaves a club. What they did stays under their name; what they may do ends with the next request, or the next tap.
create function core.deactivate_operator(p_club_id bigint, p_user_id uuid, p_actor text, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  was_active boolean;
begin
  -- As long as somebody links or unlinks the account, this waits, and then holds.
  perform core.lock_person(p_user_id);
  select operator.is_active into was_active
  from core.operators as operator
  where operator.club_id = p_club_id
    and operator.user_id = p_user_id;
  if not found then
    raise exception 'There is no operator % in club %: see core.operators for who is.', p_user_id, p_club_id
      using errcode = 'no_data_found';
  end if;
  delete from core.telegram_codes as waiting where waiting.user_id = p_user_id and waiting.club_id = p_club_id;
  if was_active then
    -- The Telegram account stays linked: it tells a removed person from a stranger who is on the installation's list.
    update core.operators as operator set is_active = false
    where operator.club_id = p_club_id
      and operator.user_id = p_user_id;
    perform core.audit(p_club_id, p_actor, 'operator.removed', 'user:' || p_user_id, '{}', p_now);
  end if;
end
$$;
comment on function core.deactivate_operator is
  'Takes a person''s right in a club, in the dashboard and in Telegram; again is no change. Fails for a person the club does not know.';
revoke all on function core.deactivate_operator from public, anon, authenticated, service_role;
