-- Facts of a club without an API, from files (npm run import): begin, apply rows by crm.apply_rows, finish.
-- All in one transaction of the importer, so that files are in the mirror as a whole or not at all.
create function crm.check_importable(p_club_id bigint) returns void
language plpgsql stable set search_path = '' as $$
declare
  provider text;
begin
  select club.booking_provider into provider
  from core.clubs as club
  where club.club_id = p_club_id;

  if provider is null then
    raise exception 'There is no club %: see core.clubs for the ids.', p_club_id using errcode = 'foreign_key_violation';
  end if;
  if provider <> 'csv' and exists (
    select
    from crm.listings as listing
    where listing.club_id = p_club_id
      and (listing.complete_until is not null or listing.page > 0)
  ) then
    raise exception 'Club % is synced with its booking platform, which would contradict the files: import them into a club of its own (core.create_club).',
      p_club_id
      using errcode = 'object_not_in_prerequisite_state';
  end if;
end
$$;
comment on function crm.check_importable is
  'Fails for an unknown club, and for one that a booking platform has filled: its facts do not come from files.';

create function crm.begin_import(p_club_id bigint, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  -- One import of a club at a time; who only names the club need not wait.
  perform from core.clubs as club where club.club_id = p_club_id for no key update;
  perform crm.check_importable(p_club_id);

  update core.clubs as club
  set booking_provider = 'csv'
  where club.club_id = p_club_id
    and club.booking_provider <> 'csv';
  if found then
    -- A sync that tried in vain must not go on where it stood.
    delete from crm.listings as listing where listing.club_id = p_club_id;
    perform core.audit(p_club_id, 'system:import', 'club.provider_changed', 'club:' || p_club_id, '{"to": "csv"}', p_now);
  end if;
end
$$;
comment on function crm.begin_import is
  'Locks a club for an import; one that was never synced becomes a club of files by its first. Fails as crm.check_importable does.';

create function crm.apply_service_kinds(p_club_id bigint, p_rows jsonb) returns void
language sql set search_path = '' as $$
  -- The file decides like an operator, but not against one.
  update crm.services as service
  set kind = given.kind,
      kind_source = 'operator'
  from jsonb_to_recordset(p_rows) as given (external_id text, kind text)
  where service.club_id = p_club_id
    and service.external_id = given.external_id
    and service.kind_source = 'guess'
$$;
comment on function crm.apply_service_kinds is 'Sets the kinds that a file gives to services of which so far it was only guessed.';

create function crm.finish_import(p_club_id bigint, p_counts jsonb, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  -- The club is as fresh as the stalest kind of file it imports. What it never imported, and what no file holds, is complete as
  -- it is: a club that sells without telling us has no sales to wait for.
  insert into crm.listings as known (club_id, entity, lane, complete_until, completed_at, completed_rows)
  select p_club_id, mirrored.entity, 'full', p_now, p_now, coalesce((p_counts -> mirrored.entity ->> 'rows')::bigint, 0)
  from unnest(array[
    'services', 'staff', 'membership_types', 'loyalty_programmes', 'clients', 'membership_sales', 'memberships', 'bookings',
    'payments'
  ]) as mirrored (entity)
  where p_counts ? mirrored.entity
    or not exists (
      select
      from crm.listings as earlier
      where earlier.club_id = p_club_id
        and earlier.entity = mirrored.entity
        and earlier.completed_rows > 0
    )
  on conflict (club_id, entity, lane) do update set
    complete_until = excluded.complete_until,
    completed_at = excluded.completed_at,
    completed_rows = excluded.completed_rows;

  perform crm.analyze_entity(imported.entity) from jsonb_object_keys(p_counts) as imported (entity);
  perform core.audit(p_club_id, 'system:import', 'import.applied', 'club:' || p_club_id, p_counts, p_now);
end
$$;
comment on function crm.finish_import is
  'Notes what an import brought, {entity: {rows, …}}, as complete up to p_now, and audits it. Fails for an unknown entity.';

revoke all on function crm.check_importable, crm.begin_import, crm.apply_service_kinds, crm.finish_import
  from public, anon, authenticated, service_role;
