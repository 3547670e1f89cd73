-- Every night the rollup is compared with a full recomputation. A difference is an incident: it is kept and shown until a person
-- has it repaired, since a rollup that was wrong once is wrong for a reason.
create table stats.comparisons (
  club_id bigint not null references core.clubs on delete cascade,
  comparison_id bigint generated always as identity,
  as_of date not null,
  compared_at timestamptz not null,
  clients_compared bigint not null,
  clients_different bigint not null,
  repaired_at timestamptz,
  repaired_by uuid,
  primary key (club_id, comparison_id)
);
create index comparisons_by_time on stats.comparisons (club_id, compared_at desc);
comment on table stats.comparisons is 'One row per comparison of a club''s rollup with the full recomputation.';
comment on column stats.comparisons.repaired_at is 'When somebody had the differing clients recomputed; null with differences: an open incident.';

create table stats.differences (
  club_id bigint not null,
  comparison_id bigint not null,
  client_id bigint not null,
  fields jsonb not null,
  primary key (club_id, comparison_id, client_id),
  foreign key (club_id, comparison_id) references stats.comparisons (club_id, comparison_id) on delete cascade
);
comment on table stats.differences is 'One row per client whose rollup row is not the recomputed one.';
comment on column stats.differences.fields is '{field: {"rollup": …, "replay": …}} for each that differs; a missing row differs in all.';

alter table stats.comparisons enable row level security;
alter table stats.differences enable row level security;
grant select on stats.comparisons, stats.differences to authenticated;
create policy "operators read the comparisons of their clubs" on stats.comparisons
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "operators read the differences in their clubs" on stats.differences
  for select to authenticated using (club_id in (select core.my_clubs()));

create function stats.compare(p_club_id bigint, p_now timestamptz) returns bigint
language sql set search_path = '' as $$
  -- One statement, one snapshot: the rollup, its day, who waits for a refresh and the facts are of one moment, so that no refresh
  -- need wait meanwhile. Who waits is left out, everybody else must be equal.
  with day as materialized (
    select known.as_of from stats.club_days as known where known.club_id = p_club_id
  ),
  waiting as materialized (
    select distinct dirty.client_id from stats.dirty_clients as dirty where dirty.club_id = p_club_id
  ),
  rollup as (
    select kept.client_id, kept as facts from stats.client_stats as kept where kept.club_id = p_club_id
  ),
  replay as (
    select recomputed.client_id, recomputed as facts
    from day
    cross join lateral stats.replay(p_club_id, day.as_of) as recomputed
  ),
  pair as materialized (
    select
      client_id,
      rollup.facts as rolled_up,
      replay.facts as replayed,
      rollup.facts is distinct from replay.facts as is_different
    from rollup
    full join replay using (client_id)
    where client_id not in (select waiting.client_id from waiting)
  ),
  counted as (
    select count(*) as clients, count(*) filter (where pair.is_different) as different_clients from pair
  ),
  comparison as (
    insert into stats.comparisons (club_id, as_of, compared_at, clients_compared, clients_different)
    select p_club_id, day.as_of, p_now, counted.clients, counted.different_clients
    from day
    cross join counted
    returning comparison_id, clients_different
  ),
  difference as (
    insert into stats.differences (club_id, comparison_id, client_id, fields)
    select
      p_club_id,
      comparison.comparison_id,
      pair.client_id,
      (
        select jsonb_object_agg(
          field.name,
          jsonb_build_object('rollup', side.rolled_up -> field.name, 'replay', side.replayed -> field.name)
        )
        from (select to_jsonb(pair.rolled_up) as rolled_up, to_jsonb(pair.replayed) as replayed) as side
        cross join jsonb_object_keys(coalesce(side.rolled_up, side.replayed)) as field (name)
        where side.rolled_up -> field.name is distinct from side.replayed -> field.name
      )
    from comparison
    cross join pair
    where pair.is_different
  )
  select comparison.clients_different from comparison
$$;
comment on function stats.compare is
  'Compares a club''s rollup with the full recomputation of the day it stands at and keeps every difference; returns how many clients differ, null before the first refresh.';

create function stats.repair(p_club_id bigint, p_by uuid, p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  marked bigint;
begin
  -- The clients are marked like any who were touched: the next refresh recomputes them.
  with settled as (
    update stats.comparisons as comparison
    set repaired_at = p_now, repaired_by = p_by
    where comparison.club_id = p_club_id
      and comparison.clients_different > 0
      and comparison.repaired_at is null
    returning comparison.comparison_id
  ),
  marked_client as (
    insert into stats.dirty_clients (club_id, client_id)
    select distinct p_club_id, difference.client_id
    from settled
    join stats.differences as difference
      on difference.club_id = p_club_id
      and difference.comparison_id = settled.comparison_id
    returning 1
  )
  select count(*) into marked from marked_client;
  return marked;
end
$$;
comment on function stats.repair is 'Has the clients of all open incidents recomputed by the next refresh, and notes who asked; returns how many.';

create function stats.is_comparison_due(p_club_id bigint, p_now timestamptz) returns boolean
language sql stable set search_path = '' as $$
  -- An hour after the nightly rebuild of the mirror begins, once a local day.
  select (p_now at time zone club.timezone)::time >= setting.rebuild_at + interval '1 hour'
    and not exists (
      select
      from stats.comparisons as comparison
      where comparison.club_id = p_club_id
        and (comparison.compared_at at time zone club.timezone)::date = (p_now at time zone club.timezone)::date
    )
  from core.clubs as club
  join core.settings as setting using (club_id)
  where club.club_id = p_club_id
$$;
comment on function stats.is_comparison_due is 'Whether a club''s rollup is to be compared now: once a local day, from an hour after the nightly rebuild begins.';
