-- Every entity behind one door, and what is common to their tables.
create function crm.apply_rows(p_club_id bigint, p_entity text, p_rows jsonb) returns bigint
language plpgsql set search_path = '' as $$
begin
  return case p_entity
    when 'services' then crm.apply_services(p_club_id, p_rows)
    when 'staff' then crm.apply_staff(p_club_id, p_rows)
    when 'membership_types' then crm.apply_membership_types(p_club_id, p_rows)
    when 'loyalty_programmes' then crm.apply_loyalty_programmes(p_club_id, p_rows)
    when 'clients' then crm.apply_clients(p_club_id, p_rows)
    when 'membership_sales' then crm.apply_membership_sales(p_club_id, p_rows)
    when 'memberships' then crm.apply_memberships(p_club_id, p_rows)
    when 'bookings' then crm.apply_bookings(p_club_id, p_rows)
    when 'payments' then crm.apply_payments(p_club_id, p_rows)
  end;
end
$$;
comment on function crm.apply_rows is 'Upserts normalised rows of one entity; returns how many rows changed.';

create function crm.is_live(p_entity text) returns text
language plpgsql immutable set search_path = '' as $$
begin
  case
    when p_entity = 'clients' then return 'deleted_at is null';
    when p_entity = 'staff' then return 'is_active';
    when p_entity = 'memberships' then return 'true';
    when p_entity in (
      'services', 'membership_types', 'loyalty_programmes', 'membership_sales', 'bookings', 'payments'
    ) then return 'not is_deleted';
    else raise exception 'There is no entity "%" in the mirror.', p_entity using errcode = 'check_violation';
  end case;
end
$$;
comment on function crm.is_live is 'The condition under which a row of an entity''s table exists on the platform. Fails for an unknown entity.';

create function crm.count_rows(p_club_id bigint, p_entity text) returns bigint
language plpgsql stable set search_path = '' as $$
declare
  live bigint;
begin
  execute format('select count(*) from crm.%I where club_id = $1 and %s', p_entity, crm.is_live(p_entity))
  into live
  using p_club_id;
  return live;
end
$$;
comment on function crm.count_rows is 'How many rows of an entity the mirror holds that exist on the platform.';
grant execute on function crm.is_live, crm.count_rows to authenticated;

create function crm.read_fields(p_club_id bigint, p_entity text, p_external_ids text[])
returns table (external_id text, fields jsonb)
language plpgsql stable set search_path = '' as $$
declare
  -- Not the raw row: the platform counts things in it that are no change of ours.
  field_names text := (
    select string_agg(format('%1$L, known.%1$I', attribute.attname), ', ' order by attribute.attnum)
    from pg_catalog.pg_attribute as attribute
    where attribute.attrelid = format('crm.%I', p_entity)::regclass
      and attribute.attnum > 0
      and not attribute.attisdropped
      and attribute.attname not in ('club_id', 'external_id', 'raw', 'platform_changed_at')
      and attribute.attidentity = ''
  );
begin
  return query execute format(
    'select known.external_id, jsonb_build_object(%s) from crm.%I as known where known.club_id = $1 and known.external_id = any ($2)',
    field_names, p_entity
  ) using p_club_id, p_external_ids;
end
$$;
comment on function crm.read_fields is 'The normalised fields of the mirror''s rows with these ids, to tell what a page changed.';

-- Security definer: only the owner of a table may analyze it.
create function crm.analyze_entity(p_entity text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  -- A whole listing may have filled an empty table: the planner must know before anything is computed from it.
  if crm.is_live(p_entity) is not null then
    execute format('analyze crm.%I', p_entity);
  end if;
end
$$;
comment on function crm.analyze_entity is 'Renews the planner''s statistics of an entity''s table. Fails for an unknown entity.';
revoke all on function crm.analyze_entity from public, anon, authenticated;

create function crm.archive_rows(p_club_id bigint, p_entity text, p_external_ids text[], p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  archived bigint;
begin
  if coalesce(cardinality(p_external_ids), 0) = 0 then
    return 0;
  end if;
  execute format(
    'update crm.%I set %s where club_id = $1 and external_id = any ($2) and %s',
    p_entity,
    case p_entity
      when 'clients' then 'deleted_at = $3'
      when 'staff' then 'is_active = false'
      when 'bookings' then 'is_deleted = true, status = ''cancelled'''
      else 'is_deleted = true'
    end,
    crm.is_live(p_entity)
  ) using p_club_id, p_external_ids, p_now;
  get diagnostics archived = row_count;
  return archived;
end
$$;
comment on function crm.archive_rows is 'Marks rows as gone from the platform; returns how many. They come back when the platform shows them again. Fails for memberships, whose absence says nothing.';
