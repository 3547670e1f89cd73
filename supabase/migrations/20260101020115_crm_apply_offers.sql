-- Membership types and loyalty programmes: short whole lists of what the club offers. A guess of what renews itself never
-- overwrites an operator's choice.
create function crm.apply_membership_types(p_club_id bigint, p_rows jsonb) returns bigint
language sql set search_path = '' as $$
  with incoming as (
    select distinct on (given.external_id) given.*
    from jsonb_to_recordset(p_rows) as given (
      external_id text, title text, period integer, period_unit text, visits_included integer, raw jsonb
    )
    order by given.external_id
  ),
  applied as (
    insert into crm.membership_types as known (
      club_id, external_id, title, period, period_unit, visits_included, is_auto_renewing, raw
    )
    select
      p_club_id,
      incoming.external_id,
      coalesce(incoming.title, ''),
      incoming.period,
      incoming.period_unit,
      incoming.visits_included,
      crm.guess_auto_renewing(incoming.title),
      incoming.raw
    from incoming
    order by incoming.external_id
    on conflict (club_id, external_id) do update set
      title = excluded.title,
      period = excluded.period,
      period_unit = excluded.period_unit,
      visits_included = excluded.visits_included,
      is_auto_renewing = case
        when known.auto_renewing_source = 'operator' then known.is_auto_renewing
        else excluded.is_auto_renewing
      end,
      is_deleted = false,
      raw = excluded.raw
    where known.is_deleted
      or (known.title, known.period, known.period_unit, known.visits_included, known.raw)
        is distinct from (excluded.title, excluded.period, excluded.period_unit, excluded.visits_included, excluded.raw)
    returning 1
  )
  select count(*) from applied
$$;
comment on function crm.apply_membership_types is 'Upserts membership types, guessing which renew themselves of those no operator has decided; returns how many rows changed.';

create function crm.apply_loyalty_programmes(p_club_id bigint, p_rows jsonb) returns bigint
language sql set search_path = '' as $$
  with incoming as (
    select distinct on (given.external_id) given.*
    from jsonb_to_recordset(p_rows) as given (
      external_id text, title text, type text, discount_value numeric, discount_unit text, usage_limit integer, raw jsonb
    )
    order by given.external_id
  ),
  applied as (
    insert into crm.loyalty_programmes as known (
      club_id, external_id, title, type, discount_value, discount_unit, usage_limit, raw
    )
    select
      p_club_id,
      incoming.external_id,
      coalesce(incoming.title, ''),
      coalesce(incoming.type, ''),
      incoming.discount_value,
      incoming.discount_unit,
      incoming.usage_limit,
      incoming.raw
    from incoming
    order by incoming.external_id
    on conflict (club_id, external_id) do update set
      title = excluded.title,
      type = excluded.type,
      discount_value = excluded.discount_value,
      discount_unit = excluded.discount_unit,
      usage_limit = excluded.usage_limit,
      is_deleted = false,
      raw = excluded.raw
    where known.is_deleted
      or (known.title, known.type, known.discount_value, known.discount_unit, known.usage_limit, known.raw)
        is distinct from (
          excluded.title, excluded.type, excluded.discount_value, excluded.discount_unit, excluded.usage_limit, excluded.raw
        )
    returning 1
  )
  select count(*) from applied
$$;
comment on function crm.apply_loyalty_programmes is 'Upserts loyalty programmes and returns how many rows changed.';
