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

-- What the stored segments were decided on: when it is no longer so, everybody is decided again.
create table segments.club_days (
  club_id bigint primary key references core.clubs on delete cascade,
  as_of date not null,
  vip_threshold_minor bigint,
  settings_hash text not null
);
comment on table segments.club_days is 'One row per club: the day, the VIP threshold and the settings its client_segments were decided on.';
alter table segments.club_days enable row level security;
grant select on segments.club_days to authenticated;
create policy "operators read on what the segments of their clubs were decided" on segments.club_days
  for select to authenticated using (club_id in (select core.my_clubs()));

create function segments.refresh(p_club_id bigint, p_as_of date, p_client_ids bigint[] default null) returns bigint
language plpgsql set search_path = '' set plan_cache_mode = 'force_custom_plan' as $$
declare
  changed_clients bigint;
begin
  with decided as materialized (
    select * from segments.decide(p_club_id, p_as_of, p_client_ids)
  ),
  mine as (
    select member.client_id, member.segment
    from segments.client_segments as member
    where member.club_id = p_club_id
      and (p_client_ids is null or member.client_id = any (p_client_ids))
  ),
  difference as (
    select
      coalesce(decided.client_id, mine.client_id) as client_id,
      mine.segment as from_segment,
      decided.segment as to_segment,
      coalesce(decided.reason, 'no rule holds any more') as reason
    from decided
    full join mine on mine.client_id = decided.client_id
    where mine.segment is distinct from decided.segment
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
comment on function segments.refresh is
  'Stores the segment of the day of each client, or of those named, with every change; returns how many clients changed.';

create function segments.between_thresholds(p_club_id bigint, p_one_minor bigint, p_other_minor bigint) returns bigint[]
language sql stable set search_path = '' as $$
  -- Who is VIP under the one threshold and not under the other; null is a threshold that nobody reaches.
  select coalesce(array_agg(client.client_id), '{}')
  from stats.client_stats as client
  where client.club_id = p_club_id
    and client.ltv_minor > 0
    and ((client.ltv_minor >= p_one_minor) is true) <> ((client.ltv_minor >= p_other_minor) is true)
    and client.ltv_minor >= least(p_one_minor, p_other_minor)
$$;
comment on function segments.between_thresholds is 'Clients whom a moved VIP threshold concerns.';

create function segments.tick(p_club_id bigint, p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  today date := core.local_date(p_club_id, p_now);
  touched bigint[];
  decided_on segments.club_days;
  threshold bigint;
  settings_hash text;
  changed_clients bigint;
begin
  -- The lock of stats.refresh, taken before looking: who started before midnight and waited here behind a refresh of the new day
  -- does not turn the day back.
  perform pg_advisory_xact_lock(hashtextextended('stats.refresh', p_club_id));
  select greatest(today, day.as_of) into today
  from stats.club_days as day
  where day.club_id = p_club_id
    and p_now > day.refreshed_at - interval '1 hour';
  today := coalesce(today, core.local_date(p_club_id, p_now));
  -- Rollup and segments move together, in the caller's transaction.
  touched := stats.refresh(p_club_id, today, p_now);
  threshold := stats.vip_threshold(p_club_id, today);
  select md5((to_jsonb(setting) - 'updated_at')::text) into settings_hash
  from core.settings as setting
  where setting.club_id = p_club_id;

  select * into decided_on from segments.club_days as day where day.club_id = p_club_id;
  if (decided_on.as_of, decided_on.settings_hash) is distinct from (today, settings_hash) then
    changed_clients := segments.refresh(p_club_id, today);
  else
    if decided_on.vip_threshold_minor is distinct from threshold then
      touched := touched || segments.between_thresholds(p_club_id, decided_on.vip_threshold_minor, threshold);
    end if;
    changed_clients := case
      when cardinality(touched) = 0 then 0
      else segments.refresh(p_club_id, today, touched)
    end;
  end if;

  insert into segments.club_days (club_id, as_of, vip_threshold_minor, settings_hash)
  values (p_club_id, today, threshold, settings_hash)
  on conflict (club_id) do update set
    as_of = excluded.as_of,
    vip_threshold_minor = excluded.vip_threshold_minor,
    settings_hash = excluded.settings_hash;
  return changed_clients;
end
$$;
comment on function segments.tick is
  'Brings a club''s rollup and segments to now: the touched clients, all of them on a new day or with new settings; returns how many changed segment.';
