-- A member wrote to the club: until a person has dealt with it, no scenario and no campaign writes to them.
-- One row per club, phone and spell; at most one is open. Kept, closed, with who closed it.
create table campaigns.conversations (
  club_id bigint not null references core.clubs on delete cascade,
  conversation_id bigint generated always as identity,
  client_id bigint not null,
  phone text not null,
  kind text not null check (kind in ('reply', 'unclear_wish')),
  opened_at timestamptz not null,
  last_inbound_at timestamptz not null,
  answered_at timestamptz,
  closed_at timestamptz,
  closed_by text,
  close_reason text,
  primary key (club_id, conversation_id),
  foreign key (club_id, client_id) references crm.clients (club_id, client_id) on delete cascade
);
create unique index conversations_open on campaigns.conversations (club_id, phone) where closed_at is null;
create index conversations_by_client on campaigns.conversations (club_id, client_id, opened_at desc);
comment on table campaigns.conversations is 'One row per spell in which a member writes with the club; while it is open, nothing else is sent to them.';
comment on column campaigns.conversations.kind is
  'reply: an answer or a question; unclear_wish: perhaps they want no more messages, which a person must decide.';

alter table campaigns.conversations enable row level security;
grant select on campaigns.conversations to authenticated;
create policy "operators read the conversations of their clubs" on campaigns.conversations
  for select to authenticated using (club_id in (select core.my_clubs()));

create function campaigns.note_conversation(
  p_club_id bigint, p_client_id bigint, p_phone text, p_is_unclear_wish boolean, p_at timestamptz, p_now timestamptz
) returns bigint
language sql set search_path = '' as $$
  insert into campaigns.conversations as known (club_id, client_id, phone, kind, opened_at, last_inbound_at)
  values (
    p_club_id, p_client_id, p_phone, case when p_is_unclear_wish then 'unclear_wish' else 'reply' end, least(p_at, p_now), least(p_at, p_now)
  )
  on conflict (club_id, phone) where closed_at is null do update set
    kind = case when p_is_unclear_wish then 'unclear_wish' else known.kind end,
    last_inbound_at = greatest(known.last_inbound_at, excluded.last_inbound_at)
  returning conversation_id
$$;
comment on function campaigns.note_conversation is
  'Opens the conversation with a phone, or prolongs the open one, for a message of a member''s at p_at; returns its id.';

create function campaigns.close_conversation(
  p_club_id bigint, p_conversation_id bigint, p_reason text, p_actor text, p_now timestamptz
) returns boolean
language plpgsql set search_path = '' as $$
begin
  update campaigns.conversations as known
  set closed_at = p_now, closed_by = p_actor, close_reason = p_reason
  where known.club_id = p_club_id
    and known.conversation_id = p_conversation_id
    and known.closed_at is null;
  return found;
end
$$;
comment on function campaigns.close_conversation is 'Closes an open conversation; false when it is not open any more.';
