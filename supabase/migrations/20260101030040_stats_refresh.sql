-- Brings the rollup to a day by idempotent recompute of whom it concerns: the touched, and those for whom time passed.
-- One transaction, one refresher per club at a time.
create function stats.recompute(p_club_id bigint, p_as_of date, p_client_ids bigint[]) returns boolean
language sql set search_path = '' as $$
  with fresh as materialized (
    select replayed.* from stats.replay(p_club_id, p_as_of, p_client_ids) as replayed
  ),
  known as materialized (
    select rollup.client_id, rollup.ltv_minor
    from stats.client_stats as rollup
    where rollup.club_id = p_club_id
      and rollup.client_id = any (p_client_ids)
  ),
  removed as (
    delete from stats.client_stats as rollup
    using known
    where rollup.club_id = p_club_id
      and rollup.client_id = known.client_id
      and not exists (select from fresh where fresh.client_id = known.client_id)
  ),
  stored as (
    insert into stats.client_stats as rollup
    select fresh.* from fresh
    on conflict (club_id, client_id) do update set
      first_visit_date = excluded.first_visit_date,
      last_visit_date = excluded.last_visit_date,
      visits_total = excluded.visits_total,
      visits_7d = excluded.visits_7d,
      visits_30d = excluded.visits_30d,
      visits_previous_30d = excluded.visits_previous_30d,
      first_pt_visit_date = excluded.first_pt_visit_date,
      last_pt_visit_date = excluded.last_pt_visit_date,
      pt_visits_total = excluded.pt_visits_total,
      pt_visits_30d = excluded.pt_visits_30d,
      pt_visits_previous_30d = excluded.pt_visits_previous_30d,
      cadence_days = excluded.cadence_days,
      ltv_minor = excluded.ltv_minor,
      first_membership_date = excluded.first_membership_date
    where rollup.* is distinct from excluded.*
  )
  select exists (
    select
    from fresh
    full join known using (client_id)
    where greatest(fresh.ltv_minor, 0) <> greatest(known.ltv_minor, 0)
  )
$$;
comment on function stats.recompute is
  'Recomputes the rollup rows of these clients as of a day; true when an LTV above zero came, went or changed.';

create function stats.refresh(p_club_id bigint, p_as_of date, p_now timestamptz) returns bigint[]
language plpgsql set search_path = '' set plan_cache_mode = 'force_custom_plan' as $$
declare
  stands_at date;
  touched bigint[];
  has_ltv_moved boolean;
begin
  perform pg_advisory_xact_lock(hashtextextended('stats.refresh', p_club_id));

  select day.as_of into stands_at
  from stats.club_days as day
  where day.club_id = p_club_id;

  with drained as (
    delete from stats.dirty_clients as dirty
    where dirty.club_id = p_club_id
    returning dirty.client_id
  )
  select coalesce(array_agg(distinct drained.client_id), '{}') into touched from drained;

  if stands_at is null then
    select coalesce(array_agg(client.client_id), '{}') into touched
    from crm.clients as client
    where client.club_id = p_club_id;
  elsif stands_at <> p_as_of then
    select coalesce(array_agg(distinct whom.client_id), '{}') into touched
    from unnest(touched || stats.turned_clients(p_club_id, stands_at, p_as_of)) as whom (client_id);
  end if;

  if cardinality(touched) > 0 then
    has_ltv_moved := stats.recompute(p_club_id, p_as_of, touched);
  end if;

  insert into stats.club_days (club_id, as_of, refreshed_at)
  values (p_club_id, p_as_of, p_now)
  on conflict (club_id) do update set as_of = excluded.as_of, refreshed_at = excluded.refreshed_at;
  if has_ltv_moved then
    update stats.club_days as day
    set vip_percentile_minor = stats.vip_percentile_of_rollup(p_club_id)
    where day.club_id = p_club_id;
  end if;
  return touched;
end
$$;
comment on function stats.refresh is
  'Recomputes the rollup rows of touched clients, and on a new day of those for whom time passed; returns the clients recomputed.';
