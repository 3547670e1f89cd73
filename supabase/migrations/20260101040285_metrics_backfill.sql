-- Fills the lines of a club: today as known, the days before the club was connected (or while nothing ran) by replay, latest
-- first, so that there is a chart from the first minute and three years of it a while later.
create function metrics.backfill(p_club_id bigint, p_now timestamptz, p_visits_to_read bigint default 10000000) returns bigint
language plpgsql set search_path = '' as $$
declare
  missing date[] := array(select * from metrics.missing_days(p_club_id, core.local_date(p_club_id, p_now)));
  day date;
  visits bigint;
  filled bigint := 0;
begin
  -- Before the first refresh nobody has counted the visits.
  if cardinality(missing) = 0 or not exists (select from stats.club_days as known where known.club_id = p_club_id) then
    return 0;
  end if;
  select coalesce(sum(client.visits_total), 0) into visits
  from stats.client_stats as client
  where client.club_id = p_club_id;

  -- A replay reads all visits once: a big club gets fewer days at a time.
  foreach day in array missing[1:greatest(1, least(cardinality(missing), p_visits_to_read / nullif(visits, 0)))] loop
    perform metrics.take_snapshot(p_club_id, day, p_now);
    filled := filled + 1;
  end loop;
  return filled;
end
$$;
comment on function metrics.backfill is
  'Replays the latest days that have no snapshot, as many as the visits to read allow, at least one; returns how many days were filled.';

create function metrics.forget_replayed(p_club_id bigint) returns bigint
language sql set search_path = '' as $$
  with forgotten as (
    delete from metrics.snapshots as kept
    where kept.club_id = p_club_id
      and kept.service_kind = 'all'
      and kept.basis = 'replayed'
    returning kept.as_of
  )
  select count(distinct forgotten.as_of) from forgotten
$$;
comment on function metrics.forget_replayed is
  'Drops what was replayed, to be replayed again: for when years of history came in late. What was known on its day stays, and the kinds, which no backfill draws. Returns the days dropped.';

create function metrics.tick(p_club_id bigint, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  yesterday date := core.local_date(p_club_id, p_now) - 1;
begin
  perform metrics.take_snapshot(p_club_id, yesterday + 1, p_now);
  -- All kinds are kept at once: one tells of all.
  if not exists (
    select
    from metrics.definitions as definition
    join metrics.snapshots as kept using (code)
    where definition.has_service_kinds
      and kept.club_id = p_club_id
      and kept.service_kind = 'other'
      and kept.as_of = yesterday
  ) then
    perform metrics.take_kind_snapshot(p_club_id, yesterday, p_now);
  end if;
end
$$;
comment on function metrics.tick is 'Keeps today''s readings of a club as known now and, once a day, yesterday''s by service kind.';
