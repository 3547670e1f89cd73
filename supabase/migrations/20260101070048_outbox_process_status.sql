-- A status of Meta's, understood. Duplicates, disorder and statuses that precede our own response are normal.
create function outbox.message_of_status(p_payload jsonb) returns outbox.messages
language plpgsql stable set search_path = '' as $$
declare
  callback text := p_payload ->> 'biz_opaque_callback_data';
  message outbox.messages;
begin
  -- Our own id first: the status may be here before the answer that told us theirs.
  if callback ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    select known.* into message from outbox.messages as known where known.message_id = callback::uuid;
  end if;
  if message.message_id is null then
    select known.* into message from outbox.messages as known where known.wamid = p_payload ->> 'id';
  end if;
  return message;
end
$$;
comment on function outbox.message_of_status is 'The message a status is about, by our id, else by WhatsApp''s; null when it is not ours.';

create function outbox.take_from_queue(p_message outbox.messages, p_is_person boolean) returns void
language plpgsql set search_path = '' as $$
begin
  -- Queue before message, as everybody locks them; and of a person of whom more will be cancelled, all rows, in one order.
  if p_is_person then
    perform queued.message_id
    from outbox.queue as queued
    join outbox.messages as message using (club_id, message_id)
    where queued.club_id = p_message.club_id
      and message.phone = p_message.phone
    order by queued.message_id
    for update of queued;
  end if;
  delete from outbox.queue as queued
  where queued.club_id = p_message.club_id
    and queued.message_id = p_message.message_id;
end
$$;
comment on function outbox.take_from_queue is
  'Takes a message out of the queue; when what follows cancels more for the same person, locks that first.';

create function outbox.process_status(p_payload jsonb, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  seen outbox.delivery_state := outbox.delivery_of_status(p_payload, p_now);
  code integer := case when p_payload ->> 'status' = 'failed' then outbox.error_code_of(p_payload) end;
  happened_at timestamptz := least(to_timestamp((p_payload ->> 'timestamp')::bigint), p_now);
  message outbox.messages := outbox.message_of_status(p_payload);
  action text := case when code is not null then outbox.error_action(code) end;
  stands text;
begin
  if message.message_id is null then
    return;
  end if;

  -- Before the queue is locked, as whoever withdraws by a user id does.
  perform outbox.learn_whatsapp_id(
    message.club_id, coalesce(p_payload ->> 'recipient_user_id', p_payload #>> '{contact,user_id}'), message.phone, p_now
  );
  if action = 'close_window' then
    perform campaigns.refuse_window(message.club_id, message.phone, happened_at);
  end if;
  -- WhatsApp has it: whatever our own call came to, this settles it.
  if message.status <> 'sent' or message.wamid is null or (message.accepted_at <= happened_at) is not true then
    perform outbox.take_from_queue(message, action = 'suppress');
    perform outbox.note_accepted(message.club_id, message.message_id, p_payload ->> 'id', null, happened_at);
  end if;

  if seen.delivery is null then
    return;
  end if;
  update outbox.messages as known
  set (delivery, delivered_at, read_at, failed_at, error_code, pricing) = (
    select merged.delivery::text, merged.delivered_at, merged.read_at, merged.failed_at, merged.error_code, merged.pricing
    from outbox.merge_delivery(
      row(
        known.delivery::outbox.delivery, known.delivered_at, known.read_at, known.failed_at, known.error_code, known.pricing
      )::outbox.delivery_state,
      seen
    ) as merged
  )
  where known.club_id = message.club_id
    and known.message_id = message.message_id
  returning known.delivery into stands;

  -- What the member said holds, whatever became of this message; what WhatsApp believes of a phone, while nothing disproves it.
  if code is not null and (stands = 'failed' or code = 131050) then
    perform outbox.act_on_error(message.club_id, message.message_id, action, code, p_now);
  end if;
end
$$;
comment on function outbox.process_status is
  'Merges one status of Meta''s into its message, settles messages whose own call did not, and does what its error calls for.';
