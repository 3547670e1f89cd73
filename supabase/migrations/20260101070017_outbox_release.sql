-- A message that goes no further: voided for a reason, or left behind by a worker whose lease ended.
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
  perform campaigns.skip_drafts(p_club_id, array[message.draft_id], p_reason, 'system:outbox', p_now)
  where message.draft_id is not null;
end
$$;
comment on function outbox.cancel is 'Voids a queued message for a skip reason.';

create function outbox.take_back(p_club_id bigint, p_message_id uuid) returns void
language sql set search_path = '' as $$
  with outreach as (
    delete from campaigns.outreaches as known where known.club_id = p_club_id and known.message_id = p_message_id
  )
  delete from campaigns.contacts as contact
  using outbox.messages as message
  where message.club_id = p_club_id
    and message.message_id = p_message_id
    and contact.club_id = message.club_id
    and contact.draft_id = message.draft_id
$$;
comment on function outbox.take_back is 'A message that certainly did not go out counts for no cooldown, cap or limit.';

create function outbox.reap(p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  lapsed record;
  reaped bigint := 0;
begin
  for lapsed in
    select queued.*
    from outbox.queue as queued
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
      perform outbox.take_back(lapsed.club_id, lapsed.message_id);
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
