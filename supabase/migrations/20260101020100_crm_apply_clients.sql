-- Idempotent: the same rows twice change nothing. An operator's choice of language stays; a client who is back is not deleted.
create function crm.apply_clients(p_club_id bigint, p_rows jsonb) returns bigint
language sql set search_path = '' as $$
  with incoming as (
    select distinct on (given.external_id) given.*
    from jsonb_to_recordset(p_rows) as given (
      external_id text,
      name text,
      first_name text,
      phone text,
      email text,
      birth_date date,
      language text,
      language_source text,
      is_excluded_from_mailings boolean,
      platform_changed_at timestamptz,
      raw jsonb
    )
    order by given.external_id, given.platform_changed_at desc nulls last
  ),
  applied as (
    insert into crm.clients as known (
      club_id, external_id, name, first_name, phone, email, birth_date, language, language_source,
      is_excluded_from_mailings, platform_changed_at, raw
    )
    select
      p_club_id,
      incoming.external_id,
      coalesce(incoming.name, ''),
      incoming.first_name,
      incoming.phone,
      incoming.email,
      incoming.birth_date,
      incoming.language,
      incoming.language_source,
      coalesce(incoming.is_excluded_from_mailings, false),
      incoming.platform_changed_at,
      incoming.raw
    from incoming
    order by incoming.external_id
    on conflict (club_id, external_id) do update set
      name = excluded.name,
      first_name = excluded.first_name,
      phone = excluded.phone,
      email = excluded.email,
      birth_date = excluded.birth_date,
      language = case when known.language_source = 'operator' then known.language else excluded.language end,
      language_source = case when known.language_source = 'operator' then 'operator' else excluded.language_source end,
      is_excluded_from_mailings = excluded.is_excluded_from_mailings,
      platform_changed_at = coalesce(excluded.platform_changed_at, known.platform_changed_at),
      deleted_at = null,
      raw = excluded.raw
    where crm.is_older(p_club_id, excluded.platform_changed_at, known.platform_changed_at) is not true
      and (
        known.deleted_at is not null
        or (known.name, known.first_name, known.phone, known.email, known.birth_date, known.is_excluded_from_mailings, known.raw)
          is distinct from
          (excluded.name, excluded.first_name, excluded.phone, excluded.email, excluded.birth_date, excluded.is_excluded_from_mailings, excluded.raw)
        or (known.language_source <> 'operator'
          and (known.language, known.language_source) is distinct from (excluded.language, excluded.language_source))
      )
    returning 1
  )
  select count(*) from applied
$$;
comment on function crm.apply_clients is 'Upserts clients of the platform and returns how many rows changed.';
