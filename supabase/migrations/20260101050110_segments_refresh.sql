-- Today's segment of each client, and every change with its date and reason.
create table segments.client_segments (
  club_id bigint not null,
  client_id bigint not null,
  segment text,
  since_date date not null,
  turns_date date,
  primary key (club_id, client_id),
  foreign key (club_id, client_id) references crm.clients (club_id, client_id) on delete cascade
);
create index client_segments_by_turn on segments.client_segments (club_id, turns_date);
comment on table segments.client_segments is
  'One row per client who ever visited, on the club''s day. Why they are in it changes every day and is said by segments.members.';
-- Hundreds of rows are written within the first second of a day: what the client's row vouches for is not asked again of the club,
-- nor the codes, which come from segments.definitions and nowhere else.
comment on column segments.client_segments.segment is 'The segment; null: unsegmented.';
comment on column segments.client_segments.since_date is
  'Since when; the day the history begins (segments.histories) for who was in it then.';
comment on column segments.client_segments.turns_date is
  'The next day on which the segment may change although nothing happens; null: never.';

-- No reference to the client: to ask for one row a change would lock, and so write, a row of crm.clients for each. Clients go with
-- their club only, and so do their changes.
create table segments.changes (
  club_id bigint not null references core.clubs on delete cascade,
  change_id bigint generated always as identity,
  client_id bigint not null,
  changed_date date not null,
  from_segment text,
  to_segment text,
  reason text not null,
  basis text not null default 'known' check (basis in ('known', 'replayed')),
  primary key (club_id, change_id),
  check (from_segment is distinct from to_segment)
);
create index changes_by_client on segments.changes (club_id, client_id, changed_date, basis desc, change_id);
create index changes_by_date on segments.changes (club_id, changed_date);
comment on table segments.changes is
  'One row per change of a client''s segment; null is unsegmented. In the order of changed_date, basis descending, change_id.';
comment on column segments.changes.basis is
  'known: noticed on the day; replayed: computed later from the visits, for the days before the club was connected.';

create table segments.histories (
  club_id bigint primary key references core.clubs on delete cascade,
  begins_date date not null,
  known_date date
);
comment on table segments.histories is
  'The first day of which the segments of a club are known: since its first refresh, and further back with every day replayed.';
comment on column segments.histories.known_date is
  'The day of the first refresh, from which on changes were noticed as they came; null while no earlier day is replayed.';

-- What the stored segments were decided on: when it is no longer so, everybody is decided again.
create table segments.club_days (
  club_id bigint primary key references core.clubs on delete cascade,
  as_of date not null,
  vip_threshold_minor bigint,
  settings_hash text not null
);
comment on table segments.club_days is 'One row per club: the day, the VIP threshold and the settings its client_segments were decided on.';

do $$
declare
  room text;
begin
  foreach room in array array['client_segments', 'changes', 'histories', 'club_days'] loop
    execute format('alter table segments.%I enable row level security', room);
    execute format('grant select on segments.%I to authenticated', room);
    execute format(
      'create policy "operators read the segments of their clubs" on segments.%I
         for select to authenticated using (club_id in (select core.my_clubs()))',
      room
    );
  end loop;
end
$$;

create function segments.moves(p_club_id bigint, p_as_of date, p_client_ids bigint[])
returns table (client_id bigint, from_segment text, to_segment text, reason text, turns_date date)
-- The rows asked for lie in memory: a few thousand are fetched one by one rather than all of them read.
language plpgsql stable set search_path = '' set random_page_cost = 1 rows 100 as $$
begin
  return query execute segments.query(
    p_club_id, p_as_of,
    format(
      'client.client_id, kept.segment, placed.segment, case when placed.segment is distinct from kept.segment then %s end, turn.day',
      segments.reason_sql()
    ),
    'stats.client_stats',
    format(
      'cross join lateral (select %s as day offset 0) as turn
       left join segments.client_segments as kept
         on kept.club_id = client.club_id
         and kept.client_id = client.client_id
       where client.last_visit_date is not null
         and ($1 is null or client.client_id = any ($1))
         and (kept.client_id is null or (kept.segment, kept.turns_date) is distinct from (placed.segment, turn.day))',
      segments.turns_sql()
    ),
    p_is_fenced => true
  ) using p_client_ids;
end
$$;
comment on function segments.moves is
  'Whose stored segment or turn is not that of a day at which the rollup stands: of all clients who ever visited, or those named.';

create function segments.refresh(p_club_id bigint, p_as_of date, p_client_ids bigint[] default null) returns bigint
language plpgsql set search_path = '' set plan_cache_mode = 'force_custom_plan' set random_page_cost = 1 as $$
declare
  is_first boolean;
  changed_clients bigint;
begin
  if not exists (select from stats.club_days as day where day.club_id = p_club_id and day.as_of = p_as_of) then
    raise exception 'The rollup of club % does not stand at %: run stats.refresh for that day first.', p_club_id, p_as_of
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  -- Where everybody is found on the first day is no change: since when they are there is for the replay to say.
  insert into segments.histories (club_id, begins_date) values (p_club_id, p_as_of) on conflict do nothing;
  is_first := found;

  with move as materialized (
    select * from segments.moves(p_club_id, p_as_of, p_client_ids)
  ),
  gone as (
    -- Deleted, or no visit of theirs counts any more.
    delete from segments.client_segments as kept
    using (
      select asked.client_id from unnest(p_client_ids) as asked (client_id)
      union all
      select known.client_id
      from segments.client_segments as known
      where p_client_ids is null
        and known.club_id = p_club_id
    ) as whom
    where kept.club_id = p_club_id
      and kept.client_id = whom.client_id
      and (
        select client.last_visit_date
        from stats.client_stats as client
        where client.club_id = p_club_id
          and client.client_id = whom.client_id
      ) is null
    returning kept.client_id, kept.segment as from_segment
  ),
  stored as (
    insert into segments.client_segments as kept (club_id, client_id, segment, since_date, turns_date)
    select p_club_id, move.client_id, move.to_segment, p_as_of, move.turns_date
    from move
    on conflict (club_id, client_id) do update set
      since_date = case when kept.segment is not distinct from excluded.segment then kept.since_date else excluded.since_date end,
      segment = excluded.segment,
      turns_date = excluded.turns_date
  ),
  change as (
    select move.client_id, move.from_segment, move.to_segment, move.reason
    from move
    where move.from_segment is distinct from move.to_segment
    union all
    select gone.client_id, gone.from_segment, null, 'no visit of theirs counts any more'
    from gone
    where gone.from_segment is not null
  ),
  recorded as (
    insert into segments.changes (club_id, client_id, changed_date, from_segment, to_segment, reason)
    select p_club_id, change.client_id, p_as_of, change.from_segment, change.to_segment, change.reason
    from change
    where not is_first
  )
  select count(*) into changed_clients from change;
  return changed_clients;
end
$$;
comment on function segments.refresh is
  'Stores the segment of each client, or of those named, for the day the rollup stands at, with every change; returns how many clients changed.';

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

create function segments.due(p_club_id bigint, p_as_of date) returns bigint[]
language sql stable set search_path = '' as $$
  select coalesce(array_agg(kept.client_id), '{}')
  from segments.client_segments as kept
  where kept.club_id = p_club_id
    and kept.turns_date <= p_as_of
$$;
comment on function segments.due is 'Clients whose segment may have changed by a day although nothing happened to them.';
