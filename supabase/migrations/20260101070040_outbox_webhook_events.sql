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
comment on table outbox.webhook_events is 'One row per update received from Meta, as it came; duplicates are recognised by their key.';
alter table outbox.webhook_events enable row level security;

create table outbox.replies (
  club_id bigint not null references core.clubs on delete cascade,
  reply_id bigint generated always as identity,
  wamid text not null,
  client_id bigint,
  phone text not null,
  body text not null,
  is_opt_out boolean not null,
  replied_at timestamptz not null,
  primary key (club_id, reply_id),
  unique (club_id, wamid)
);
create index replies_by_client on outbox.replies (club_id, client_id, replied_at desc);
comment on table outbox.replies is 'One row per message a member wrote to the club.';
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

create function outbox.is_opt_out(p_text text) returns boolean
language sql immutable set search_path = '' as $$
  -- STOP and its kin, alone in the message: case, punctuation and spaces do not matter.
  select lower(regexp_replace(coalesce(p_text, ''), '[^[:alpha:]]+', '', 'g')) in (
    'stop', 'stopp', 'unsubscribe', 'optout', 'end', 'quit', 'cancel',
    'odhlásit', 'odhlasit', 'odhlaste', 'odhlášení', 'odhlaseni', 'konec', 'zrušit', 'zrusit',
    'стоп', 'відписатися', 'відписатись', 'відписка', 'відпишіть', 'отписаться', 'отписать', 'отписка', 'отпишите',
    'отпиши', 'отписване', 'спри', 'спрете', 'край'
  )
$$;
comment on function outbox.is_opt_out is 'Whether a reply is one of the words that stop marketing, in cs, uk, ru, en or bg.';

create function outbox.delivery_rank(p_delivery text) returns integer
language sql immutable set search_path = '' as $$
  select array_position(array['accepted', 'held', 'sent', 'failed', 'delivered', 'read'], p_delivery)
$$;
comment on function outbox.delivery_rank is 'Order of delivery states: a message only moves up; failed counts until delivery is seen.';
