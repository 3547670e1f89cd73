-- One row per message that is to be sent. What it says never changes; how far it came does.
create table outbox.messages (
  club_id bigint not null references core.clubs on delete cascade,
  message_id uuid not null default gen_random_uuid(),
  purpose text not null default 'campaign' check (purpose in ('campaign', 'answer', 'confirmation')),
  draft_id uuid,
  conversation_id bigint,
  suppression_id bigint,
  client_id bigint not null,
  phone text not null,
  form text not null default 'template' check (form in ('template', 'free_text')),
  template_name text,
  template_language text,
  parameters jsonb not null default '{}',
  rendered text not null,
  version integer,
  author text,
  queued_at timestamptz not null,
  status text not null default 'queued'
    check (status in ('queued', 'sending', 'sent', 'failed', 'dead', 'cancelled', 'uncertain')),
  status_reason text,
  wamid text,
  delivery text check (delivery in ('accepted', 'held', 'sent', 'delivered', 'read', 'failed')),
  accepted_at timestamptz,
  delivered_at timestamptz,
  read_at timestamptz,
  failed_at timestamptz,
  error_code integer,
  pricing jsonb,
  primary key (club_id, message_id),
  unique (club_id, draft_id),
  -- A person who said no is told once that it was heard.
  unique (club_id, suppression_id),
  foreign key (club_id, draft_id) references campaigns.drafts (club_id, draft_id) on delete cascade,
  foreign key (club_id, conversation_id) references campaigns.conversations (club_id, conversation_id) on delete cascade,
  foreign key (club_id, suppression_id) references campaigns.suppressions (club_id, suppression_id) on delete cascade,
  foreign key (club_id, client_id) references crm.clients (club_id, client_id) on delete cascade,
  constraint messages_have_a_cause check (case purpose
    when 'campaign' then draft_id is not null and version is not null
    when 'answer' then conversation_id is not null and author is not null
    else suppression_id is not null
  end),
  constraint messages_by_template_name_it check (form = 'free_text' or (template_name is not null and template_language is not null))
);
create index messages_by_id on outbox.messages (message_id);
create unique index messages_by_wamid on outbox.messages (club_id, wamid) where wamid is not null;
create index messages_by_wamid_of_any_club on outbox.messages (wamid) where wamid is not null;
create index messages_stuck on outbox.messages (club_id) where status in ('dead', 'uncertain');
create index messages_by_time on outbox.messages (club_id, queued_at desc);
create index messages_by_phone on outbox.messages (phone, queued_at desc);
create index messages_of_conversations on outbox.messages (club_id, conversation_id, queued_at) where conversation_id is not null;
comment on table outbox.messages is 'One row per message to a member: its words, how it travels (status), what became of it (delivery).';
comment on column outbox.messages.purpose is
  'campaign: an approved draft; answer: what a person of the club wrote in a conversation; confirmation: that an opt-out was heard.';
comment on column outbox.messages.author is 'Who wrote an answer.';
comment on constraint messages_have_a_cause on outbox.messages is
  'A message has its cause: a draft with its version, a conversation and who wrote it, or the opt-out it confirms.';
comment on constraint messages_by_template_name_it on outbox.messages is 'A message by template names the template and its language.';
comment on column outbox.messages.form is
  'How it travels: as a template with its parameters, or, while the member''s 24 hours last, as the rendered text itself.';
comment on column outbox.messages.version is 'The draft version that was approved: these are its words, byte for byte.';

-- Narrow rows of what still has to travel; deleted when it has. The history is in messages and attempts.
create table outbox.queue (
  club_id bigint not null,
  message_id uuid not null,
  purpose text not null default 'campaign' check (purpose in ('campaign', 'answer', 'confirmation')),
  run_at timestamptz not null,
  attempt integer not null default 0,
  first_attempt integer not null default 0,
  token uuid,
  leased_until timestamptz,
  send_started_at timestamptz,
  primary key (club_id, message_id),
  foreign key (club_id, message_id) references outbox.messages (club_id, message_id) on delete cascade
);
create index queue_due on outbox.queue (club_id, run_at) where purpose = 'campaign';
create index queue_answers_due on outbox.queue (club_id, run_at) where purpose <> 'campaign';
create index queue_leased on outbox.queue (leased_until) where leased_until is not null;
-- Every message that goes out leaves dead rows at the very place where the next claim looks, however many wait: cleared away each
-- time autovacuum comes by, at full speed, and not once a fifth of all rows is dead.
alter table outbox.queue set (
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 1000,
  autovacuum_vacuum_cost_delay = 0,
  autovacuum_analyze_scale_factor = 0,
  autovacuum_analyze_threshold = 10000
);
comment on table outbox.queue is 'One narrow row per message that still has to travel.';
comment on column outbox.queue.first_attempt is 'The attempts made before it was last queued: tries are counted from here.';
comment on column outbox.queue.token is 'Fencing token of the worker that holds the lease; only it may report.';
comment on column outbox.queue.send_started_at is 'Committed before the call to WhatsApp: a lease that ends after this leaves the message uncertain.';

create table outbox.attempts (
  club_id bigint not null,
  message_id uuid not null,
  attempt integer not null,
  token uuid not null,
  claimed_at timestamptz not null,
  finished_at timestamptz,
  outcome text check (outcome in ('accepted', 'retry', 'final', 'uncertain', 'not_started')),
  error_code integer,
  error text,
  primary key (club_id, message_id, attempt),
  foreign key (club_id, message_id) references outbox.messages (club_id, message_id) on delete cascade
);
comment on table outbox.attempts is 'One row per attempt to send a message, with its error.';

alter table outbox.messages enable row level security;
alter table outbox.queue enable row level security;
alter table outbox.attempts enable row level security;
grant select on outbox.messages, outbox.queue, outbox.attempts to authenticated;
create policy "operators read the messages of their clubs" on outbox.messages
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "operators read the queue of their clubs" on outbox.queue
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "operators read the attempts of their clubs" on outbox.attempts
  for select to authenticated using (club_id in (select core.my_clubs()));

create function outbox.enqueue_approved(p_club_id bigint, p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  enqueued bigint;
begin
  with message as (
    insert into outbox.messages (
      club_id, draft_id, client_id, phone, form, template_name, template_language, parameters, rendered, version, queued_at
    )
    select
      draft.club_id,
      draft.draft_id,
      draft.client_id,
      client.phone,
      draft.form,
      draft.template_name,
      draft.template_language,
      wording.parameters,
      wording.rendered,
      draft.version,
      p_now
    from campaigns.drafts as draft
    join crm.clients as client using (club_id, client_id)
    join campaigns.draft_versions as wording using (club_id, draft_id, version)
    where draft.club_id = p_club_id
      and draft.status = 'approved'
      and client.phone is not null
      and not exists (
        select from outbox.messages as known
        where known.club_id = draft.club_id and known.draft_id = draft.draft_id
      )
    on conflict (club_id, draft_id) do nothing
    returning club_id, message_id
  )
  insert into outbox.queue (club_id, message_id, run_at)
  select message.club_id, message.message_id, p_now from message;
  get diagnostics enqueued = row_count;
  return enqueued;
end
$$;
comment on function outbox.enqueue_approved is
  'Puts the approved version of every approved draft into the outbox, once; returns how many. Safe to repeat.';
