-- What a message says in the language of the moderation chat, for a colleague who must judge it and does not read the member's.
-- One row per wording and language, written once, by one worker at a time. Nothing of it is ever sent to a member.
-- A translation is paid from the drafting budget in money, and is no draft: it takes none of the day's number of drafts.
create table campaigns.translations (
  club_id bigint not null references core.clubs on delete cascade,
  draft_id uuid not null,
  version integer not null,
  language text not null check (language in ('cs', 'uk', 'ru', 'en', 'bg')),
  state text not null default 'waiting' check (state in ('waiting', 'writing', 'done', 'failed')),
  text text,
  error text,
  claims integer not null default 0,
  lease_token uuid,
  leased_until timestamptz,
  usage jsonb not null default '{}',
  requested_at timestamptz not null,
  finished_at timestamptz,
  primary key (club_id, draft_id, version, language),
  foreign key (club_id, draft_id, version) references campaigns.draft_versions (club_id, draft_id, version) on delete cascade,
  check ((state = 'done') = (text is not null)),
  check ((state = 'failed') = (error is not null)),
  check ((state in ('done', 'failed')) = (finished_at is not null))
);
create index translations_open on campaigns.translations (requested_at) where state in ('waiting', 'writing');
comment on table campaigns.translations is
  'One row per wording of a draft and language of the moderation chat: what it says there, or why there is no translation.';
comment on column campaigns.translations.text is 'The whole message in that language, for the eyes of the club only.';
comment on column campaigns.translations.usage is 'Model, prompt version, tokens, cost in millionths of a US dollar, latency, request id.';

alter table campaigns.translations enable row level security;
grant select on campaigns.translations to authenticated;
create policy "operators read the translations of their clubs" on campaigns.translations
  for select to authenticated using (club_id in (select core.my_clubs()));

create function campaigns.is_translation_waiting(p_now timestamptz) returns boolean
language sql stable set search_path = '' as $$
  select exists (
    select
    from campaigns.translations as translation
    where translation.state in ('waiting', 'writing')
      and (translation.leased_until > p_now) is not true
  )
$$;
comment on function campaigns.is_translation_waiting is 'Whether a message of the moderation chat waits for a translation that nobody writes.';

create function campaigns.translation_of(p_club_id bigint, p_draft_id uuid, p_version integer) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('text', translation.text, 'error', translation.error)
  from core.settings as setting
  join campaigns.translations as translation
    on translation.club_id = setting.club_id
    and translation.language = setting.moderation_language
  where setting.club_id = p_club_id
    and translation.draft_id = p_draft_id
    and translation.version = p_version
    and translation.state in ('done', 'failed')
$$;
comment on function campaigns.translation_of is
  'What a wording says in the language of the moderation chat: {text, error}, one of them null; null when there is none, or none yet.';

create function campaigns.can_translate(p_club_id bigint, p_now timestamptz) returns boolean
language sql stable set search_path = '' as $$
  -- Cheaper than campaigns.drafting_state, which the chat's queue would ask for every card. Whoever set a limit of zero knows that
  -- Claude is not asked; a budget that is used up is told with the message.
  select exists (
    select
    from campaigns.drafting_states as known
    join core.settings as setting on setting.club_id = known.club_id
    where known.club_id = p_club_id
      and known.model is not null
      and known.seen_at >= p_now - interval '1 hour'
      and setting.drafting_budget_usd > 0
      and setting.drafting_daily_drafts > 0
  )
$$;
comment on function campaigns.can_translate is 'Whether Claude is on for a club: a key is set, draft-messages runs, and there is a budget.';

create function campaigns.request_translation(p_club_id bigint, p_draft_id uuid, p_now timestamptz) returns boolean
language plpgsql set search_path = '' as $$
declare
  wanted record;
  known campaigns.translations;
begin
  select draft.version, setting.moderation_language as language into wanted
  from campaigns.drafts as draft
  join core.settings as setting on setting.club_id = draft.club_id
  where draft.club_id = p_club_id
    and draft.draft_id = p_draft_id
    and draft.version > 0
    and split_part(draft.template_language, '_', 1) <> setting.moderation_language;
  if not found then
    return false;
  end if;
  select translation.* into known
  from campaigns.translations as translation
  where translation.club_id = p_club_id
    and translation.draft_id = p_draft_id
    and translation.version = wanted.version
    and translation.language = wanted.language;
  if not found then
    if not campaigns.can_translate(p_club_id, p_now) then
      return false;
    end if;
    insert into campaigns.translations (club_id, draft_id, version, language, requested_at)
    values (p_club_id, p_draft_id, wanted.version, wanted.language, p_now)
    on conflict do nothing;
    return true;
  end if;
  -- Nobody waits long: what comes later is shown later.
  return known.state in ('waiting', 'writing') and known.requested_at > p_now - interval '2 minutes';
end
$$;
comment on function campaigns.request_translation is
  'Asks once for a translation of a draft''s current wording when the moderation chat speaks another language; whether it is worth waiting for: not when Claude is off, it is there or failed, or two minutes have passed.';

create function campaigns.translation_task(p_translation campaigns.translations) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'from', spoken.language,
    'to', p_translation.language,
    'text', wording.rendered,
    -- For our own code, which takes them out of what Claude is shown. What a person typed may hold them in any form.
    'is_by_person', wording.source = 'operator',
    'first_names', (
      select coalesce(jsonb_agg(distinct form.word), '[]')
      from (
        select unnest(given.words)
        union all
        select campaigns.one_name(member.first_name)
        union all
        select campaigns.address_of(member.first_name, spoken.language)
      ) as form (word)
      where form.word <> ''
    ),
    'other_names', (
      select coalesce(jsonb_agg(distinct part.word), '[]')
      from regexp_split_to_table(client.name, '\s+') as part (word)
      where part.word <> ''
        and part.word <> all (given.words)
    ),
    'address', coalesce(
      campaigns.address_of(member.first_name, p_translation.language), campaigns.one_name(member.first_name), member.first_name
    )
  )
  from campaigns.drafts as draft
  join crm.clients as client
    on client.club_id = draft.club_id
    and client.client_id = draft.client_id
  join campaigns.draft_versions as wording
    on wording.club_id = draft.club_id
    and wording.draft_id = draft.draft_id
    and wording.version = p_translation.version
  cross join lateral (select split_part(draft.template_language, '_', 1) as language) as spoken
  -- The name at the time of planning stands in the message; the platform may know another one by now.
  cross join lateral (
    select nullif(btrim(coalesce(draft.variables ->> 'first_name', client.first_name)), '') as first_name
  ) as member
  cross join lateral (
    select regexp_split_to_array(concat_ws(' ', draft.variables ->> 'first_name', client.first_name), '\s+') as words
  ) as given
  where draft.club_id = p_translation.club_id
    and draft.draft_id = p_translation.draft_id
$$;
comment on function campaigns.translation_task is
  'What the translator of a wording is given: the whole message, the languages, and the names that must not leave the house.';

create function campaigns.forget_translations(p_now timestamptz) returns void
language sql set search_path = '' as $$
  -- Two that clean up at once take different rows, and none waits for the other.
  with idle as materialized (
    select
      translation.club_id,
      translation.draft_id,
      translation.version,
      translation.language,
      translation.claims,
      not exists (
        select
        from campaigns.drafts as draft
        where draft.club_id = translation.club_id
          and draft.draft_id = translation.draft_id
          and draft.version = translation.version
          -- What went out by itself is judged afterwards.
          and draft.status in ('pending', 'approved')
      ) as is_unwanted
    from campaigns.translations as translation
    where translation.state in ('waiting', 'writing')
      and (translation.leased_until > p_now) is not true
    for update skip locked
  ),
  forgotten as (
    delete from campaigns.translations as known
    using idle
    where idle.is_unwanted
      and (known.club_id, known.draft_id, known.version, known.language)
        = (idle.club_id, idle.draft_id, idle.version, idle.language)
  )
  update campaigns.translations as known
  set state = 'failed',
      error = 'The translation was begun three times and never finished.',
      finished_at = p_now,
      lease_token = null,
      leased_until = null
  from idle
  where not idle.is_unwanted
    and idle.claims >= 3
    and (known.club_id, known.draft_id, known.version, known.language)
      = (idle.club_id, idle.draft_id, idle.version, idle.language)
$$;
comment on function campaigns.forget_translations is
  'Forgets translations that nobody waits for any more, because the message was decided about or changed, and gives up those that were begun three times.';

create function campaigns.claim_translations(
  p_limit integer, p_lease_seconds integer, p_model text, p_estimate_micro_usd bigint, p_now timestamptz
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  translation campaigns.translations;
  tasks jsonb := '[]';
begin
  perform campaigns.forget_translations(p_now);
  for translation in
    with waiting as materialized (
      select known.club_id, known.draft_id, known.version, known.language
      from campaigns.translations as known
      where known.state in ('waiting', 'writing')
        and (known.leased_until > p_now) is not true
      order by known.requested_at, known.draft_id
      limit p_limit
      for update skip locked
    ),
    claimed as (
      update campaigns.translations as known
      set state = 'writing',
          claims = known.claims + 1,
          lease_token = gen_random_uuid(),
          leased_until = p_now + make_interval(secs => p_lease_seconds)
      from waiting
      where (known.club_id, known.draft_id, known.version, known.language)
        = (waiting.club_id, waiting.draft_id, waiting.version, waiting.language)
      returning known.*
    )
    -- In the order in which clubs are charged: two workers would else wait for each other.
    select claimed.* from claimed order by claimed.club_id, claimed.requested_at, claimed.draft_id
  loop
    tasks := tasks || jsonb_build_array(
      campaigns.translation_task(translation)
      || jsonb_build_object(
        'club_id', translation.club_id,
        'draft_id', translation.draft_id,
        'version', translation.version,
        'lease_token', translation.lease_token,
        'static_reason', case
          when p_model is not null
            then campaigns.charge_draft(
              translation.club_id, translation.draft_id, translation.lease_token, p_model, false, p_estimate_micro_usd, p_now,
              p_is_translation => true
            )
        end
      )
    );
  end loop;
  return tasks;
end
$$;
comment on function campaigns.claim_translations is
  'Claims translations for p_lease_seconds, the longest awaited first, reserves what asking p_model costs at most (null: Claude is off), and returns a task for each.';

create function campaigns.store_translation(
  p_club_id bigint, p_draft_id uuid, p_version integer, p_language text, p_lease_token uuid, p_text text, p_error text, p_usage jsonb,
  p_now timestamptz
) returns text
language plpgsql set search_path = '' as $$
declare
  stored text;
begin
  perform campaigns.settle_charge(p_club_id, p_lease_token, p_usage, p_now);
  -- Of a translator whose lease another took over, nothing counts but what it spent.
  update campaigns.translations as known
  set state = case when p_error is null then 'done' else 'failed' end,
      text = case when p_error is null then p_text end,
      error = p_error,
      usage = p_usage,
      finished_at = p_now,
      lease_token = null,
      leased_until = null
  where known.club_id = p_club_id
    and known.draft_id = p_draft_id
    and known.version = p_version
    and known.language = p_language
    and known.lease_token = p_lease_token
  returning known.state into stored;
  return coalesce(stored, 'lease_lost');
end
$$;
comment on function campaigns.store_translation is
  'Stores a translation, or why there is none, for the lease that asked for it; its state, or lease_lost.';
