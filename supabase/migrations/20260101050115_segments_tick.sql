-- Rollup and segments move together, in the caller's transaction: the touched, those for whom time passed, and everybody when the
-- club's settings are others.
create function segments.settings_hash(p_club_id bigint) returns text
language sql stable set search_path = '' as $$
  select md5(jsonb_object_agg(known.code, to_jsonb(setting) -> known.code)::text)
  from core.settings as setting
  cross join segments.thresholds as known
  where setting.club_id = p_club_id
$$;
comment on function segments.settings_hash is 'A fingerprint of a club''s thresholds: another one, and everybody is decided again.';

create function segments.rewind(p_club_id bigint, p_as_of date) returns void
language plpgsql set search_path = '' as $$
begin
  -- A clock that was set right again: the days after never were.
  update segments.histories as history
  set begins_date = least(history.begins_date, p_as_of)
  where history.club_id = p_club_id;

  update segments.client_segments as kept
  set since_date = p_as_of
  where kept.club_id = p_club_id
    and kept.since_date > p_as_of;

  with undone as (
    delete from segments.changes as change
    where change.club_id = p_club_id
      and change.changed_date > p_as_of
    returning change.*
  ),
  earliest as (
    select distinct on (undone.client_id) undone.client_id, undone.from_segment
    from undone
    order by undone.client_id, undone.changed_date, undone.basis desc, undone.change_id
  )
  insert into segments.client_segments as kept (club_id, client_id, segment, since_date)
  select
    p_club_id,
    earliest.client_id,
    earliest.from_segment,
    coalesce(
      (
        select max(change.changed_date)
        from segments.changes as change
        where change.club_id = p_club_id
          and change.client_id = earliest.client_id
          and change.changed_date <= p_as_of
      ),
      history.begins_date
    )
  from earliest
  join segments.histories as history on history.club_id = p_club_id
  on conflict (club_id, client_id) do update set segment = excluded.segment, since_date = excluded.since_date;
end
$$;
comment on function segments.rewind is 'Takes back what was recorded for days after this one, and puts everybody where they were at its end.';

create function segments.tick(p_club_id bigint, p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  today date := core.local_date(p_club_id, p_now);
  touched bigint[];
  decided_on segments.club_days;
  threshold bigint;
  settings_hash text := segments.settings_hash(p_club_id);
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
  touched := stats.refresh(p_club_id, today, p_now);
  threshold := stats.vip_threshold(p_club_id, today);

  select * into decided_on from segments.club_days as day where day.club_id = p_club_id;
  if decided_on.as_of > today then
    perform segments.rewind(p_club_id, today);
  end if;
  -- A turn is kept for the days to come: a day that is set back asks for everybody.
  if decided_on.settings_hash is distinct from settings_hash or decided_on.as_of > today then
    changed_clients := segments.refresh(p_club_id, today);
  else
    if decided_on.as_of < today then
      touched := touched || segments.due(p_club_id, today);
    end if;
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
  'Brings a club''s rollup and segments to now: the touched and those for whom time passed, all of them with new settings; returns how many changed segment.';
