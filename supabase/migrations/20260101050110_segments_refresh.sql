-- Today's segment of each client who is in one, and every change with its date and reason.
create table segments.client_segments (
  club_id bigint not null references core.clubs on delete cascade,
  client_id bigint not null,
  segment text not null references segments.definitions (code),
  reason text not null,
  since_date date not null,
  primary key (club_id, client_id),
  foreign key (club_id, client_id) references crm.clients (club_id, client_id) on delete cascade
);
create index client_segments_by_segment on segments.client_segments (club_id, segment);
comment on table segments.client_segments is 'One row per client who is in a segment on the club''s day; the unsegmented have none.';

create table segments.changes (
  club_id bigint not null references core.clubs on delete cascade,
  change_id bigint generated always as identity,
  client_id bigint not null,
  changed_date date not null,
  from_segment text references segments.definitions (code),
  to_segment text references segments.definitions (code),
  reason text not null,
  primary key (club_id, change_id),
  foreign key (club_id, client_id) references crm.clients (club_id, client_id) on delete cascade,
  check (from_segment is distinct from to_segment)
);
create index changes_by_client on segments.changes (club_id, client_id, changed_date);
create index changes_by_date on segments.changes (club_id, changed_date);
comment on table segments.changes is 'One row per change of a client''s segment; null is unsegmented.';

alter table segments.client_segments enable row level security;
alter table segments.changes enable row level security;
grant select on segments.client_segments, segments.changes to authenticated;
create policy "operators read the segments of their clients" on segments.client_segments
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "operators read the segment changes of their clients" on segments.changes
  for select to authenticated using (club_id in (select core.my_clubs()));

create function segments.refresh(p_club_id bigint, p_as_of date) returns bigint
language plpgsql set search_path = '' as $$
declare
  changed_clients bigint;
begin
  with decided as materialized (
    select * from segments.decide(p_club_id, p_as_of)
  ),
  difference as (
    select
      coalesce(decided.client_id, known.client_id) as client_id,
      known.segment as from_segment,
      decided.segment as to_segment,
      coalesce(decided.reason, 'no rule holds any more') as reason
    from decided
    full join (select * from segments.client_segments as mine where mine.club_id = p_club_id) as known
      on known.client_id = decided.client_id
    where known.segment is distinct from decided.segment
  ),
  recorded as (
    insert into segments.changes (club_id, client_id, changed_date, from_segment, to_segment, reason)
    select p_club_id, difference.client_id, p_as_of, difference.from_segment, difference.to_segment, difference.reason
    from difference
    returning 1
  ),
  removed as (
    delete from segments.client_segments as known
    using difference
    where known.club_id = p_club_id
      and known.client_id = difference.client_id
      and difference.to_segment is null
  ),
  stored as (
    insert into segments.client_segments as known (club_id, client_id, segment, reason, since_date)
    select p_club_id, decided.client_id, decided.segment, decided.reason, p_as_of
    from decided
    on conflict (club_id, client_id) do update set
      since_date = case when known.segment = excluded.segment then known.since_date else excluded.since_date end,
      segment = excluded.segment,
      reason = excluded.reason
    where (known.segment, known.reason) is distinct from (excluded.segment, excluded.reason)
  )
  select count(*) into changed_clients from recorded;
  return changed_clients;
end
$$;
comment on function segments.refresh is 'Stores each client''s segment of the day with every change; returns how many clients changed.';

create function segments.tick(p_club_id bigint, p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  today date := core.local_date(p_club_id, p_now);
begin
  -- Rollup and segments move together, in the caller's transaction.
  perform stats.refresh(p_club_id, today, p_now);
  return segments.refresh(p_club_id, today);
end
$$;
comment on function segments.tick is 'Brings a club''s rollup and segments to now; returns how many clients changed segment.';
