-- Brings the rollup to a day: touched clients by idempotent recompute, everybody when the club's day turns.
-- One transaction, one refresher per club at a time.
create function stats.refresh(p_club_id bigint, p_as_of date, p_now timestamptz) returns bigint[]
language plpgsql set search_path = '' as $$
declare
  touched bigint[];
  is_same_day boolean;
begin
  perform pg_advisory_xact_lock(hashtextextended('stats.refresh', p_club_id));

  select day.as_of = p_as_of into is_same_day
  from stats.club_days as day
  where day.club_id = p_club_id;

  with drained as (
    delete from stats.dirty_clients as dirty
    where dirty.club_id = p_club_id
    returning dirty.client_id
  )
  select coalesce(array_agg(distinct drained.client_id), '{}') into touched from drained;

  if is_same_day is not true then
    select coalesce(array_agg(client.client_id), '{}') into touched
    from crm.clients as client
    where client.club_id = p_club_id;
  end if;

  delete from stats.client_stats as old
  where old.club_id = p_club_id
    and old.client_id = any (touched);
  insert into stats.client_stats
  select fresh.* from stats.replay(p_club_id, p_as_of, case when is_same_day then touched end) as fresh;

  insert into stats.club_days (club_id, as_of, refreshed_at)
  values (p_club_id, p_as_of, p_now)
  on conflict (club_id) do update set as_of = excluded.as_of, refreshed_at = excluded.refreshed_at;
  return touched;
end
$$;
comment on function stats.refresh is
  'Recomputes the rollup rows of touched clients (of all when p_as_of is a new day) and returns the clients recomputed.';

create function stats.on_day(p_club_id bigint, p_as_of date) returns setof stats.client_stats
language plpgsql stable set search_path = '' rows 1000 as $$
declare
  waiting bigint[];
begin
  if not exists (select from stats.club_days as day where day.club_id = p_club_id and day.as_of = p_as_of) then
    return query select replayed.* from stats.replay(p_club_id, p_as_of) as replayed;
    return;
  end if;

  -- The rollup stands at that day: only who waits for a refresh is recomputed, so that a reader never pays for the whole club.
  select coalesce(array_agg(dirty.client_id), '{}') into waiting
  from stats.dirty_clients as dirty
  where dirty.club_id = p_club_id;

  return query
    select rollup.*
    from stats.client_stats as rollup
    where rollup.club_id = p_club_id
      and rollup.client_id <> all (waiting);
  if cardinality(waiting) > 0 then
    return query select replayed.* from stats.replay(p_club_id, p_as_of, waiting) as replayed;
  end if;
end
$$;
comment on function stats.on_day is 'Client stats as of a day: the rollup when it stands there (recomputing who waits for a refresh), else recomputed from visits.';
grant execute on function stats.on_day to authenticated;

create function stats.vip_threshold(p_club_id bigint, p_as_of date) returns bigint
language sql stable set search_path = '' as $$
  -- The club's fixed amount, else percentile_disc(0.9) of LTV over clients whose LTV is above zero. Null: nobody is VIP.
  select coalesce(
    (select setting.vip_threshold_minor from core.settings as setting where setting.club_id = p_club_id),
    (
      select percentile_disc(0.9) within group (order by client.ltv_minor)
      from stats.on_day(p_club_id, p_as_of) as client
      where client.ltv_minor > 0
    )
  )
$$;
comment on function stats.vip_threshold is 'LTV from which a client is VIP, in minor units; null when there is none.';
grant execute on function stats.vip_threshold to authenticated;
