-- Whether somebody in Telegram may decide about a club's messages. Who may not leaves a trace; who may is known by name from then on.
create function core.admit_moderator(
  p_club_id bigint, p_telegram_user_id bigint, p_is_allowed boolean, p_name text, p_denied_action text, p_object text,
  p_now timestamptz
) returns boolean
language plpgsql set search_path = '' as $$
begin
  if core.telegram_role(p_club_id, p_telegram_user_id, p_is_allowed) is null then
    perform core.audit(p_club_id, 'telegram:' || p_telegram_user_id, p_denied_action, p_object, '{}', p_now);
    return false;
  end if;
  perform core.note_telegram_name(p_club_id, p_telegram_user_id, p_name, p_now);
  return true;
end
$$;
comment on function core.admit_moderator is
  'Whether a Telegram account may decide in a club; a refusal is audited as the given action on the given object.';
