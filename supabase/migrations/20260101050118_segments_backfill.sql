-- Fills the history of a club's segments before it was connected by replay, backwards from its first day, so that sizes, flows and
-- stays reach back three years a while after the first sync. What daily refreshes would have written is written, dated the same.
create function segments.first_day(p_club_id bigint, p_as_of date) returns date
language sql stable set search_path = '' as $$
  select greatest(min(client.first_visit_date) - 1, p_as_of - 1095)
  from stats.client_stats as client
  where client.club_id = p_club_id
    and client.first_visit_date is not null
  group by client.club_id
$$;
comment on function segments.first_day is
  'The day with which the history of a club is to begin: the one before anybody''s first visit, at most three years back; null: nobody came yet.';

create function segments.replay_change(p_club_id bigint, p_day date, p_client_ids bigint[], p_codes text[])
returns table (client_ids bigint[], codes text[])
language plpgsql set search_path = '' set plan_cache_mode = 'force_custom_plan' as $$
declare
  changed bigint[];
begin
  select
    array_agg(client_id) filter (where earlier.segment is not null),
    array_agg(earlier.segment) filter (where earlier.segment is not null),
    coalesce(array_agg(client_id) filter (where earlier.segment is distinct from later.segment), '{}')
  into client_ids, codes, changed
  from segments.states(p_club_id, p_day - 1) as earlier
  full join unnest(p_client_ids, p_codes) as later (client_id, segment) using (client_id);

  if cardinality(changed) > 0 then
    insert into segments.changes (club_id, client_id, changed_date, from_segment, to_segment, reason, basis)
    select
      p_club_id,
      client_id,
      p_day,
      earlier.segment,
      later.segment,
      -- On the first day known, and for who was deleted since, the replay may see another day than the one that was.
      case
        when placed.segment is not distinct from later.segment and placed.client_id is not null then placed.reason
        else 'so it was known on the day; the days before are replayed from what is known now'
      end,
      'replayed'
    from unnest(changed) as whom (client_id)
    left join unnest(client_ids, codes) as earlier (client_id, segment) using (client_id)
    left join unnest(p_client_ids, p_codes) as later (client_id, segment) using (client_id)
    left join segments.place(p_club_id, p_day, changed) as placed using (client_id);
  end if;
  return next;
end
$$;
comment on function segments.replay_change is
  'Writes the changes of a day: from where the replay of the day before has everybody to where these clients, in these segments, are known to be. Returns who was in which segment on the day before.';

create function segments.date_states(p_club_id bigint, p_before date) returns void
language sql set search_path = '' as $$
  update segments.client_segments as kept
  set since_date = dated.since_date
  from (
    select
      member.client_id,
      coalesce(
        (
          select max(change.changed_date)
          from segments.changes as change
          where change.club_id = p_club_id
            and change.client_id = member.client_id
        ),
        -- Who never was in a segment is unsegmented since they came.
        greatest(history.begins_date, case when member.segment is null then client.first_visit_date end)
      ) as since_date
    from segments.client_segments as member
    join segments.histories as history on history.club_id = member.club_id
    left join stats.client_stats as client
      on client.club_id = member.club_id
      and client.client_id = member.client_id
    where member.club_id = p_club_id
      and member.since_date <= p_before
  ) as dated
  where kept.club_id = p_club_id
    and kept.client_id = dated.client_id
    and kept.since_date <> dated.since_date
$$;
comment on function segments.date_states is
  'Dates again, by the changes and where the history begins, since when those are in their segment who are said to be since this day or an earlier one.';

create function segments.backfill(p_club_id bigint, p_now timestamptz, p_visits_to_read bigint default 6000000) returns bigint
language plpgsql set search_path = '' as $$
declare
  first_day date := segments.first_day(p_club_id, core.local_date(p_club_id, p_now));
  began date;
  day date;
  state record;
  visits bigint;
begin
  -- Two at once would write the same days.
  if not pg_try_advisory_xact_lock(hashtextextended('segments.backfill', p_club_id)) then
    return 0;
  end if;
  select history.begins_date into began
  from segments.histories as history
  join segments.club_days as stored using (club_id)
  where history.club_id = p_club_id;
  if began is null or first_day is null or began <= first_day then
    return 0;
  end if;

  -- A replay reads all visits once: a big club gets fewer days at a time, and of a small one a day costs something, too.
  select sum(client.visits_total) + 10000 into visits
  from stats.client_stats as client
  where client.club_id = p_club_id;

  select array_agg(known.client_id) as client_ids, array_agg(known.segment) as codes into state
  from segments.states_known(p_club_id, began - 1) as known;
  day := began;
  loop
    select replayed.* into state
    from segments.replay_change(p_club_id, day, state.client_ids, state.codes) as replayed;
    day := day - 1;
    exit when day <= first_day or began - day >= p_visits_to_read / nullif(visits, 0);
  end loop;

  -- The lock of stats.refresh: a tick writes the same rows, and waits for this little rather than for the replay.
  perform pg_advisory_xact_lock(hashtextextended('stats.refresh', p_club_id));
  update segments.histories as history
  set begins_date = day,
      known_date = coalesce(history.known_date, began)
  where history.club_id = p_club_id;
  perform segments.date_states(p_club_id, began);
  return began - day;
end
$$;
comment on function segments.backfill is
  'Replays the days before a club''s history begins, latest first, as many as the visits to read allow, at least one; returns how many.';

create function segments.forget_replayed(p_club_id bigint) returns bigint
language plpgsql set search_path = '' as $$
declare
  began date;
  knows_since date;
begin
  perform pg_advisory_xact_lock(hashtextextended('segments.backfill', p_club_id));
  perform pg_advisory_xact_lock(hashtextextended('stats.refresh', p_club_id));
  select history.begins_date, history.known_date into began, knows_since
  from segments.histories as history
  where history.club_id = p_club_id;
  if knows_since is null then
    return 0;
  end if;

  delete from segments.changes as change
  where change.club_id = p_club_id
    and change.basis = 'replayed';
  -- Known is also what was noticed after a clock had been set back beyond the first day.
  select least(knows_since, min(change.changed_date), (select day.as_of from segments.club_days as day where day.club_id = p_club_id))
  into knows_since
  from segments.changes as change
  where change.club_id = p_club_id;
  update segments.histories as history
  set begins_date = knows_since,
      known_date = null
  where history.club_id = p_club_id;
  update segments.client_segments as kept
  set since_date = knows_since
  where kept.club_id = p_club_id
    and kept.since_date < knows_since;
  return knows_since - began;
end
$$;
comment on function segments.forget_replayed is
  'Drops what was replayed, to be replayed again: for when years of history came in late. What was noticed as it came stays. Returns the days dropped.';

grant execute on function segments.first_day to authenticated;
revoke all on function
  segments.replay_change, segments.date_states, segments.backfill, segments.forget_replayed
from public, anon, authenticated, service_role;
