-- Lifting what keeps a client from being messaged: only for a reason, and after the person's own word only with a newer consent.
create function campaigns.lift_suppression(
  p_club_id bigint, p_client_id bigint, p_reason text, p_consent jsonb, p_actor text, p_now timestamptz
) returns bigint
language plpgsql set search_path = '' as $$
declare
  held campaigns.suppressions;
  lifted bigint := 0;
  said_at timestamptz;
  consent record;
begin
  if btrim(coalesce(p_reason, '')) = '' then
    raise exception 'Say why the suppression is lifted: somebody may ask.' using errcode = 'check_violation';
  end if;
  select given.* into consent
  from jsonb_to_record(coalesce(p_consent, '{}')) as given (
    source text, text_version text, language text, given_at timestamptz, proof text
  );

  for held in
    select known.*
    from campaigns.suppressions as known
    where known.club_id = p_club_id
      and known.lifted_at is null
      and known.suppression_id in (
        select blocking.suppression_id from campaigns.suppressions_of(p_club_id, p_client_id, p_now) as blocking
      )
    order by known.suppression_id
    for update
  loop
    if campaigns.is_own_word(held.cause) then
      said_at := greatest(said_at, held.said_at, held.suppressed_at);
    end if;
    update campaigns.suppressions as known
    set lifted_at = p_now,
        lifted_by = p_actor,
        lift_reason = btrim(p_reason),
        -- Whoever shares the phone by now has objected too: they need a consent of their own.
        client_ids = array(
          select unnest(known.client_ids)
          union select person.client_id from campaigns.clients_of_phone(p_club_id, known.phone) as person (client_id)
          where campaigns.is_own_word(known.cause)
          order by 1
        )
    where known.club_id = p_club_id
      and known.suppression_id = held.suppression_id;
    lifted := lifted + 1;
  end loop;
  if lifted = 0 then
    raise exception 'Nothing suppresses this client here: look whether the booking platform keeps them from mailings, or a consent is missing.'
      using errcode = 'no_data_found';
  end if;

  if said_at is not null then
    -- People note moments to the minute.
    if consent.given_at is null or consent.given_at < date_trunc('minute', said_at) then
      raise exception 'The person said no: record with the lifting a consent that they gave since.' using errcode = 'check_violation';
    end if;
    perform campaigns.record_consent(
      p_club_id, p_client_id, 'consent', consent.source, consent.text_version, consent.language, consent.given_at, consent.proof,
      p_actor, p_now
    );
  end if;
  perform core.audit(
    p_club_id, p_actor, 'member.suppression_lifted', 'client:' || p_client_id,
    jsonb_build_object('reason', btrim(p_reason), 'suppressions', lifted), p_now
  );
  return lifted;
end
$$;
comment on function campaigns.lift_suppression is
  'Lifts whatever suppresses a client; with a consent {source, text_version, language, given_at, proof} newer than the word it overrules. Returns how many.';
