-- Whether a client may be written to at all, and why not: what holds whatever the scenario, in the order of the skip reasons.
-- One row per client; none for a client who is deleted or not known.
create function campaigns.marketing_state(p_club_id bigint, p_client_id bigint, p_at timestamptz)
returns table (obstacle text, basis text, cause text, suppressed_at timestamptz, is_excluded_by_platform boolean)
language sql stable set search_path = '' rows 1 as $$
  select
    case
      when client.phone is null then 'no_phone'
      when held.cause is not null or platform.is_excluded then 'suppressed'
      when allowed.basis is null then 'no_consent'
    end,
    allowed.basis,
    held.cause,
    held.suppressed_at,
    platform.is_excluded
  from crm.clients as client
  left join lateral (
    -- Their own word before a phone that did not answer: it is what a person must overcome.
    select known.cause, known.suppressed_at
    from campaigns.suppressions_of(p_club_id, p_client_id, p_at) as known
    order by campaigns.is_own_word(known.cause) desc, known.suppressed_at
    limit 1
  ) as held on true
  left join lateral campaigns.bases(p_club_id, p_at, array[p_client_id]) as allowed on true
  cross join lateral (
    select client.is_excluded_from_mailings or exists (
      select
      from crm.clients as sharer
      where sharer.club_id = p_club_id
        and sharer.phone = client.phone
        and sharer.is_excluded_from_mailings
        and sharer.deleted_at is null
    ) as is_excluded
  ) as platform
  where client.club_id = p_club_id
    and client.client_id = p_client_id
    and client.deleted_at is null
$$;
comment on function campaigns.marketing_state is
  'Whether a client may be written to at an instant: the obstacle no_phone, suppressed or no_consent, or null; the basis; what suppresses them.';
grant execute on function campaigns.marketing_state to authenticated;
