-- What allows the club to write to clients at an instant: one row per client with a basis.
-- A consent given and not withdrawn; else, where the club enabled it, the existing-customer exception, for who never objected.
create function campaigns.bases(
  p_club_id bigint, p_at timestamptz, p_client_ids bigint[], p_known_until timestamptz default null
)
returns table (client_id bigint, basis text)
language sql stable set search_path = '' rows 1000 as $$
  with consenting as materialized (
    select distinct consent.client_id
    from campaigns.consents as consent
    where consent.club_id = p_club_id
      and consent.client_id = any (p_client_ids)
      and consent.basis = 'consent'
      and consent.given_at <= p_at
      and (consent.withdrawn_at > coalesce(p_known_until, p_at)) is not false
  ),
  objecting as materialized (
    -- An objection ends the exception for good, also when the suppression was lifted: from then on only a consent counts.
    select consent.client_id
    from campaigns.consents as consent
    where consent.club_id = p_club_id
      and consent.client_id = any (p_client_ids)
      and consent.withdrawn_at <= coalesce(p_known_until, p_at)
    union
    select said.client_id
    from campaigns.suppressions as suppression
    cross join lateral unnest(suppression.client_ids) as said (client_id)
    where suppression.club_id = p_club_id
      and suppression.suppressed_at <= coalesce(p_known_until, p_at)
      and campaigns.is_own_word(suppression.cause)
  )
  select consenting.client_id, 'consent'
  from consenting
  union all
  select asked.client_id, 'existing_customer'
  from core.settings as setting
  cross join unnest(p_client_ids) as asked (client_id)
  where setting.club_id = p_club_id
    and setting.has_existing_customer_exception
    and asked.client_id not in (select consenting.client_id from consenting)
    and asked.client_id not in (select objecting.client_id from objecting)
$$;
comment on function campaigns.bases is
  'Of these clients those to whom marketing may be sent at an instant, and why: consent or existing_customer. Who is in no row has no basis. Objections count up to p_known_until (p_at).';

create function campaigns.has_basis(p_club_id bigint, p_client_id bigint, p_at timestamptz) returns boolean
language sql stable set search_path = '' as $$
  select exists (select from campaigns.bases(p_club_id, p_at, array[p_client_id]))
$$;
comment on function campaigns.has_basis is 'Whether a client has a basis for marketing at an instant.';
grant execute on function campaigns.bases, campaigns.has_basis to authenticated;
