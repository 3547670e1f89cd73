-- What a withdrawal means in this room: consents withdrawn, person suppressed, open drafts void. Only outbox.withdraw calls it, the
-- one path for every way of saying no, which also cancels what is queued.
create function campaigns.clients_of_phone(p_club_id bigint, p_phone text) returns setof bigint
language sql stable set search_path = '' rows 2 as $$
  -- Whoever has this phone, or had it when we wrote to it: an answer may come after the platform's record has changed.
  select client.client_id
  from crm.clients as client
  where client.club_id = p_club_id
    and client.phone = p_phone
  union
  select contact.client_id
  from campaigns.contacts as contact
  where contact.club_id = p_club_id
    and contact.phone = p_phone
$$;
comment on function campaigns.clients_of_phone is 'The clients of a club behind a phone, deleted ones and earlier owners we wrote to included.';

create function campaigns.withdrawing_clients(p_club_id bigint, p_phone text, p_client_id bigint, p_cause text) returns bigint[]
language sql stable set search_path = '' as $$
  -- A phone that does not answer, and a wish noted at the desk, say nothing of who had the phone before.
  select coalesce(array_agg(client.client_id order by client.client_id), '{}')
  from crm.clients as client
  where client.club_id = p_club_id
    and (
      client.client_id = p_client_id
      or client.client_id in (
        select person.client_id from campaigns.clients_of_phone(p_club_id, p_phone) as person (client_id)
      )
    )
    and (
      client.client_id = p_client_id
      or client.phone = p_phone
      or p_cause not in ('unreachable', 'do_not_contact')
    )
$$;
comment on function campaigns.withdrawing_clients is 'The clients who are the person that withdraws, by phone, by client, or both.';

create function campaigns.suppress(
  p_club_id bigint, p_phone text, p_cause text, p_actor text, p_now timestamptz,
  p_wa_user_id text default null, p_client_id bigint default null, p_how text default null
) returns bigint
language plpgsql set search_path = '' as $$
declare
  persons bigint[] := campaigns.withdrawing_clients(p_club_id, p_phone, p_client_id, p_cause);
  voided bigint;
begin
  insert into campaigns.suppressions as known (club_id, phone, wa_user_id, client_ids, cause, suppressed_at, said_at)
  values (
    p_club_id, p_phone, p_wa_user_id, persons, p_cause, p_now, case when campaigns.is_own_word(p_cause) then p_now end
  )
  on conflict (club_id, person) where lifted_at is null do update set
    -- A word of the member weighs more than a phone that did not answer; of several words the first is the cause.
    cause = case when campaigns.is_own_word(known.cause) then known.cause else excluded.cause end,
    said_at = greatest(known.said_at, excluded.said_at),
    client_ids = array(select unnest(known.client_ids) union select unnest(excluded.client_ids) order by 1),
    wa_user_id = coalesce(excluded.wa_user_id, known.wa_user_id)
  where campaigns.is_own_word(excluded.cause);

  if campaigns.is_own_word(p_cause) then
    update campaigns.consents as consent
    set withdrawn_at = greatest(p_now, consent.given_at),
        withdrawn_by = p_cause,
        withdrawn_how = coalesce(p_how, p_actor)
    where consent.club_id = p_club_id
      and consent.client_id = any (persons)
      and consent.withdrawn_at is null;
  end if;

  voided := campaigns.skip_drafts(
    p_club_id,
    array(
      select open_draft.draft_id
      from campaigns.open_drafts(p_club_id, p_now, persons) as open_draft
      order by open_draft.draft_id
    ),
    'suppressed', p_actor, p_now
  );
  -- By id: the audit log outlives a member's erasure and must not hold the phone.
  perform core.audit(
    p_club_id,
    p_actor,
    'member.suppressed',
    coalesce((select string_agg('client:' || person, ' ') from unnest(persons) as person), 'unknown person'),
    jsonb_build_object('cause', p_cause),
    p_now
  );
  return voided;
end
$$;
comment on function campaigns.suppress is
  'Suppresses a person, withdraws their consents when it was their word, and voids their open drafts; returns how many. Called by outbox.withdraw alone.';
