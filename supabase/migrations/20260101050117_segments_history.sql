-- The history of the segments, read: how many were in each, and who went where.
-- Anchored at the present: the state on a day is the from_segment of a client's first change after it, else today's, so that what is
-- asked of last week does not add up years. A day's several changes are netted, from the first one's from to the last one's to.
create function segments.known_days(p_club_id bigint)
returns table (begins_date date, until_date date)
language sql stable set search_path = '' rows 1 as $$
  select history.begins_date, day.as_of
  from segments.histories as history
  join segments.club_days as day using (club_id)
  where history.club_id = p_club_id
$$;
comment on function segments.known_days is 'The first and the last day of which a club''s segments are known; no row before its first tick.';

create function segments.check_days(p_from date, p_until date) returns void
language plpgsql immutable set search_path = '' as $$
begin
  if p_from > p_until then
    raise exception 'There are no days from % until %: ask from the earlier day until the later one.', p_from, p_until
      using errcode = 'check_violation';
  end if;
end
$$;
comment on function segments.check_days is 'Fails for days in the wrong order.';

create function segments.states_known(p_club_id bigint, p_as_of date)
returns table (client_id bigint, segment text)
language sql stable set search_path = '' rows 1000 as $$
  with next_change as (
    select distinct on (change.client_id) change.client_id, change.from_segment
    from segments.changes as change
    where change.club_id = p_club_id
      and change.changed_date > p_as_of
    order by change.client_id, change.changed_date, change.basis desc, change.change_id
  ),
  current_state as (
    select kept.client_id, kept.segment
    from segments.client_segments as kept
    where kept.club_id = p_club_id
  )
  select
    client_id,
    case when next_change.client_id is null then current_state.segment else next_change.from_segment end
  from current_state
  full join next_change using (client_id)
  where case when next_change.client_id is null then current_state.segment else next_change.from_segment end is not null
$$;
comment on function segments.states_known is
  'Who was in which segment at the end of a day, by the stored history; of a day before it begins, what it was as it began.';

create function segments.sizes(p_club_id bigint, p_from date, p_until date)
returns table (as_of date, segment text, clients bigint)
language plpgsql stable set search_path = '' set plan_cache_mode = 'force_custom_plan' rows 1000 as $$
begin
  perform segments.check_days(p_from, p_until);
  return query
    with change as materialized (
      select change.changed_date, change.from_segment, change.to_segment
      from segments.changes as change
      where change.club_id = p_club_id
        and change.changed_date > p_from
    ),
    -- What came in minus what went out: the several changes of a client on a day cancel by themselves.
    moved as (
      select moving.changed_date, moving.segment, sum(moving.clients) as clients
      from (
        select change.changed_date, change.to_segment as segment, 1 as clients from change
        union all
        select change.changed_date, change.from_segment, -1 from change
      ) as moving
      where moving.segment is not null
      group by moving.changed_date, moving.segment
    ),
    last_size as (
      select kept.segment, count(*) as clients
      from segments.client_segments as kept
      where kept.club_id = p_club_id
        and kept.segment is not null
      group by kept.segment
    ),
    -- One row per segment and day from p_from on, with what is to be taken off the size of the day before it.
    undone as (
      select
        day.as_of::date as as_of,
        definition.code,
        definition.priority,
        coalesce(moved.clients, 0) as clients
      from segments.known_days(p_club_id) as known
      cross join generate_series(greatest(p_from, known.begins_date)::timestamp, known.until_date, interval '1 day') as day (as_of)
      cross join segments.definitions as definition
      left join moved
        on moved.changed_date = day.as_of::date + 1
        and moved.segment = definition.code
    ),
    sized as (
      select
        undone.as_of,
        undone.code,
        undone.priority,
        coalesce(last_size.clients, 0)
          - sum(undone.clients) over (partition by undone.code order by undone.as_of desc) as clients
      from undone
      left join last_size on last_size.segment = undone.code
    )
    select sized.as_of, sized.code, sized.clients::bigint
    from sized
    where sized.as_of <= p_until
    order by sized.as_of, sized.priority;
end
$$;
comment on function segments.sizes is
  'How many clients were in each of the eight segments at the end of each day, 0 where none; only of days within the known history.';

create function segments.flow(p_club_id bigint, p_from date, p_until date)
returns table (from_segment text, to_segment text, clients bigint)
language plpgsql stable set search_path = '' set plan_cache_mode = 'force_custom_plan' rows 80 as $$
begin
  perform segments.check_days(p_from, p_until);
  return query
    select
      coalesce(source.segment, 'unsegmented'),
      coalesce(target.segment, 'unsegmented'),
      count(*)
    from segments.states_known(p_club_id, p_from) as source
    full join segments.states_known(p_club_id, p_until) as target using (client_id)
    where p_from >= (select known.begins_date from segments.known_days(p_club_id) as known)
    group by source.segment, target.segment
    order by
      (select definition.priority from segments.definitions as definition where definition.code = source.segment),
      (select definition.priority from segments.definitions as definition where definition.code = target.segment);
end
$$;
comment on function segments.flow is
  'Clients by where they were at the end of one day and at the end of a later one, those who stayed included; no row from before the history begins.';

create function segments.transitions(p_club_id bigint, p_as_of date, p_weeks integer default 12)
returns table (week_start date, from_segment text, to_segment text, clients bigint, is_complete boolean)
language plpgsql stable set search_path = '' set plan_cache_mode = 'force_custom_plan' rows 500 as $$
declare
  known record;
  this_monday date := date_trunc('week', p_as_of::timestamp)::date;
  first_monday date := this_monday - 7 * (p_weeks - 1);
begin
  if p_weeks is null or p_weeks not between 1 and 520 then
    raise exception 'There is no matrix of % weeks: ask for 1 to 520.', coalesce(p_weeks::text, 'null') using errcode = 'check_violation';
  end if;
  select * into known from segments.known_days(p_club_id);
  -- The first week of which the Sunday before is known.
  first_monday := greatest(first_monday, date_trunc('week', known.begins_date::timestamp + interval '7 days')::date);
  if known is null or first_monday - 1 > known.until_date or first_monday > this_monday then
    return;
  end if;

  return query
    with start_size as (
      select size.as_of + 1 as week_start, size.segment, size.clients
      from segments.sizes(p_club_id, first_monday - 1, this_monday - 1) as size
      where extract(isodow from size.as_of) = 7
    ),
    -- Of each client and week with a change, from where to where: nobody else is looked at.
    went as (
      select
        date_trunc('week', change.changed_date::timestamp)::date as week_start,
        (array_agg(change.from_segment order by change.changed_date, change.basis desc, change.change_id))[1] as from_segment,
        (array_agg(change.to_segment order by change.changed_date desc, change.basis, change.change_id desc))[1] as to_segment
      from segments.changes as change
      where change.club_id = p_club_id
        and change.changed_date between first_monday and p_as_of
      group by change.client_id, 1
    ),
    moved as (
      select went.week_start, went.from_segment, went.to_segment, count(*) as clients
      from went
      where went.from_segment is distinct from went.to_segment
      group by went.week_start, went.from_segment, went.to_segment
    ),
    stayed as (
      select start_size.week_start, start_size.segment, start_size.clients - coalesce(sum(moved.clients), 0)::bigint as clients
      from start_size
      left join moved
        on moved.week_start = start_size.week_start
        and moved.from_segment = start_size.segment
      group by start_size.week_start, start_size.segment, start_size.clients
    ),
    transition as (
      select moved.* from moved
      union all
      select stayed.week_start, stayed.segment, stayed.segment, stayed.clients from stayed where stayed.clients > 0
    )
    select
      transition.week_start,
      coalesce(transition.from_segment, 'unsegmented'),
      coalesce(transition.to_segment, 'unsegmented'),
      transition.clients,
      transition.week_start + 7 <= least(p_as_of, known.until_date + 1)
    from transition
    left join segments.definitions as source on source.code = transition.from_segment
    left join segments.definitions as target on target.code = transition.to_segment
    order by transition.week_start, source.priority, target.priority;
end
$$;
comment on function segments.transitions is
  'Who went from where to where in each of the last p_weeks ISO weeks, from the end of the Sunday before to the end of its own (or p_as_of), those who stayed included; a week that is not over is not complete, and none is there from before the history begins.';

grant execute on function
  segments.known_days, segments.check_days, segments.states_known, segments.sizes, segments.flow, segments.transitions
to authenticated;
