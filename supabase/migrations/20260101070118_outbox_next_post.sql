-- What the moderation chat is to show next, at the pace it takes. One worker at a time, in the order in which things came up.
create function outbox.due_posts(p_now timestamptz)
returns table (kind text, object text, club_id bigint, since timestamptz, state text, lane text)
language sql stable set search_path = '' rows 100 as $$
  select due.*
  from (
    select card.* from outbox.due_cards(p_now) as card
    union all
    select digest.* from outbox.due_digests(p_now) as digest
    union all
    select alert.* from outbox.due_alerts(p_now) as alert
    union all
    select notice.* from outbox.due_notices(p_now) as notice
    union all
    select summary.* from outbox.due_summaries(p_now) as summary
  ) as due
  left join outbox.posts as post
    on post.kind = due.kind
    and post.object = due.object
  where (post.retry_at > p_now) is not true
$$;
comment on function outbox.due_posts is 'Everything that the moderation chat does not show and should, or shows as it was.';

create function outbox.is_post_due(p_now timestamptz) returns boolean
language sql stable set search_path = '' as $$
  -- Nobody is called while another is at the queue, or Telegram asked for silence.
  select
    not exists (
      select from outbox.chats as chat where chat.leased_until > p_now or chat.held_until > p_now
    )
    and (
      exists (select from outbox.due_posts(p_now))
      or exists (
        -- More than are read one by one, not gathered yet.
        select
        from campaigns.moderation_load(p_now) as load
        join campaigns.drafts as draft
          on draft.club_id = load.club_id
          and draft.status = 'pending'
          and (draft.snoozed_until > p_now) is not true
        where load.waiting > 10
          and not exists (
            select
            from campaigns.digest_drafts as member
            where member.club_id = draft.club_id and member.draft_id = draft.draft_id
          )
          and not exists (select from outbox.posts as post where post.draft_id = draft.draft_id)
      )
    )
$$;
comment on function outbox.is_post_due is 'Whether there is something for the moderation chat, and nobody at it.';

create function outbox.post_body(p_kind text, p_object text, p_now timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  select case p_kind
    when 'card' then outbox.card_body(p_object, p_now)
    when 'digest' then outbox.digest_body(p_object, p_now)
    when 'alert' then outbox.alert_body(p_object, p_now)
    when 'notice' then outbox.notice_body(p_object, p_now)
    when 'summary' then outbox.summary_body(p_object, p_now)
  end
$$;
comment on function outbox.post_body is 'What a post shows now.';

create function outbox.must_wait_for_translation(p_kind text, p_object text, p_club_id bigint, p_now timestamptz) returns boolean
language sql set search_path = '' as $$
  -- Asks for what is missing, of all of them: they are written while the first is waited for.
  select coalesce(bool_or(campaigns.request_translation(p_club_id, shown.draft_id, p_now)), false)
  from (
    select p_object::uuid as draft_id
    where p_kind = 'card'
    union all
    select sample.draft_id
    from outbox.digest_samples(split_part(p_object, '/', 1)::bigint, nullif(split_part(p_object, '/', 2), '')::bigint) as sample
    where p_kind = 'digest'
  ) as shown
$$;
comment on function outbox.must_wait_for_translation is 'Whether a new card or digest waits for a translation; asks for it when nobody has.';

create function outbox.post_to_draw(p_kind text, p_object text, p_club_id bigint, p_state text, p_lane text, p_now timestamptz)
returns jsonb
language sql stable set search_path = '' as $$
  with found as materialized (
    select outbox.post_body(p_kind, p_object, p_now) as body
  )
  select jsonb_build_object(
    'kind', p_kind,
    'object', p_object,
    'club_id', p_club_id,
    'chat_id', post.chat_id,
    -- What comes up again is shown at the end of the chat, and the old message goes.
    'message_id', case when p_lane = 'edit' then post.message_id end,
    'extra_message_id', case when p_lane = 'edit' then post.extra_message_id end,
    'former_message_id', case when p_lane = 'send' then post.message_id end,
    'state', p_state,
    'language', coalesce(
      (select setting.moderation_language from core.settings as setting where setting.club_id = p_club_id),
      (select setting.moderation_language from core.settings as setting order by setting.club_id limit 1)
    ),
    'is_open', coalesce(found.body ->> 'status' = 'pending', false) or coalesce(found.body ->> 'mode' = 'together', false),
    'is_live', case p_kind
      when 'card' then found.body ->> 'status' in ('pending', 'approved')
      when 'digest' then found.body ->> 'mode' = 'together'
      else true
    end,
    'body', found.body
  )
  from found
  left join outbox.posts as post
    on post.kind = p_kind
    and post.object = p_object
$$;
comment on function outbox.post_to_draw is 'A post as it is to be drawn now: where it is shown, what it shows, and whether it must be seen (is_open) or may still change (is_live).';

create function outbox.next_post(p_chat_id text, p_token uuid, p_lease_seconds integer, p_longest_wait_ms integer, p_now timestamptz)
returns jsonb
language plpgsql set search_path = '' as $$
declare
  send_wait interval;
  edit_wait interval;
  due record;
  chosen record;
  is_found boolean := false;
  must_wait boolean;
  is_order_held boolean := false;
begin
  if not outbox.lease_chat(p_chat_id, p_token, p_lease_seconds, p_now) then
    return null;
  end if;
  perform campaigns.notice_drafting_failures(p_now);
  perform outbox.gather_digests(p_now);
  send_wait := outbox.chat_wait(p_chat_id, 'send', p_now);
  edit_wait := outbox.chat_wait(p_chat_id, 'edit', p_now);

  for due in
    select known.*, case known.lane when 'send' then send_wait else edit_wait end as pause
    from outbox.due_posts(p_now) as known
    order by pause, known.kind <> 'alert', known.since, known.object
    limit 8
  loop
    -- Those behind the next one are asked for ahead of their turn; none overtakes one that waits for its translation.
    must_wait := due.lane = 'send'
      and due.kind in ('card', 'digest')
      and outbox.must_wait_for_translation(due.kind, due.object, due.club_id, p_now);
    is_order_held := is_order_held or must_wait;
    if not is_found and not (is_order_held and due.lane = 'send' and due.kind in ('card', 'digest')) then
      chosen := due;
      is_found := true;
    end if;
  end loop;
  if not is_found then
    return null;
  end if;
  if chosen.pause > make_interval(secs => p_longest_wait_ms / 1000.0) then
    return null;
  end if;
  return outbox.post_to_draw(chosen.kind, chosen.object, chosen.club_id, chosen.state, chosen.lane, p_now)
    || jsonb_build_object('wait_ms', outbox.take_chat_call(p_chat_id, chosen.lane, p_longest_wait_ms, p_now));
end
$$;
comment on function outbox.next_post is
  'The next post to draw in a chat, with the milliseconds to wait before, its call reserved; null when there is none, it would have to wait longer, or another worker is at it.';

create function outbox.card_post(p_club_id bigint, p_draft_id uuid, p_now timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  select outbox.post_to_draw('card', draft.draft_id::text, draft.club_id, current.state, 'edit', p_now)
  from campaigns.drafts as draft
  join outbox.card_states(array[p_draft_id], p_now) as current using (draft_id)
  where draft.club_id = p_club_id
    and draft.draft_id = p_draft_id
    -- Before its first wording there is nothing to show.
    and draft.version > 0
$$;
comment on function outbox.card_post is 'The card of a draft as a post to draw now; null before its first wording.';

create function outbox.digest_post(p_club_id bigint, p_digest_id bigint, p_now timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  select outbox.post_to_draw(
    'digest', concat(digest.club_id, '/', digest.digest_id), digest.club_id, outbox.digest_state(digest), 'edit', p_now
  )
  from campaigns.digests as digest
  where digest.club_id = p_club_id
    and digest.digest_id = p_digest_id
$$;
comment on function outbox.digest_post is 'A digest as a post to draw now; null when there is none.';

create function outbox.summary_post(p_club_id bigint, p_summary_date date, p_now timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  select outbox.post_to_draw('summary', due.object, due.club_id, due.state, 'edit', p_now)
  from outbox.due_summaries(p_now) as due
  where due.object = concat_ws('/', p_club_id, p_summary_date)
$$;
comment on function outbox.summary_post is 'A daily summary as a post to draw now; null when the chat shows it as it is.';
