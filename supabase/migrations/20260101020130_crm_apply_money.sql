-- Memberships, their sales and payments. Amounts come in minor units; dates as the club's wall clock or with an offset.
create function crm.apply_memberships(p_club_id bigint, p_rows jsonb) returns bigint
language sql set search_path = '' as $$
  -- A kind that the platform's list does not show, or that we may not list, is kept as a deleted one with the title on its cards:
  -- only so can it be guessed, and an operator decide, whether those cards renew themselves.
  insert into crm.membership_types (club_id, external_id, title, is_auto_renewing, is_deleted)
  select p_club_id, unknown.external_id, unknown.title, crm.guess_auto_renewing(unknown.title), true
  from (
    select distinct on (given.membership_type_external_id)
      given.membership_type_external_id as external_id,
      coalesce(given.title, '') as title
    from jsonb_to_recordset(p_rows) as given (membership_type_external_id text, title text)
    where given.membership_type_external_id is not null
    order by given.membership_type_external_id, given.title desc nulls last
  ) as unknown
  where not exists (
    select from crm.membership_types as type
    where type.club_id = p_club_id and type.external_id = unknown.external_id
  )
  on conflict (club_id, external_id) do nothing;

  with incoming as (
    select distinct on (given.external_id) given.*
    from jsonb_to_recordset(p_rows) as given (
      external_id text, client_external_id text, sale_external_id text, membership_type_external_id text, title text,
      status text, created_date date, expires_date date, raw jsonb
    )
    order by given.external_id, given.client_external_id nulls last
  ),
  applied as (
    insert into crm.memberships as known (
      club_id, external_id, client_external_id, client_id, sale_external_id, membership_type_external_id, title, status,
      created_date, expires_date, raw
    )
    select
      p_club_id,
      incoming.external_id,
      incoming.client_external_id,
      client.client_id,
      incoming.sale_external_id,
      incoming.membership_type_external_id,
      coalesce(incoming.title, ''),
      coalesce(incoming.status, ''),
      incoming.created_date,
      incoming.expires_date,
      incoming.raw
    from incoming
    left join crm.clients as client
      on client.club_id = p_club_id
      and client.external_id = incoming.client_external_id
    order by incoming.external_id
    on conflict (club_id, external_id) do update set
      -- The chain's list does not name the client of a card: what an earlier answer told is kept.
      client_external_id = coalesce(excluded.client_external_id, known.client_external_id),
      client_id = case when excluded.client_external_id is null then known.client_id else excluded.client_id end,
      sale_external_id = coalesce(excluded.sale_external_id, known.sale_external_id),
      membership_type_external_id = excluded.membership_type_external_id,
      title = excluded.title,
      status = excluded.status,
      created_date = excluded.created_date,
      expires_date = excluded.expires_date,
      raw = excluded.raw
    where known.raw is distinct from excluded.raw
      or known.client_external_id is distinct from coalesce(excluded.client_external_id, known.client_external_id)
    returning 1
  )
  select count(*) from applied
$$;
comment on function crm.apply_memberships is 'Upserts membership cards, and the kinds of membership only they name; returns how many cards changed.';

create function crm.apply_membership_sales(p_club_id bigint, p_rows jsonb) returns bigint
language sql set search_path = '' as $$
  with incoming as (
    select distinct on (given.external_id)
      given.*,
      coalesce((given.sold_at at time zone club.timezone)::date, given.sold_local::date) as sold_date
    from jsonb_to_recordset(p_rows) as given (
      external_id text, client_external_id text, membership_type_external_id text, title text, sold_at timestamptz,
      sold_local timestamp, is_deleted boolean, platform_changed_at timestamptz, raw jsonb
    )
    join core.clubs as club on club.club_id = p_club_id
    order by given.external_id, given.platform_changed_at desc nulls last
  ),
  applied as (
    insert into crm.membership_sales as known (
      club_id, external_id, client_external_id, client_id, membership_type_external_id, title, sold_date, is_deleted,
      platform_changed_at, raw
    )
    select
      p_club_id,
      incoming.external_id,
      incoming.client_external_id,
      client.client_id,
      incoming.membership_type_external_id,
      coalesce(incoming.title, ''),
      incoming.sold_date,
      coalesce(incoming.is_deleted, false),
      incoming.platform_changed_at,
      incoming.raw
    from incoming
    left join crm.clients as client
      on client.club_id = p_club_id
      and client.external_id = incoming.client_external_id
    order by incoming.external_id
    on conflict (club_id, external_id) do update set
      client_external_id = excluded.client_external_id,
      client_id = excluded.client_id,
      membership_type_external_id = excluded.membership_type_external_id,
      title = excluded.title,
      sold_date = excluded.sold_date,
      is_deleted = excluded.is_deleted,
      platform_changed_at = coalesce(excluded.platform_changed_at, known.platform_changed_at),
      raw = excluded.raw
    where crm.is_older(p_club_id, excluded.platform_changed_at, known.platform_changed_at) is not true
      and (known.raw, known.client_id, known.is_deleted) is distinct from (excluded.raw, excluded.client_id, excluded.is_deleted)
    returning 1
  )
  select count(*) from applied
$$;
comment on function crm.apply_membership_sales is 'Upserts sales of memberships and returns how many rows changed.';

create function crm.apply_payments(p_club_id bigint, p_rows jsonb) returns bigint
language sql set search_path = '' as $$
  with incoming as (
    select distinct on (given.external_id)
      given.*,
      coalesce(given.paid_at, given.paid_local at time zone club.timezone) as paid,
      club.timezone
    from jsonb_to_recordset(p_rows) as given (
      external_id text, client_external_id text, booking_external_id text, sale_external_id text, amount_minor bigint,
      paid_at timestamptz, paid_local timestamp, title text, is_deleted boolean, platform_changed_at timestamptz, raw jsonb
    )
    join core.clubs as club on club.club_id = p_club_id
    order by given.external_id, given.platform_changed_at desc nulls last
  ),
  applied as (
    insert into crm.payments as known (
      club_id, external_id, client_external_id, client_id, booking_external_id, sale_external_id, amount_minor, paid_at,
      local_date, title, is_deleted, platform_changed_at, raw
    )
    select
      p_club_id,
      incoming.external_id,
      incoming.client_external_id,
      client.client_id,
      incoming.booking_external_id,
      incoming.sale_external_id,
      incoming.amount_minor,
      incoming.paid,
      (incoming.paid at time zone incoming.timezone)::date,
      coalesce(incoming.title, ''),
      coalesce(incoming.is_deleted, false),
      incoming.platform_changed_at,
      incoming.raw
    from incoming
    left join crm.clients as client
      on client.club_id = p_club_id
      and client.external_id = incoming.client_external_id
    order by incoming.external_id
    on conflict (club_id, external_id) do update set
      client_external_id = excluded.client_external_id,
      client_id = excluded.client_id,
      booking_external_id = excluded.booking_external_id,
      sale_external_id = excluded.sale_external_id,
      amount_minor = excluded.amount_minor,
      paid_at = excluded.paid_at,
      local_date = excluded.local_date,
      title = excluded.title,
      is_deleted = excluded.is_deleted,
      platform_changed_at = coalesce(excluded.platform_changed_at, known.platform_changed_at),
      raw = excluded.raw
    where crm.is_older(p_club_id, excluded.platform_changed_at, known.platform_changed_at) is not true
      and (known.raw, known.client_id, known.amount_minor, known.is_deleted)
        is distinct from (excluded.raw, excluded.client_id, excluded.amount_minor, excluded.is_deleted)
    returning 1
  )
  select count(*) from applied
$$;
comment on function crm.apply_payments is 'Upserts payments and returns how many rows changed.';
