-- What somebody does with a card in Telegram, with the service key only. Each door asks who they are and denies by itself; each
-- answer carries the card as it is now, to be drawn at once.
create function api.answer_tap(p_draft campaigns.drafts, p_answer jsonb, p_now timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  select p_answer || jsonb_build_object(
    'club_id', p_draft.club_id,
    'timezone', (select club.timezone from core.clubs as club where club.club_id = p_draft.club_id),
    'decided_by_name', core.actor_name(p_draft.club_id, p_answer ->> 'decided_by'),
    'post', outbox.card_post(p_draft.club_id, p_draft.draft_id, p_now)
  )
$$;
comment on function api.answer_tap is 'What came of a tap, with what its answer in the chat needs: the club, who was first, the card.';

create function api.decide_draft_in_telegram(
  p_draft_id uuid, p_version integer, p_decision text, p_telegram_user_id bigint, p_is_allowed boolean, p_name text,
  p_reason text, p_now timestamptz
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  draft campaigns.drafts;
  answer jsonb;
begin
  select known.* into draft from campaigns.drafts as known where known.draft_id = p_draft_id;
  if not found then
    return '{"outcome": "unknown"}';
  end if;
  if not core.admit_moderator(
    draft.club_id, p_telegram_user_id, p_is_allowed, p_name, 'draft.decision_denied', p_draft_id::text, p_now
  ) then
    return '{"outcome": "denied"}';
  end if;
  -- First the decision, then the card: in one statement the card would be that of before.
  answer := outbox.decide_draft(
    draft.club_id, p_draft_id, p_version, p_decision, 'telegram:' || p_telegram_user_id, p_reason, p_now
  );
  return api.answer_tap(draft, answer, p_now);
end
$$;
comment on function api.decide_draft_in_telegram is
  'A moderator''s tap: decides one version of a draft and what follows. {outcome, status, reason, hold, decided_by_name, post}; denied for strangers.';

create function api.editing_task_in_telegram(
  p_draft_id uuid, p_version integer, p_telegram_user_id bigint, p_is_allowed boolean, p_name text, p_now timestamptz
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  draft campaigns.drafts;
  answer jsonb;
begin
  select known.* into draft from campaigns.drafts as known where known.draft_id = p_draft_id;
  if not found then
    return '{"outcome": "unknown"}';
  end if;
  if not core.admit_moderator(
    draft.club_id, p_telegram_user_id, p_is_allowed, p_name, 'draft.edit_denied', p_draft_id::text, p_now
  ) then
    return '{"outcome": "denied"}';
  end if;
  answer := (campaigns.hold_open_draft(draft.club_id, p_draft_id, p_version, p_now)).refusal;
  if answer is null then
    answer := jsonb_build_object('outcome', 'open', 'task', campaigns.editing_task(draft.club_id, p_draft_id));
  end if;
  return api.answer_tap(draft, answer, p_now);
end
$$;
comment on function api.editing_task_in_telegram is
  'What a card offers whoever may decide, and what new words for it are held to. {outcome, task, post}: open, already_decided, old_version, expired, unknown; denied for strangers.';

create function api.edit_draft_in_telegram(
  p_draft_id uuid, p_version integer, p_message text, p_usage jsonb, p_telegram_user_id bigint, p_is_allowed boolean,
  p_name text, p_now timestamptz
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  draft campaigns.drafts;
  answer jsonb;
begin
  select known.* into draft from campaigns.drafts as known where known.draft_id = p_draft_id;
  if not found then
    return '{"outcome": "unknown"}';
  end if;
  if not core.admit_moderator(
    draft.club_id, p_telegram_user_id, p_is_allowed, p_name, 'draft.edit_denied', p_draft_id::text, p_now
  ) then
    return '{"outcome": "denied"}';
  end if;
  answer := campaigns.edit_draft(
    draft.club_id, p_draft_id, p_version, p_message, 'telegram:' || p_telegram_user_id, p_usage, p_now
  );
  return api.answer_tap(draft, answer, p_now);
end
$$;
comment on function api.edit_draft_in_telegram is
  'A moderator''s own words for a draft, checked before: a new version that waits. {outcome, version, post}; denied for strangers.';

create function api.snooze_draft_in_telegram(
  p_draft_id uuid, p_version integer, p_choice text, p_telegram_user_id bigint, p_is_allowed boolean, p_name text,
  p_now timestamptz
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  draft campaigns.drafts;
  answer jsonb;
begin
  select known.* into draft from campaigns.drafts as known where known.draft_id = p_draft_id;
  if not found then
    return '{"outcome": "unknown"}';
  end if;
  if not core.admit_moderator(
    draft.club_id, p_telegram_user_id, p_is_allowed, p_name, 'draft.snooze_denied', p_draft_id::text, p_now
  ) then
    return '{"outcome": "denied"}';
  end if;
  answer := campaigns.snooze_draft(
    draft.club_id, p_draft_id, p_version, campaigns.snooze_end(draft.club_id, p_choice, p_now),
    'telegram:' || p_telegram_user_id, p_now
  );
  return api.answer_tap(draft, answer, p_now);
end
$$;
comment on function api.snooze_draft_in_telegram is
  'A moderator puts a decision off: 1_hour, 3_hours or tomorrow. {outcome, until, expires_at, post}; denied for strangers.';

create function api.note_edit_prompt(
  p_club_id bigint, p_chat_id text, p_message_id bigint, p_draft_id uuid, p_version integer, p_telegram_user_id bigint,
  p_now timestamptz
) returns void
language sql set search_path = '' as $$
  select campaigns.note_edit_prompt(
    p_club_id, p_chat_id, p_message_id, p_draft_id, p_version, 'telegram:' || p_telegram_user_id, p_now
  )
$$;
comment on function api.note_edit_prompt is 'Remembers which message asked for new words for a draft: an answer to it is an edit.';

create function api.replied_draft(p_chat_id text, p_message_id bigint) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('draft_id', replied.draft_id, 'version', replied.version)
  from (
    select prompt.draft_id, prompt.version, prompt.asked_at as at
    from campaigns.edit_prompts as prompt
    where prompt.chat_id = p_chat_id
      and prompt.message_id = p_message_id
    union all
    -- The version that the card shows, which is the one that was read.
    select post.draft_id, coalesce(substring(post.shown from '^v(\d+)')::integer, 0), post.shown_at
    from outbox.posts as post
    where post.kind = 'card'
      and post.chat_id = p_chat_id
      and (post.message_id = p_message_id or post.extra_message_id = p_message_id)
  ) as replied
  order by replied.at desc
  limit 1
$$;
comment on function api.replied_draft is 'The draft, and the version of it, that a message in the moderation chat is about: its card or a request for new words; null for any other.';

revoke all on function api.answer_tap, api.decide_draft_in_telegram, api.editing_task_in_telegram, api.edit_draft_in_telegram,
  api.snooze_draft_in_telegram, api.note_edit_prompt, api.replied_draft from public, anon, authenticated;
grant execute on function api.answer_tap, api.decide_draft_in_telegram, api.editing_task_in_telegram,
  api.edit_draft_in_telegram, api.snooze_draft_in_telegram, api.note_edit_prompt, api.replied_draft to service_role;
