-- Claiming: every check again, in the transaction that gives the message to a worker. A contact is written with the claim, so
-- that two messages to one person can never both pass; it is taken back only when the message certainly did not go out.
create function outbox.cancel(p_club_id bigint, p_message_id uuid, p_reason text, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  message outbox.messages;
begin
  delete from outbox.queue as queued where queued.club_id = p_club_id and queued.message_id = p_message_id;
  update outbox.messages as known
  set status = 'cancelled', status_reason = p_reason
  where known.club_id = p_club_id and known.message_id = p_message_id
  returning known.* into message;
  perform campaigns.skip_drafts(p_club_id, array[message.draft_id], p_reason, 'system:outbox', p_now);
end
$$;
comment on function outbox.cancel is 'Voids a queued message for a skip reason.';

create function outbox.reap(p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  lapsed record;
  reaped bigint := 0;
begin
  for lapsed in
    select queued.*, message.draft_id
    from outbox.queue as queued
    join outbox.messages as message using (club_id, message_id)
    where queued.leased_until <= p_now
    for update of queued skip locked
  loop
    update outbox.attempts as attempt
    set finished_at = p_now,
        outcome = case when lapsed.send_started_at is null then 'not_started' else 'uncertain' end,
        error = 'the worker did not report before its lease ended'
    where attempt.club_id = lapsed.club_id and attempt.message_id = lapsed.message_id and attempt.attempt = lapsed.attempt;

    if lapsed.send_started_at is null then
      -- The call was never made: take the contact back and let another worker try.
      delete from campaigns.contacts as contact where contact.club_id = lapsed.club_id and contact.draft_id = lapsed.draft_id;
      update outbox.queue as queued
      set token = null, leased_until = null, run_at = p_now
      where queued.club_id = lapsed.club_id and queued.message_id = lapsed.message_id;
      update outbox.messages as message
      set status = 'queued'
      where message.club_id = lapsed.club_id and message.message_id = lapsed.message_id;
    else
      delete from outbox.queue as queued where queued.club_id = lapsed.club_id and queued.message_id = lapsed.message_id;
      update outbox.messages as message
      set status = 'uncertain', status_reason = 'the worker stopped during the call'
      where message.club_id = lapsed.club_id and message.message_id = lapsed.message_id and message.status = 'sending';
    end if;
    reaped := reaped + 1;
  end loop;
  return reaped;
end
$$;
comment on function outbox.reap is
  'Settles leases that ended: back to the queue when the call was not made, uncertain when it was. Returns how many.';

create function outbox.messages_left(p_club_id bigint, p_at timestamptz) returns bigint
language sql stable set search_path = '' as $$
  select least(setting.portfolio_limit, setting.daily_limit) - count(contact.draft_id)
  from core.settings as setting
  left join campaigns.contacts as contact
    on contact.club_id = setting.club_id
    and contact.contacted_at > p_at - interval '24 hours'
  where setting.club_id = p_club_id
  group by setting.club_id
$$;
comment on function outbox.messages_left is 'How many more messages a club may send now within the limit of a rolling 24 hours.';

create function outbox.withdrawn(p_club_id bigint, p_draft_id uuid, p_at timestamptz) returns text
language sql stable set search_path = '' as $$
  -- What was voided since keeps its reason; what waited past its time is worth nothing any more. A text of our own expires a little
  -- before the member's 24 hours end: then it is those that were too short.
  select case
    when draft.status <> 'approved' then coalesce(draft.decision_reason, draft.status)
    when draft.expires_at > p_at then null
    when draft.form = 'free_text'
      and (campaigns.window_closes_at(draft.club_id, draft.client_id, p_at) > p_at + interval '5 minutes') is not true
      then 'window_closed'
    else 'expired'
  end
  from campaigns.drafts as draft
  where draft.club_id = p_club_id
    and draft.draft_id = p_draft_id
$$;
comment on function outbox.withdrawn is 'Why an approved draft is not to be sent after all: the reason it was voided for, expired or window_closed; null when it stands.';

create function outbox.claim_messages(p_limit integer, p_lease_seconds integer, p_now timestamptz) returns jsonb
language plpgsql set search_path = '' as $$
declare
  due record;
  message outbox.messages;
  obstacle text;
  claim_token uuid;
  claimable bigint[] := '{}';
  claimed jsonb := '[]';
begin
  perform outbox.reap(p_now);

  -- One claimer per club at a time: the checks below must see each other's contacts. In the order of clubs, so that two claimers
  -- never wait for each other.
  for due in
    select distinct queued.club_id
    from outbox.queue as queued
    where queued.run_at <= p_now and queued.token is null
    order by queued.club_id
  loop
    perform pg_advisory_xact_lock(hashtextextended('outbox.claim', due.club_id));
    claimable := claimable || due.club_id;
  end loop;

  for due in
    select queued.club_id, queued.message_id, queued.attempt
    from outbox.queue as queued
    where queued.club_id = any (claimable)
      and queued.run_at <= p_now
      and queued.token is null
      and campaigns.hold(queued.club_id, p_now) is null
    order by queued.run_at
    limit p_limit
    for update skip locked
  loop
    select known.* into message
    from outbox.messages as known
    where known.club_id = due.club_id and known.message_id = due.message_id;

    obstacle := coalesce(
      outbox.withdrawn(due.club_id, message.draft_id, p_now), campaigns.recheck(due.club_id, message.draft_id, p_now)
    );
    if obstacle is not null then
      perform outbox.cancel(due.club_id, due.message_id, obstacle, p_now);
      continue;
    end if;
    if outbox.messages_left(due.club_id, p_now) <= 0 then
      update outbox.queue as queued
      set run_at = p_now + interval '15 minutes'
      where queued.club_id = due.club_id and queued.message_id = due.message_id;
      continue;
    end if;

    -- The checks looked at the phone the client has now, so that is where the message goes.
    update outbox.messages as known
    set status = 'sending', phone = client.phone
    from crm.clients as client
    where known.club_id = due.club_id
      and known.message_id = due.message_id
      and client.club_id = known.club_id
      and client.client_id = known.client_id
    returning known.* into message;

    claim_token := gen_random_uuid();
    insert into campaigns.contacts (
      club_id, draft_id, client_id, phone, scenario, campaign_id, occasion, contacted_at, contacted_date
    )
    select
      draft.club_id, draft.draft_id, draft.client_id, message.phone, draft.scenario, draft.campaign_id, draft.occasion, p_now,
      core.local_date(draft.club_id, p_now)
    from campaigns.drafts as draft
    where draft.club_id = due.club_id and draft.draft_id = message.draft_id;
    update outbox.queue as queued
    set token = claim_token,
        leased_until = p_now + make_interval(secs => p_lease_seconds),
        send_started_at = null,
        attempt = due.attempt + 1
    where queued.club_id = due.club_id and queued.message_id = due.message_id;
    insert into outbox.attempts (club_id, message_id, attempt, token, claimed_at)
    values (due.club_id, due.message_id, due.attempt + 1, claim_token, p_now);

    claimed := claimed || jsonb_build_array(jsonb_build_object(
      'club_id', due.club_id,
      'message_id', due.message_id,
      'token', claim_token,
      'attempt', due.attempt + 1,
      'phone', message.phone,
      'form', message.form,
      -- Of a text of our own, what was approved, byte for byte.
      'body', case message.form when 'free_text' then message.rendered end,
      'template_name', message.template_name,
      'template_language', message.template_language,
      'parameters', message.parameters,
      -- Which of the template's buttons opts out is the sender's to find.
      'components', (
        select template.components
        from campaigns.templates as template
        where template.club_id = due.club_id
          and template.name = message.template_name
          and template.language = message.template_language
      )
    ));
  end loop;
  return claimed;
end
$$;
comment on function outbox.claim_messages is
  'Claims due messages for p_lease_seconds after checking each again; voids those that may no longer be sent. Returns what to send.';

create function outbox.start_send(p_club_id bigint, p_message_id uuid, p_token uuid, p_now timestamptz) returns boolean
language plpgsql set search_path = '' as $$
begin
  update outbox.queue as queued
  set send_started_at = p_now
  where queued.club_id = p_club_id
    and queued.message_id = p_message_id
    and queued.token = p_token
    and queued.leased_until > p_now
    and queued.send_started_at is null;
  return found;
end
$$;
comment on function outbox.start_send is
  'Notes, before the call, that a message is about to be sent. False: the lease is not yours any more, do not send.';
