-- One path for every way of saying no: consents withdrawn, person suppressed, open drafts void; what is queued is voided by
-- the outbox, which asks the suppressions in the transaction that claims a message.
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

create function campaigns.suppress(p_club_id bigint, p_phone text, p_cause text, p_actor text, p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  persons bigint[] := array(
    select client.client_id
    from crm.clients as client
    join campaigns.clients_of_phone(p_club_id, p_phone) as person (client_id) using (client_id)
    where client.club_id = p_club_id
      and (client.phone = p_phone or p_cause <> 'unreachable')
    order by client.client_id
  );
  voided bigint := 0;
  open_draft record;
begin
  insert into campaigns.suppressions as known (club_id, phone, client_ids, cause, suppressed_at)
  values (p_club_id, p_phone, persons, p_cause, p_now)
  on conflict (club_id, phone) where lifted_at is null do update set
    cause = excluded.cause,
    client_ids = excluded.client_ids
  -- A word of the member weighs more than a phone that did not answer.
  where known.cause = 'unreachable'
    and excluded.cause <> 'unreachable';

  if p_cause <> 'unreachable' then
    update campaigns.consents as consent
    set withdrawn_at = greatest(p_now, consent.given_at),
        withdrawn_by = p_cause
    where consent.club_id = p_club_id
      and consent.client_id = any (persons)
      and consent.withdrawn_at is null;
  end if;

  for open_draft in
    select draft.draft_id
    from campaigns.drafts as draft
    where draft.club_id = p_club_id
      and draft.client_id = any (persons)
      and draft.status in ('planned', 'drafted', 'pending')
  loop
    perform campaigns.skip_draft(p_club_id, open_draft.draft_id, 'suppressed', p_actor, p_now);
    voided := voided + 1;
  end loop;
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
comment on function campaigns.suppress is 'Stops all marketing to a phone for a cause; returns how many open drafts were voided.';
