-- Understanding Meta's updates: duplicates, disorder and statuses that precede our own response are normal.
create function outbox.process_status(p_payload jsonb, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  reported text := p_payload ->> 'status';
  happened_at timestamptz := to_timestamp((p_payload ->> 'timestamp')::bigint);
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
  if message.message_id is null then
    return;
  end if;

  -- WhatsApp has it: whatever our own call came to, this settles it. Queue before message, as everybody locks them.
  delete from outbox.queue as queued where queued.club_id = message.club_id and queued.message_id = message.message_id;
  perform outbox.note_accepted(message.club_id, message.message_id, p_payload ->> 'id', null, happened_at);

  update outbox.messages as known
  set delivery = case
        when outbox.delivery_rank(reported) > outbox.delivery_rank(known.delivery) then reported
        else known.delivery
      end,
      delivered_at = case when reported in ('delivered', 'read') then least(known.delivered_at, happened_at) else known.delivered_at end,
      read_at = case when reported = 'read' then least(known.read_at, happened_at) else known.read_at end,
      failed_at = case when reported = 'failed' then least(known.failed_at, happened_at) else known.failed_at end,
      error_code = case when reported = 'failed' then (p_payload #>> '{errors,0,code}')::integer else known.error_code end,
      pricing = coalesce(p_payload -> 'pricing', known.pricing)
  where known.club_id = message.club_id and known.message_id = message.message_id
    and outbox.delivery_rank(reported) is not null;

  if reported = 'failed' and (p_payload #>> '{errors,0,code}')::integer in (131050, 131026) then
    perform outbox.act_on_error(
      message.club_id, message.message_id, 'suppress', (p_payload #>> '{errors,0,code}')::integer, p_now
    );
  end if;
end
$$;
comment on function outbox.process_status is 'Moves a message''s delivery up by one status of Meta''s; settles messages whose own call did not.';

create function outbox.sender_of(p_payload jsonb) returns text
language plpgsql stable set search_path = '' as $$
declare
  digits text := regexp_replace(coalesce(p_payload ->> 'from', p_payload ->> 'wa_id', ''), '[^0-9]', '', 'g');
  answered text := substring(p_payload #>> '{button,payload}' from '^optout:([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$');
  sender text;
begin
  if digits <> '' then
    return '+' || digits;
  end if;
  -- A member with a user name may hide the number: then it is whom we wrote the message to that is answered.
  select message.phone into sender
  from outbox.messages as message
  where message.message_id = answered::uuid
    or message.wamid = p_payload #>> '{context,id}'
  limit 1;
  if sender is null then
    raise exception 'The member hides their number and answers no message of ours: find them by hand and note their wish.'
      using errcode = 'no_data_found';
  end if;
  return sender;
end
$$;
comment on function outbox.sender_of is
  'The phone a member writes from, or the one we wrote to when they hide theirs. Fails when neither is known: the update is kept with that error.';

create function outbox.process_reply(p_payload jsonb, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  sender text := outbox.sender_of(p_payload);
  words text := coalesce(p_payload #>> '{text,body}', p_payload #>> '{button,text}', '');
  is_stop boolean := outbox.is_opt_out(p_payload #>> '{text,body}')
    or (p_payload #>> '{button,payload}') like 'optout%';
  club record;
begin
  -- Every club that knows this phone, or wrote to it: who stops, stops everywhere this number may write from. A client deleted
  -- since may come back, and an answer comes from the phone we wrote to, whatever the platform's record says by now.
  for club in
    select known.club_id, min(person.client_id) as client_id
    from core.clubs as known
    cross join lateral campaigns.clients_of_phone(known.club_id, sender) as person (client_id)
    group by known.club_id
    order by known.club_id
  loop
    insert into outbox.replies (club_id, wamid, client_id, phone, body, is_opt_out, replied_at)
    values (
      club.club_id, p_payload ->> 'id', club.client_id, sender, words, coalesce(is_stop, false),
      to_timestamp((p_payload ->> 'timestamp')::bigint)
    )
    on conflict do nothing;
    if is_stop then
      perform campaigns.suppress(
        club.club_id, sender, case when p_payload ? 'button' then 'button' else 'stop_word' end, 'member:whatsapp', p_now
      );
    end if;
  end loop;
end
$$;
comment on function outbox.process_reply is 'Stores a member''s message and, when it says stop, suppresses the member in the same transaction.';

create function outbox.process_preference(p_payload jsonb, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  sender text;
begin
  -- Only `stop`: a `resume` is the platform's permission, not a consent.
  if p_payload ->> 'value' = 'stop' then
    sender := outbox.sender_of(p_payload);
    perform campaigns.suppress(known.club_id, sender, 'user_preferences', 'member:whatsapp', p_now)
    from core.clubs as known
    where exists (select from campaigns.clients_of_phone(known.club_id, sender));
  end if;
end
$$;
comment on function outbox.process_preference is 'Suppresses a member who stopped marketing in WhatsApp''s own settings.';

create function outbox.process_template_status(p_payload jsonb, p_now timestamptz) returns void
language sql set search_path = '' as $$
  -- Only an approved template is sent; what Meta pauses or rejects stops at once, not at the next mirroring.
  update campaigns.templates as template
  set status = case p_payload ->> 'event'
        when 'REINSTATED' then 'APPROVED'
        when 'UNARCHIVED' then 'APPROVED'
        -- A warning: it can still be sent.
        when 'FLAGGED' then template.status
        else p_payload ->> 'event'
      end,
      rejected_reason = nullif(p_payload ->> 'reason', 'NONE'),
      synced_at = p_now
  where template.name = p_payload ->> 'message_template_name'
    and template.language = p_payload ->> 'message_template_language'
$$;
comment on function outbox.process_template_status is 'Takes over what Meta says of a template: approved, paused, rejected, disabled.';

create function outbox.process_events(p_limit integer, p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  event outbox.webhook_events;
  processed bigint := 0;
begin
  for event in
    select waiting.*
    from outbox.webhook_events as waiting
    where waiting.processed_at is null
    order by waiting.event_id
    limit p_limit
    for update skip locked
  loop
    begin
      if event.kind = 'status' then
        perform outbox.process_status(event.payload, p_now);
      elsif event.kind = 'message' then
        perform outbox.process_reply(event.payload, p_now);
      elsif event.kind = 'user_preference' then
        perform outbox.process_preference(event.payload, p_now);
      elsif event.payload #>> '{change,field}' = 'message_template_status_update' then
        perform outbox.process_template_status(event.payload #> '{change,value}', p_now);
      end if;
      update outbox.webhook_events as done
      set processed_at = p_now, error = null
      where done.event_id = event.event_id;
    exception
      when serialization_failure or deadlock_detected or lock_not_available then
        -- A passing collision: the update stays waiting, and so do those after it.
        raise;
      when others then
        -- A poisonous update must not stop the others: it is kept with its error, and counts as processed.
        update outbox.webhook_events as done
        set processed_at = p_now, error = sqlerrm
        where done.event_id = event.event_id;
    end;
    processed := processed + 1;
  end loop;
  return processed;
end
$$;
comment on function outbox.process_events is 'Processes stored updates of Meta in the order they came; returns how many.';
