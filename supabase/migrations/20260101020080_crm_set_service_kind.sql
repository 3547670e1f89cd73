-- An operator's choice of a service's kind: never overwritten by a guess, and carried to every booking of the service at once.
create function crm.set_service_kind(p_club_id bigint, p_external_id text, p_kind text) returns void
language plpgsql set search_path = '' as $$
begin
  if p_kind is null or p_kind not in ('trial', 'group', 'personal', 'open', 'other') then
    raise exception 'Service kind "%" is unknown: use trial, group, personal, open or other.', p_kind
      using errcode = 'check_violation';
  end if;

  update crm.services as service
  set kind = p_kind,
      kind_source = 'operator'
  where service.club_id = p_club_id
    and service.external_id = p_external_id;

  if not found then
    raise exception 'Club % has no service %: sync the services first, or check the id.', p_club_id, p_external_id
      using errcode = 'no_data_found';
  end if;
end
$$;
comment on function crm.set_service_kind is
  'Sets a service''s kind by an operator''s choice. Fails for an unknown kind or service.';

create function crm.rekind_bookings() returns trigger
language plpgsql set search_path = '' as $$
begin
  update crm.bookings as booking
  set service_kind = crm.kind_of_services(booking.club_id, booking.service_external_ids)
  from (
    select after.club_id, array_agg(after.external_id) as external_ids
    from after
    join before using (club_id, service_id)
    where after.kind <> before.kind
    group by after.club_id
  ) as changed
  where booking.club_id = changed.club_id
    and booking.service_external_ids && changed.external_ids;
  return null;
end
$$;

create trigger services_rekind
  after update on crm.services
  referencing old table as before new table as after
  for each statement execute function crm.rekind_bookings();
