-- Services and staff: short whole lists. A guess of a service's kind never overwrites an operator's choice.
create function crm.apply_services(p_club_id bigint, p_rows jsonb) returns bigint
language sql set search_path = '' as $$
  with incoming as (
    select distinct on (given.external_id) given.*
    from jsonb_to_recordset(p_rows) as given (
      external_id text, title text, category_external_id text, category_title text, raw jsonb
    )
    order by given.external_id
  ),
  applied as (
    insert into crm.services as known (
      club_id, external_id, title, category_external_id, category_title, kind, raw
    )
    select
      p_club_id,
      incoming.external_id,
      coalesce(incoming.title, ''),
      incoming.category_external_id,
      coalesce(incoming.category_title, ''),
      crm.guess_service_kind(incoming.title, incoming.category_title),
      incoming.raw
    from incoming
    order by incoming.external_id
    on conflict (club_id, external_id) do update set
      title = excluded.title,
      category_external_id = excluded.category_external_id,
      category_title = excluded.category_title,
      kind = case when known.kind_source = 'operator' then known.kind else excluded.kind end,
      is_deleted = false,
      raw = excluded.raw
    where known.is_deleted
      or (known.title, known.category_external_id, known.category_title, known.raw)
        is distinct from (excluded.title, excluded.category_external_id, excluded.category_title, excluded.raw)
    returning 1
  )
  select count(*) from applied
$$;
comment on function crm.apply_services is 'Upserts services, guessing the kind of those no operator has decided; returns how many rows changed.';

create function crm.apply_staff(p_club_id bigint, p_rows jsonb) returns bigint
language sql set search_path = '' as $$
  with incoming as (
    select distinct on (given.external_id) given.*
    from jsonb_to_recordset(p_rows) as given (external_id text, name text, is_active boolean, raw jsonb)
    order by given.external_id
  ),
  applied as (
    insert into crm.staff as known (club_id, external_id, name, is_active, raw)
    select p_club_id, incoming.external_id, coalesce(incoming.name, ''), coalesce(incoming.is_active, true), incoming.raw
    from incoming
    order by incoming.external_id
    on conflict (club_id, external_id) do update set
      name = excluded.name,
      is_active = excluded.is_active,
      raw = excluded.raw
    where (known.name, known.is_active, known.raw) is distinct from (excluded.name, excluded.is_active, excluded.raw)
    returning 1
  )
  select count(*) from applied
$$;
comment on function crm.apply_staff is 'Upserts staff and returns how many rows changed.';
