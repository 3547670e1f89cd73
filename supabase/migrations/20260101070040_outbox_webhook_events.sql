-- Every update of Meta's webhooks, stored before it is understood. An update belongs to the number, not yet to a club, so this
-- table has no club: which clubs it concerns is known once it is processed.
create table outbox.webhook_events (
  event_id bigint generated always as identity primary key,
  dedupe_key text not null unique,
  kind text not null check (kind in ('status', 'message', 'user_preference', 'other')),
  payload jsonb not null,
  received_at timestamptz not null,
  processed_at timestamptz,
  error text
);
create index webhook_events_waiting on outbox.webhook_events (event_id) where processed_at is null;
create index webhook_events_with_problems on outbox.webhook_events (event_id) where error is not null;
comment on table outbox.webhook_events is 'One row per update received from Meta, as it came; duplicates are recognised by their key.';
comment on column outbox.webhook_events.error is 'What a person must do about it, or why it was not understood; null once it was.';
alter table outbox.webhook_events enable row level security;

create table outbox.replies (
  club_id bigint not null references core.clubs on delete cascade,
  reply_id bigint generated always as identity,
  wamid text not null,
  client_id bigint,
  phone text not null,
  -- As WhatsApp calls it: text, image, button, reaction.
  type text not null default 'text',
  body text not null,
  is_opt_out boolean not null,
  message_id uuid,
  replied_at timestamptz not null,
  primary key (club_id, reply_id),
  unique (club_id, wamid),
  foreign key (club_id, message_id) references outbox.messages (club_id, message_id) on delete set null (message_id)
);
create index replies_by_client on outbox.replies (club_id, client_id, replied_at desc);
comment on table outbox.replies is 'One row per message a member wrote to the club.';
comment on column outbox.replies.message_id is 'The message of ours it answers, where the member pointed at one.';
alter table outbox.replies enable row level security;
grant select on outbox.replies to authenticated;
create policy "operators read the replies of their members" on outbox.replies
  for select to authenticated using (club_id in (select core.my_clubs()));

create function outbox.store_events(p_events jsonb, p_now timestamptz) returns bigint
language sql set search_path = '' as $$
  with stored as (
    insert into outbox.webhook_events (dedupe_key, kind, payload, received_at)
    select distinct on (given.dedupe_key) given.dedupe_key, given.kind, given.payload, p_now
    from jsonb_to_recordset(p_events) as given (dedupe_key text, kind text, payload jsonb)
    order by given.dedupe_key
    on conflict (dedupe_key) do nothing
    returning 1
  )
  select count(*) from stored
$$;
comment on function outbox.store_events is 'Stores updates of Meta as they came; returns how many were new.';
