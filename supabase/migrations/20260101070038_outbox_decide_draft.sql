-- A person's decision about a draft with all that follows from it: what is approved is queued, and whoever is never to be written to
-- is suppressed by the one path for withdrawals.
create function outbox.decide_draft(
  p_club_id bigint, p_draft_id uuid, p_version integer, p_decision text, p_actor text, p_reason text, p_now timestamptz
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  wanted campaigns.drafts;
  persons bigint[];
  known_phone text;
  decided jsonb;
begin
  if p_reason = 'never_this_person' then
    select known.* into wanted
    from campaigns.drafts as known where known.club_id = p_club_id and known.draft_id = p_draft_id;
    select client.phone into known_phone
    from crm.clients as client where client.club_id = p_club_id and client.client_id = wanted.client_id;
    persons := campaigns.withdrawing_clients(p_club_id, known_phone, wanted.client_id, 'do_not_contact');
    -- Whatever the withdrawal will take away, locked as everybody locks it: queue before drafts, and each in one order.
    perform queued.message_id
    from outbox.queue as queued
    join outbox.messages as message using (club_id, message_id)
    where queued.club_id = p_club_id
      and (message.client_id = any (persons) or message.phone = known_phone)
    order by queued.message_id
    for update of queued;
    perform open_draft.draft_id
    from campaigns.drafts as open_draft
    where open_draft.club_id = p_club_id
      and open_draft.client_id = any (persons)
      and open_draft.status in ('planned', 'drafted', 'pending', 'approved')
    order by open_draft.draft_id
    for update;
  end if;
  decided := campaigns.decide_draft(p_club_id, p_draft_id, p_version, p_decision, p_actor, p_reason, p_now);
  if decided ->> 'outcome' = 'approved' then
    perform outbox.enqueue_approved(p_club_id, p_now);
  elsif decided ->> 'outcome' = 'rejected' and p_reason = 'never_this_person' then
    perform outbox.withdraw(
      p_club_id, null, 'do_not_contact', p_actor, p_now,
      p_client_id => wanted.client_id, p_how => 'a message to them was rejected: never this person'
    );
  end if;
  return decided;
end
$$;
comment on function outbox.decide_draft is
  'Decides about one version of a draft (see campaigns.decide_draft), queues it when approved, and suppresses the member when it was rejected as never_this_person.';
