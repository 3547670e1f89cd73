-- Client stats for reading: the rollup where it stands at the day, recomputing only who waits for a refresh, so that a reader
-- never pays for the whole club; any other day is replayed.
create function stats.on_day(p_club_id bigint, p_as_of date, p_client_ids bigint[] default null) returns setof stats.client_stats
language plpgsql stable set search_path = '' set plan_cache_mode = 'force_custom_plan' rows 1000 as $$
declare
  waiting bigint[];
begin
  if not exists (select from stats.club_days as day where day.club_id = p_club_id and day.as_of = p_as_of) then
    return query select replayed.* from stats.replay(p_club_id, p_as_of, p_client_ids) as replayed;
    return;
  end if;

  select coalesce(array_agg(distinct dirty.client_id), '{}') into waiting
  from stats.dirty_clients as dirty
  where dirty.club_id = p_club_id
    and (p_client_ids is null or dirty.client_id = any (p_client_ids));

  return query
    select rollup.*
    from stats.client_stats as rollup
    where rollup.club_id = p_club_id
      and (p_client_ids is null or rollup.client_id = any (p_client_ids))
      and rollup.client_id <> all (waiting);
  if cardinality(waiting) > 0 then
    return query select replayed.* from stats.replay(p_club_id, p_as_of, waiting) as replayed;
  end if;
end
$$;
comment on function stats.on_day is
  'Client stats as of a day, for all clients or those named: the rollup when it stands there (recomputing who waits for a refresh), else recomputed from visits.';
grant execute on function stats.on_day to authenticated;
