-- Drafts that Claude is asked for together, at half the price: one row per batch, and one per draft in it.
-- A batch holds the leases of its drafts until give_up_at and no longer: whatever becomes of it, after that they are written one by one.
create table campaigns.draft_batches (
  club_id bigint not null references core.clubs on delete cascade,
  batch_id uuid not null default gen_random_uuid(),
  state text not null default 'submitting' check (state in ('submitting', 'in_progress', 'ended', 'failed')),
  provider_id text,
  model text not null,
  prompt_version text not null,
  voice_version integer not null,
  counts jsonb not null default '{}',
  error text,
  claimed_at timestamptz not null,
  submitted_at timestamptz,
  cancelled_at timestamptz,
  look_at timestamptz not null,
  give_up_at timestamptz not null,
  finished_at timestamptz,
  primary key (club_id, batch_id),
  check (state <> 'in_progress' or num_nulls(provider_id, submitted_at) = 0),
  check ((state in ('ended', 'failed')) = (finished_at is not null)),
  check ((state = 'failed') = (error is not null))
);
create index draft_batches_open on campaigns.draft_batches (look_at) where state in ('submitting', 'in_progress');
comment on table campaigns.draft_batches is 'One row per batch of drafts of a club: how far it is, and what it was asked with.';
comment on column campaigns.draft_batches.provider_id is 'The batch''s id at Anthropic; null until its answer is stored.';
comment on column campaigns.draft_batches.counts is 'How many requests Anthropic has answered and how, as it last said.';
comment on column campaigns.draft_batches.look_at is 'When somebody should look at it next; whoever does moves it, so that nobody else looks at the same time.';
comment on column campaigns.draft_batches.give_up_at is 'Until when its drafts are leased.';

create table campaigns.draft_batch_items (
  club_id bigint not null,
  draft_id uuid not null,
  batch_id uuid not null,
  lease_token uuid not null,
  previous_attempt jsonb,
  primary key (club_id, draft_id),
  foreign key (club_id, batch_id) references campaigns.draft_batches (club_id, batch_id) on delete cascade,
  foreign key (club_id, draft_id) references campaigns.drafts (club_id, draft_id) on delete cascade
);
create index draft_batch_items_by_batch on campaigns.draft_batch_items (club_id, batch_id);
comment on table campaigns.draft_batch_items is
  'One row per draft that was put into a batch, which happens once. It waits for its answer while the charge of its lease is not settled.';
comment on column campaigns.draft_batch_items.previous_attempt is
  'Words of the batch that did not pass the checks, and why, as {message, problems}: the next try is to repair them.';

-- Nobody but the service reads them.
alter table campaigns.draft_batches enable row level security;
alter table campaigns.draft_batch_items enable row level security;

create function campaigns.batchable_drafts(p_now timestamptz)
returns table (club_id bigint, draft_id uuid)
language sql stable set search_path = '' rows 100 as $$
  select planned.club_id, planned.draft_id
  from campaigns.drafts as planned
  join campaigns.scenarios as scenario on scenario.code = planned.scenario
  where planned.status = 'planned'
    and planned.campaign_id is null
    and (planned.leased_until > p_now) is not true
    -- A batch may take an hour, and a person wants time for what comes of it.
    and planned.expires_at > p_now + interval '3 hours'
    and not scenario.is_for_the_day
    -- Whoever has just written to us is not left waiting for a batch.
    and campaigns.window_closes_at(planned.club_id, planned.client_id, p_now) is null
    -- What a batch gave back is written at once.
    and not exists (
      select
      from campaigns.draft_batch_items as item
      where item.club_id = planned.club_id and item.draft_id = planned.draft_id
    )
$$;
comment on function campaigns.batchable_drafts is 'Drafts that wait for their words and have time for a batch.';

create function campaigns.open_batch_drafts(p_club_id bigint, p_batch_id uuid)
returns table (draft_id uuid, lease_token uuid)
language sql stable set search_path = '' rows 1000 as $$
  select item.draft_id, item.lease_token
  from campaigns.draft_batch_items as item
  join campaigns.drafting_charges as charge using (club_id, lease_token)
  where item.club_id = p_club_id
    and item.batch_id = p_batch_id
    and charge.settled_at is null
$$;
comment on function campaigns.open_batch_drafts is 'The drafts of a batch whose answer was not read yet.';

create function campaigns.batch_tasks(p_club_id bigint, p_batch_id uuid, p_draft_ids uuid[] default null) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(
    jsonb_agg(
      task || jsonb_build_object('club_id', p_club_id, 'draft_id', draft.draft_id, 'lease_token', open_draft.lease_token)
      order by draft.draft_id
    ) filter (where task is not null),
    '[]'
  )
  from campaigns.open_batch_drafts(p_club_id, p_batch_id) as open_draft
  join campaigns.drafts as draft
    on draft.club_id = p_club_id and draft.draft_id = open_draft.draft_id
  cross join campaigns.voice_of(p_club_id) as voice
  cross join lateral campaigns.writing_task(
    p_club_id, draft.client_id, draft.scenario, draft.form, draft.template_name, draft.template_language, draft.variables, voice
  ) as task
  where p_draft_ids is null or draft.draft_id = any (p_draft_ids)
$$;
comment on function campaigns.batch_tasks is
  'The writing tasks of a batch''s drafts, all or those named, whose answer was not read yet; by what holds now, not when it was asked.';

create function campaigns.claim_batch(
  p_from integer, p_limit integer, p_model text, p_prompt_version text, p_estimate_micro_usd bigint, p_now timestamptz
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  -- Submitting takes a minute at most: whoever takes longer has died.
  held_until timestamptz := p_now + interval '10 minutes';
  club bigint;
  batch uuid;
  waiting uuid;
  token uuid;
  tasks jsonb;
begin
  for club in
    select batchable.club_id
    from campaigns.batchable_drafts(p_now) as batchable
    group by batchable.club_id
    having count(*) >= p_from
    order by batchable.club_id
  loop
    -- Of two who come at once one gets the batch; the other must not make a small one of what is left.
    continue when not pg_try_advisory_xact_lock(hashtextextended('campaigns.claim_batch', club));
    continue when p_from > (
      select count(*) from campaigns.batchable_drafts(p_now) as batchable where batchable.club_id = club
    );
    insert into campaigns.draft_batches (
      club_id, model, prompt_version, voice_version, claimed_at, look_at, give_up_at
    )
    values (club, p_model, p_prompt_version, (campaigns.voice_of(club)).version, p_now, held_until, held_until)
    returning batch_id into batch;

    for waiting in
      select draft.draft_id
      from campaigns.drafts as draft
      join campaigns.batchable_drafts(p_now) as batchable using (club_id, draft_id)
      where draft.club_id = club
        -- Asked again of the row that is locked: it may have changed a moment ago.
        and draft.status = 'planned'
        and (draft.leased_until > p_now) is not true
      order by draft.planned_at, draft.draft_id
      limit p_limit
      for update of draft skip locked
    loop
      token := gen_random_uuid();
      -- Those for which there is no budget get the static text, by whoever writes drafts one by one.
      exit when campaigns.charge_draft(club, waiting, token, p_model, true, p_estimate_micro_usd, p_now) is not null;
      insert into campaigns.draft_batch_items (club_id, draft_id, batch_id, lease_token) values (club, waiting, batch, token);
      update campaigns.drafts as draft
      set lease_token = token,
          leased_until = held_until,
          form = 'template'
      where draft.club_id = club and draft.draft_id = waiting;
    end loop;

    tasks := campaigns.batch_tasks(club, batch);
    if tasks <> '[]' then
      return jsonb_build_object('club_id', club, 'batch_id', batch, 'tasks', tasks);
    end if;
    perform campaigns.close_batch(club, batch, null, true, p_now);
  end loop;
  return null;
end
$$;
comment on function campaigns.claim_batch is
  'Claims up to p_limit drafts of a club of which at least p_from have time for a batch, and reserves what each costs at most: {club_id, batch_id, tasks}, null when there is none.';
