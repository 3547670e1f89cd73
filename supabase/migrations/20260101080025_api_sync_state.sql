-- What an owner asks before trusting a number: until when is each part of the mirror complete, and what had to be mended?
create function api.sync_state(p_club_id bigint)
returns table (
  entity text, complete_until timestamptz, completed_at timestamptz, lag_seconds integer, is_stale boolean, row_count bigint,
  requests_used bigint, quarantined bigint, mended bigint, unexplained bigint, next_run_at timestamptz, rows_read bigint,
  error text, error_at timestamptz
)
language sql stable set search_path = '' as $$
  with last_rebuild as (
    select known.rebuild_id
    from crm.rebuilds as known
    where known.club_id = p_club_id and known.finished_at is not null
    order by known.began_at desc
    limit 1
  ),
  difference as (
    select
      mended.entity,
      count(*) filter (where mended.difference <> 'unexplained') as mended,
      count(*) filter (where mended.difference = 'unexplained') as unexplained
    from crm.mended_rows as mended
    join last_rebuild using (rebuild_id)
    where mended.club_id = p_club_id
    group by mended.entity
  ),
  lane as (
    select
      listing.entity,
      sum(listing.rows_read) as rows_read,
      (array_agg(listing.error order by listing.error_at desc) filter (where listing.error is not null))[1] as error,
      max(listing.error_at) as error_at,
      bool_or(listing.lane = 'changes') as has_changes
    from crm.listings as listing
    where listing.club_id = p_club_id
    group by listing.entity
  )
  select
    state.entity,
    state.complete_until,
    state.completed_at,
    extract(epoch from now() - state.complete_until)::integer,
    (state.complete_until + crm.fresh_for(state.entity) >= now() - make_interval(mins => setting.stale_after_minutes)) is not true,
    crm.count_rows(p_club_id, state.entity),
    state.requests_used::bigint,
    case
      when core.my_role(p_club_id) in ('owner', 'operator') then (
        select count(*) from crm.quarantine as held where held.club_id = p_club_id and held.entity = state.entity
      )
    end,
    coalesce(difference.mended, 0),
    coalesce(difference.unexplained, 0),
    -- The tick comes with the minute.
    date_trunc('minute', greatest(now(), case when not lane.has_changes then state.complete_until + crm.fresh_for(state.entity) end))
      + interval '1 minute',
    lane.rows_read::bigint,
    lane.error,
    lane.error_at
  from crm.mirror_states as state
  join core.settings as setting using (club_id)
  join lane on lane.entity = state.entity
  left join difference on difference.entity = state.entity
  where state.club_id = p_club_id
  order by array_position(
    array[
      'clients', 'bookings', 'payments', 'membership_sales', 'memberships', 'services', 'staff', 'membership_types',
      'loyalty_programmes'
    ],
    state.entity
  )
$$;
comment on function api.sync_state is
  'One row per entity of a club''s platform: until when the mirror is complete, how far behind (seconds), how many rows and requests, what is in quarantine (null for who may not see it), what the last rebuild mended or could not explain, when it is read next, and what went wrong.';

create view api.rebuilds with (security_invoker = true) as
  -- One row per rebuild of a club and entity: the platform's count beside the mirror's.
  select
    rebuild.club_id,
    rebuild.rebuild_id,
    rebuild.cause,
    rebuild.began_at,
    rebuild.finished_at,
    counted.entity,
    counted.platform_rows,
    counted.mirror_rows,
    counted.quarantined_rows,
    counted.mirror_rows + counted.quarantined_rows >= counted.platform_rows as is_equal,
    counted.requests,
    counted.error,
    (
      select count(*)
      from crm.mended_rows as mended
      where mended.club_id = counted.club_id and mended.rebuild_id = counted.rebuild_id and mended.entity = counted.entity
    ) as differences
  from crm.rebuilds as rebuild
  left join crm.rebuild_entities as counted using (club_id, rebuild_id);
comment on view api.rebuilds is 'One row per rebuild and entity it has read: rows on the platform and in the mirror, requests, differences.';

create view api.mended_rows with (security_invoker = true) as
  -- One row per difference a rebuild found.
  select
    mended.club_id, mended.rebuild_id, mended.entity, mended.external_id, mended.difference, mended.fields, mended.noticed_at
  from crm.mended_rows as mended;
comment on view api.mended_rows is 'One row per difference between platform and mirror that a rebuild found: missing, changed (which fields), gone, unexplained.';

grant select on api.rebuilds, api.mended_rows to authenticated, service_role;
revoke all on function api.sync_state from public, anon;
grant execute on function api.sync_state to authenticated;
