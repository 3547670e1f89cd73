-- One row per hint of the booking platform that something changed. A hint is nobody's word: its sender signs nothing, so it only
-- says what to ask the platform for, and what counts is the answer. Losing one loses nothing: the minute's tick sees the change too.
create table crm.hints (
  club_id bigint not null references core.clubs on delete cascade,
  hint_id bigint generated always as identity,
  entity text not null constraint entity_is_mirrored check (crm.is_live(entity) is not null),
  external_id text,
  operation text not null check (operation in ('create', 'update', 'delete')),
  dedupe_key text not null,
  received_at timestamptz not null,
  due_at timestamptz not null,
  settled_at timestamptz,
  error text,
  primary key (club_id, hint_id),
  unique (club_id, dedupe_key)
);
create index hints_open on crm.hints (club_id, due_at) where settled_at is null;
create index hints_settled on crm.hints (club_id, settled_at) where settled_at is not null;
comment on table crm.hints is 'One row per webhook of the platform: what to ask it for; settled once it was asked, kept for a week after.';
comment on column crm.hints.external_id is 'Of the row that is said to have changed; null when the platform does not name one.';
comment on column crm.hints.due_at is 'When somebody may look into it; whoever does moves it on, so that it comes back if they fail.';
comment on column crm.hints.error is 'Why the platform could not be asked; asking again would not help.';
alter table crm.hints enable row level security;

create function crm.store_hint(
  p_club_id bigint, p_entity text, p_external_id text, p_operation text, p_dedupe_key text, p_now timestamptz
) returns boolean
language plpgsql set search_path = '' as $$
begin
  delete from crm.hints as old
  where old.club_id = p_club_id and old.settled_at < p_now - interval '7 days';

  -- The same again is a repetition at first; once the first is settled and ten minutes old, it is worth another look.
  insert into crm.hints as known (club_id, entity, external_id, operation, dedupe_key, received_at, due_at)
  values (p_club_id, p_entity, p_external_id, p_operation, p_dedupe_key, p_now, p_now)
  on conflict (club_id, dedupe_key) do update set
    received_at = excluded.received_at,
    due_at = excluded.due_at,
    settled_at = null,
    error = null
  where known.settled_at is not null and known.received_at <= p_now - interval '10 minutes';
  return found;
end
$$;
comment on function crm.store_hint is
  'Stores a hint and forgets those settled a week ago; false when the same one is waiting or came in the last ten minutes.';

create function crm.claim_hints(p_club_id bigint, p_limit integer, p_lease_seconds integer, p_now timestamptz)
returns setof crm.hints
language sql set search_path = '' as $$
  with due as (
    select hint.hint_id
    from crm.hints as hint
    where hint.club_id = p_club_id and hint.settled_at is null and hint.due_at <= p_now
    order by hint.hint_id
    limit p_limit
    for update skip locked
  )
  update crm.hints as hint
  set due_at = p_now + make_interval(secs => p_lease_seconds)
  from due
  where hint.club_id = p_club_id and hint.hint_id = due.hint_id
  returning hint.*
$$;
comment on function crm.claim_hints is 'The oldest hints that are due; until the lease is over nobody else gets them.';

create function crm.settle_hints(p_club_id bigint, p_hint_ids bigint[], p_error text, p_now timestamptz) returns bigint
language sql set search_path = '' as $$
  with settled as (
    update crm.hints as hint
    set settled_at = p_now, error = p_error
    where hint.club_id = p_club_id and hint.hint_id = any (p_hint_ids) and hint.settled_at is null
    returning 1
  )
  select count(*) from settled
$$;
comment on function crm.settle_hints is 'Notes that hints were looked into, or why that is of no use; how many.';

create function crm.apply_looked_up(
  p_club_id bigint, p_entity text, p_rows jsonb, p_quarantined jsonb, p_missing text[], p_now timestamptz
) returns bigint
language plpgsql set search_path = '' as $$
declare
  taken record;
  archived bigint := 0;
begin
  select * into taken from crm.take_in(p_club_id, p_entity, p_rows, p_quarantined, p_now);
  -- The next tick finds these rows as they are, and would not know that their clients' cards may have changed with them.
  perform crm.mark_card_checks(
    p_club_id, p_entity, crm.changed_ids(p_club_id, p_entity, taken.fields_before, p_rows), p_now
  );
  -- Of clients there is no other sign before the next whole listing. A booking that is not found may be one we may not see.
  if p_entity = 'clients' then
    archived := crm.archive_rows(p_club_id, p_entity, p_missing, p_now);
  end if;
  return taken.changed_rows + archived;
end
$$;
comment on function crm.apply_looked_up is
  'Applies rows that were asked for by id, and archives the clients that were said to be deleted and are not there; how many rows changed.';
