-- Instants come with an offset (`starts_at`) or as the club's wall clock without one (`starts_local`); the first wins.
-- A service the list no longer has is kept as a deleted one, so that no booking loses its kind.
create function crm.apply_bookings(p_club_id bigint, p_rows jsonb) returns bigint
language plpgsql set search_path = '' as $$
declare
  applied_rows bigint;
begin
  insert into crm.services (club_id, external_id, title, kind, is_deleted)
  select p_club_id, unknown.external_id, unknown.title, crm.guess_service_kind(unknown.title, ''), true
  from (
    select distinct on (named.external_id) named.external_id, coalesce(named.title, '') as title
    from jsonb_to_recordset(p_rows) as given (services jsonb)
    cross join lateral jsonb_to_recordset(given.services) as named (external_id text, title text)
    order by named.external_id, named.title desc nulls last
  ) as unknown
  where not exists (
    select from crm.services as service
    where service.club_id = p_club_id and service.external_id = unknown.external_id
  )
  on conflict (club_id, external_id) do nothing;

  with incoming as (
    select distinct on (given.external_id)
      given.*,
      coalesce(given.starts_at, given.starts_local at time zone club.timezone) as starts,
      coalesce(given.made_at, given.made_local at time zone club.timezone) as made,
      club.timezone,
      array(select named.external_id from jsonb_to_recordset(given.services) as named (external_id text)) as service_external_ids
    from jsonb_to_recordset(p_rows) as given (
      external_id text,
      client_external_id text,
      staff_external_id text,
      services jsonb,
      activity_external_id text,
      status text,
      is_deleted boolean,
      starts_at timestamptz,
      starts_local timestamp,
      made_at timestamptz,
      made_local timestamp,
      platform_changed_at timestamptz,
      raw jsonb
    )
    join core.clubs as club on club.club_id = p_club_id
    order by given.external_id, given.platform_changed_at desc nulls last
  ),
  applied as (
    insert into crm.bookings as known (
      club_id, external_id, client_id, client_external_id, staff_external_id, service_external_ids, service_kind,
      activity_external_id, status, is_deleted, starts_at, local_date, made_at, made_date, platform_changed_at, raw
    )
    select
      p_club_id,
      incoming.external_id,
      client.client_id,
      incoming.client_external_id,
      incoming.staff_external_id,
      incoming.service_external_ids,
      crm.kind_of_services(p_club_id, incoming.service_external_ids),
      incoming.activity_external_id,
      case when incoming.is_deleted then 'cancelled' else incoming.status end,
      coalesce(incoming.is_deleted, false),
      incoming.starts,
      (incoming.starts at time zone incoming.timezone)::date,
      incoming.made,
      (incoming.made at time zone incoming.timezone)::date,
      incoming.platform_changed_at,
      incoming.raw
    from incoming
    left join crm.clients as client
      on client.club_id = p_club_id
      and client.external_id = incoming.client_external_id
    order by incoming.external_id
    on conflict (club_id, external_id) do update set
      client_id = excluded.client_id,
      client_external_id = excluded.client_external_id,
      staff_external_id = excluded.staff_external_id,
      service_external_ids = excluded.service_external_ids,
      service_kind = excluded.service_kind,
      activity_external_id = excluded.activity_external_id,
      status = excluded.status,
      is_deleted = excluded.is_deleted,
      starts_at = excluded.starts_at,
      local_date = excluded.local_date,
      made_at = excluded.made_at,
      made_date = excluded.made_date,
      platform_changed_at = coalesce(excluded.platform_changed_at, known.platform_changed_at),
      raw = excluded.raw
    where crm.is_older(p_club_id, excluded.platform_changed_at, known.platform_changed_at) is not true
      and (known.raw, known.client_id, known.service_kind, known.status, known.is_deleted, known.starts_at, known.local_date)
        is distinct from
        (excluded.raw, excluded.client_id, excluded.service_kind, excluded.status, excluded.is_deleted, excluded.starts_at, excluded.local_date)
    returning 1
  )
  select count(*) into applied_rows from applied;
  return applied_rows;
end
$$;
comment on function crm.apply_bookings is 'Upserts booking records of the platform and returns how many rows changed.';
