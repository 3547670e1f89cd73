-- What booking-webhook and crm-sync call about hints, with the service key only: thin doors to crm.hints.
create function api.store_hint(
  p_provider text,
  p_company_id text,
  p_installation_company_id text,
  p_entity text,
  p_external_id text,
  p_operation text,
  p_dedupe_key text,
  p_now timestamptz
) returns text
language sql set search_path = '' as $$
  -- A club that names no company is the installation's own.
  with stored as (
    select crm.store_hint(club.club_id, p_entity, p_external_id, p_operation, p_dedupe_key, p_now) as is_new
    from core.clubs as club
    where club.booking_provider = p_provider
      and coalesce(club.booking_company_id, p_installation_company_id) = p_company_id
  )
  select case when count(*) = 0 then 'stranger' when bool_or(stored.is_new) then 'new' else 'known' end
  from stored
$$;
comment on function api.store_hint is 'Stores a hint for the club of a company: new, known (a repetition), or stranger (no club of ours).';

create function api.claim_hints(p_club_id bigint, p_limit integer, p_lease_seconds integer, p_now timestamptz) returns jsonb
language sql set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'hint_id', claimed.hint_id,
    'entity', claimed.entity,
    'external_id', claimed.external_id,
    'operation', claimed.operation
  ) order by claimed.hint_id), '[]')
  from crm.claim_hints(p_club_id, p_limit, p_lease_seconds, p_now) as claimed
$$;
comment on function api.claim_hints is 'Claims the hints of a club that are due.';

create function api.settle_hints(p_club_id bigint, p_hint_ids bigint[], p_error text, p_now timestamptz) returns bigint
language sql set search_path = '' as $$ select crm.settle_hints(p_club_id, p_hint_ids, p_error, p_now) $$;
comment on function api.settle_hints is 'Notes that hints were looked into, or why that is of no use.';

create function api.apply_looked_up(
  p_club_id bigint, p_entity text, p_rows jsonb, p_quarantined jsonb, p_missing text[], p_now timestamptz
) returns bigint
language sql set search_path = '' as $$
  select crm.apply_looked_up(p_club_id, p_entity, p_rows, p_quarantined, p_missing, p_now)
$$;
comment on function api.apply_looked_up is 'Applies rows that were asked for by id; how many rows changed.';

revoke all on function api.store_hint, api.claim_hints, api.settle_hints, api.apply_looked_up from public, anon, authenticated;
grant execute on function api.store_hint, api.claim_hints, api.settle_hints, api.apply_looked_up to service_role;
