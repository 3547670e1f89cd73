-- The queue of the moderation chat, and what a tap on a digest decides, with the service key only: thin doors.
create function api.next_post(p_chat_id text, p_token uuid, p_lease_seconds integer, p_longest_wait_ms integer, p_now timestamptz)
returns jsonb
language sql set search_path = '' as $$
  select outbox.next_post(p_chat_id, p_token, p_lease_seconds, p_longest_wait_ms, p_now)
$$;
comment on function api.next_post is 'The next post to draw in the moderation chat, its call reserved; null when there is none for this worker now.';

create function api.store_post(
  p_kind text, p_object text, p_club_id bigint, p_chat_id text, p_message_id bigint, p_extra_message_id bigint, p_shown text,
  p_is_live boolean, p_now timestamptz
) returns void
language sql set search_path = '' as $$
  select outbox.store_post(p_kind, p_object, p_club_id, p_chat_id, p_message_id, p_extra_message_id, p_shown, p_is_live, p_now)
$$;
comment on function api.store_post is 'Remembers which message of the chat shows a thing, and which state of it.';

create function api.fail_post(p_kind text, p_object text, p_club_id bigint, p_error text, p_now timestamptz) returns integer
language sql set search_path = '' as $$ select outbox.fail_post(p_kind, p_object, p_club_id, p_error, p_now) $$;
comment on function api.fail_post is 'Notes that Telegram refused a post; how often it has.';

create function api.take_chat_call(p_chat_id text, p_lane text, p_longest_wait_ms integer, p_now timestamptz) returns integer
language sql set search_path = '' as $$ select outbox.take_chat_call(p_chat_id, p_lane, p_longest_wait_ms, p_now) $$;
comment on function api.take_chat_call is 'Reserves the next call to a chat: milliseconds to wait before it; null when that is too long.';

create function api.hold_chat(p_chat_id text, p_seconds integer, p_now timestamptz) returns void
language sql set search_path = '' as $$ select outbox.hold_chat(p_chat_id, p_seconds, p_now) $$;
comment on function api.hold_chat is 'Holds every call to a chat for so many seconds.';

create function api.release_chat(p_chat_id text, p_token uuid) returns void
language sql set search_path = '' as $$ select outbox.release_chat(p_chat_id, p_token) $$;
comment on function api.release_chat is 'Gives the right to work on a chat''s queue back.';

create function api.decide_digest_in_telegram(
  p_club_id bigint, p_digest_id bigint, p_version integer, p_decision text, p_telegram_user_id bigint, p_is_allowed boolean,
  p_name text, p_now timestamptz
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  actor text := 'telegram:' || p_telegram_user_id;
  decided jsonb;
begin
  if not exists (select from campaigns.digests as known where known.club_id = p_club_id and known.digest_id = p_digest_id) then
    return '{"outcome": "unknown"}';
  end if;
  if core.telegram_role(p_club_id, p_telegram_user_id, p_is_allowed) is null then
    perform core.audit(p_club_id, actor, 'digest.decision_denied', 'digest:' || p_digest_id, '{}', p_now);
    return '{"outcome": "denied"}';
  end if;
  perform core.note_telegram_name(p_club_id, p_telegram_user_id, p_name, p_now);
  decided := case p_decision
    when 'approve_all' then campaigns.approve_digest(p_club_id, p_digest_id, p_version, actor, p_now)
    when 'one_by_one' then campaigns.split_digest(p_club_id, p_digest_id, p_version, actor, p_now)
  end;
  if decided is null then
    raise exception 'Decision "%" is unknown: use approve_all or one_by_one.', p_decision using errcode = 'check_violation';
  end if;
  if decided ->> 'outcome' = 'approved' then
    perform outbox.enqueue_approved(p_club_id, p_now);
  end if;
  return decided || jsonb_build_object(
    'decided_by_name', core.actor_name(p_club_id, decided ->> 'decided_by'),
    'post', outbox.digest_post(p_club_id, p_digest_id, p_now)
  );
end
$$;
comment on function api.decide_digest_in_telegram is
  'A moderator''s tap on a digest: approves what this version of it stands for and queues it, or has it shown one by one. {outcome, approved, expired, not_eligible, post}; denied for strangers.';

revoke all on function api.next_post, api.store_post, api.fail_post, api.take_chat_call, api.hold_chat, api.release_chat,
  api.decide_digest_in_telegram from public, anon, authenticated;
grant execute on function api.next_post, api.store_post, api.fail_post, api.take_chat_call, api.hold_chat, api.release_chat,
  api.decide_digest_in_telegram to service_role;
