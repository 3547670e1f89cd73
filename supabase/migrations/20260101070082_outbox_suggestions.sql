-- A reply that Claude suggests in a conversation, for a person to read, change and send; by itself it goes nowhere.
-- One row per time somebody asked; written once, by one worker at a time.
create table outbox.suggestions (
  club_id bigint not null references core.clubs on delete cascade,
  suggestion_id bigint generated always as identity,
  conversation_id bigint not null,
  requested_by text not null,
  requested_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'writing', 'done', 'failed')),
  claims integer not null default 0,
  lease_token uuid,
  leased_until timestamptz,
  message text,
  error text,
  usage jsonb not null default '{}',
  finished_at timestamptz,
  primary key (club_id, suggestion_id),
  foreign key (club_id, conversation_id) references campaigns.conversations (club_id, conversation_id) on delete cascade,
  check ((state = 'done') = (message is not null)),
  check ((state = 'failed') = (error is not null)),
  check ((state in ('done', 'failed')) = (finished_at is not null))
);
create index suggestions_by_conversation on outbox.suggestions (club_id, conversation_id, requested_at desc);
create index suggestions_open on outbox.suggestions (requested_at) where state in ('waiting', 'writing');
comment on table outbox.suggestions is 'One row per reply that a person asked Claude to suggest, with what came of it. Nothing of it is sent by a machine.';
comment on column outbox.suggestions.usage is 'Model, prompt and voice version, tokens, cost in millionths of a US dollar, latency, request id.';

alter table outbox.suggestions enable row level security;
grant select on outbox.suggestions to authenticated;
create policy "operators read the suggestions of their clubs" on outbox.suggestions
  for select to authenticated using (club_id in (select core.my_clubs()));

create function outbox.is_suggestion_waiting(p_now timestamptz) returns boolean
language sql stable set search_path = '' as $$
  select exists (
    select
    from outbox.suggestions as suggestion
    where suggestion.state in ('waiting', 'writing')
      and (suggestion.leased_until > p_now) is not true
  )
$$;
comment on function outbox.is_suggestion_waiting is 'Whether somebody waits for a suggestion that nobody writes.';

create function outbox.request_suggestion(p_club_id bigint, p_conversation_id bigint, p_by text, p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  conversation campaigns.conversations;
  asked bigint;
begin
  -- Who asks twice at once is counted one after the other, and gets one.
  select known.* into conversation
  from campaigns.conversations as known
  where known.club_id = p_club_id
    and known.conversation_id = p_conversation_id
  for update;
  if conversation.conversation_id is null or conversation.closed_at is not null then
    raise exception 'This conversation is not open any more: there is nothing to answer.' using errcode = 'no_data_found';
  end if;
  select known.suggestion_id into asked
  from outbox.suggestions as known
  where known.club_id = p_club_id
    and known.conversation_id = p_conversation_id
    and known.state in ('waiting', 'writing');
  if asked is not null then
    return asked;
  end if;
  if (
    select count(*)
    from outbox.suggestions as recent
    where recent.club_id = p_club_id
      and recent.requested_at > p_now - interval '1 minute'
  ) >= 10 then
    raise exception 'Ten suggestions a minute are the most: wait a moment, and try again.'
      using errcode = 'object_not_in_prerequisite_state';
  end if;

  insert into outbox.suggestions (club_id, conversation_id, requested_by, requested_at)
  values (p_club_id, p_conversation_id, p_by, p_now)
  returning suggestion_id into asked;
  return asked;
end
$$;
comment on function outbox.request_suggestion is
  'Asks for a suggested reply in an open conversation; the id of the suggestion, or of the one that is already being written.';

create function outbox.conversation_thread(p_club_id bigint, p_phone text, p_limit integer)
returns table (said_by text, words text, said_at timestamptz)
language sql stable set search_path = '' as $$
  -- Of what we wrote only what went out, or may have.
  select latest.said_by, latest.words, latest.said_at
  from (
    select 'member' as said_by, reply.body as words, reply.replied_at as said_at
    from outbox.replies as reply
    where reply.club_id = p_club_id
      and reply.phone = p_phone
      and reply.body <> ''
    union all
    select 'club', message.rendered, coalesce(message.accepted_at, message.queued_at)
    from outbox.messages as message
    where message.club_id = p_club_id
      and message.phone = p_phone
      and message.status in ('sending', 'sent', 'uncertain')
    order by said_at desc
    limit p_limit
  ) as latest
  order by latest.said_at
$$;
comment on function outbox.conversation_thread is 'The last p_limit messages between a club and a phone, the oldest first: who said what (member or club), and when.';

create function outbox.suggestion_task(p_suggestion outbox.suggestions) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'scenario', 'reply',
    'scenario_tone', 'helpful and to the point',
    'language', spoken.language,
    'form', 'free_text',
    'facts', campaigns.voice_facts(voice),
    'address', campaigns.address_of(client.first_name, spoken.language),
    'voice', jsonb_build_object('version', voice.version, 'tone', voice.tone, 'forbidden_words', to_jsonb(voice.forbidden_words)),
    'last_message', null,
    'frame', '{{message}}',
    'has_opt_out_button', true,
    'max_length', 600,
    -- There are no words of ours for what a member may ask: without Claude's the person writes their own.
    'static_message', '',
    -- For our own code, which takes them out of what is quoted.
    'names', to_jsonb(regexp_split_to_array(btrim(concat_ws(' ', client.first_name, client.name)), '\s+')),
    'thread', (
      select coalesce(jsonb_agg(jsonb_build_object('from', said.said_by, 'text', said.words) order by said.said_at), '[]')
      from outbox.conversation_thread(conversation.club_id, conversation.phone, 8) as said
    )
  )
  from campaigns.conversations as conversation
  join core.clubs as club on club.club_id = conversation.club_id
  join crm.clients as client
    on client.club_id = conversation.club_id
    and client.client_id = conversation.client_id
  cross join lateral (select coalesce(client.language, club.default_language) as language) as spoken
  cross join lateral campaigns.voice_of(conversation.club_id) as voice
  where conversation.club_id = p_suggestion.club_id
    and conversation.conversation_id = p_suggestion.conversation_id
$$;
comment on function outbox.suggestion_task is
  'What the writer of a suggested reply is given: a writing task of the scenario reply, with the last messages of the conversation.';

create function outbox.claim_suggestions(
  p_limit integer, p_lease_seconds integer, p_model text, p_estimate_micro_usd bigint, p_now timestamptz
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  suggestion outbox.suggestions;
  tasks jsonb := '[]';
begin
  update outbox.suggestions as known
  set state = 'failed', error = 'It was begun three times and never finished: try again later.', finished_at = p_now,
      lease_token = null, leased_until = null
  where known.state = 'writing'
    and known.leased_until <= p_now
    and known.claims >= 3;

  for suggestion in
    with waiting as materialized (
      select known.club_id, known.suggestion_id
      from outbox.suggestions as known
      where known.state in ('waiting', 'writing')
        and (known.leased_until > p_now) is not true
      order by known.requested_at
      limit p_limit
      for update skip locked
    ),
    claimed as (
      update outbox.suggestions as known
      set state = 'writing',
          claims = known.claims + 1,
          lease_token = gen_random_uuid(),
          leased_until = p_now + make_interval(secs => p_lease_seconds)
      from waiting
      where known.club_id = waiting.club_id and known.suggestion_id = waiting.suggestion_id
      returning known.*
    )
    -- In the order in which clubs are charged: two workers would else wait for each other.
    select claimed.* from claimed order by claimed.club_id, claimed.suggestion_id
  loop
    tasks := tasks || jsonb_build_array(
      outbox.suggestion_task(suggestion)
      || jsonb_build_object(
        'club_id', suggestion.club_id,
        'suggestion_id', suggestion.suggestion_id,
        'lease_token', suggestion.lease_token,
        'static_reason', case
          when p_model is not null
            then campaigns.charge_draft(suggestion.club_id, null, suggestion.lease_token, p_model, false, p_estimate_micro_usd, p_now)
        end
      )
    );
  end loop;
  return tasks;
end
$$;
comment on function outbox.claim_suggestions is
  'Claims suggestions for p_lease_seconds, reserves what asking p_model costs at most (null: drafting is off), and returns a writing task for each.';

create function outbox.store_suggestion(
  p_club_id bigint, p_suggestion_id bigint, p_lease_token uuid, p_message text, p_error text, p_usage jsonb, p_now timestamptz
) returns text
language plpgsql set search_path = '' as $$
declare
  stored text;
begin
  perform campaigns.settle_charge(p_club_id, p_lease_token, p_usage, p_now);
  -- Of a writer whose lease another took over, nothing counts but what it spent.
  update outbox.suggestions as known
  set state = case when p_error is null then 'done' else 'failed' end,
      message = case when p_error is null then p_message end,
      error = p_error,
      usage = p_usage,
      finished_at = p_now,
      lease_token = null,
      leased_until = null
  where known.club_id = p_club_id
    and known.suggestion_id = p_suggestion_id
    and known.lease_token = p_lease_token
  returning known.state into stored;
  return coalesce(stored, 'lease_lost');
end
$$;
comment on function outbox.store_suggestion is
  'Stores a suggested reply, or why there is none, for the lease that asked for it; its state, or lease_lost.';
