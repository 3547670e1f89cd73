-- Consents that a club collected elsewhere, from checked rows. The same rows again add nothing; what is recorded stays, and is at most
-- withdrawn.
create function campaigns.import_consents(p_club_id bigint, p_rows jsonb, p_actor text, p_now timestamptz)
returns table (new bigint, changed bigint, withdrawn_client_ids bigint[])
language plpgsql set search_path = '' as $$
begin
  -- One import of a club at a time, as crm.begin_import has it.
  perform from core.clubs as club where club.club_id = p_club_id for no key update;
  return query
    with given as materialized (
      -- What has no offset is the club's wall clock.
      select
        client.client_id,
        listed.basis,
        listed.source,
        listed.text_version,
        listed.language,
        listed.proof,
        coalesce(listed.given_at, listed.given_local at time zone club.timezone) as given_at,
        coalesce(listed.withdrawn_at, listed.withdrawn_local at time zone club.timezone) as withdrawn_at
      from jsonb_to_recordset(p_rows) as listed (
        client_external_id text, basis text, source text, text_version text, language text, proof text,
        given_at timestamptz, given_local timestamp, withdrawn_at timestamptz, withdrawn_local timestamp
      )
      join core.clubs as club on club.club_id = p_club_id
      join crm.clients as client
        on client.club_id = p_club_id
        and client.external_id = listed.client_external_id
    ),
    known as materialized (
      select
        given.client_id,
        given.withdrawn_at,
        given.basis,
        given.source,
        given.text_version,
        given.given_at,
        consent.consent_id,
        consent.withdrawn_at as known_withdrawn_at
      from given
      join campaigns.consents as consent
        on consent.club_id = p_club_id
        and consent.client_id = given.client_id
        and consent.basis = given.basis
        and consent.source = given.source
        and consent.text_version = given.text_version
        and consent.given_at = given.given_at
    ),
    recorded as (
      insert into campaigns.consents as consent (
        club_id, client_id, basis, source, text_version, language, given_at, proof, recorded_by, withdrawn_at, withdrawn_by,
        withdrawn_how
      )
      select
        p_club_id,
        given.client_id,
        given.basis,
        given.source,
        given.text_version,
        given.language,
        given.given_at,
        given.proof,
        p_actor,
        given.withdrawn_at,
        case when given.withdrawn_at is not null then 'import' end,
        case when given.withdrawn_at is not null then p_actor end
      from given
      where (given.client_id, given.basis, given.source, given.text_version, given.given_at) not in (
        select known.client_id, known.basis, known.source, known.text_version, known.given_at from known
      )
      returning consent.client_id, consent.withdrawn_at
    ),
    withdrawn as (
      update campaigns.consents as consent
      set withdrawn_at = known.withdrawn_at,
          withdrawn_by = 'import',
          withdrawn_how = p_actor
      from known
      where consent.club_id = p_club_id
        and consent.consent_id = known.consent_id
        and known.withdrawn_at is not null
        and known.known_withdrawn_at is null
      returning consent.client_id
    )
    select
      (select count(*) from recorded),
      (select count(*) from withdrawn),
      array(
        select recorded.client_id from recorded where recorded.withdrawn_at is not null
        union
        select withdrawn.client_id from withdrawn
        order by 1
      );
end
$$;
comment on function campaigns.import_consents is
  'Adds to the ledger what it does not have, and withdraws what the rows say was withdrawn; returns how many, and of whom something was withdrawn.';
