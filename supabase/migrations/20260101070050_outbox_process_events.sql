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

  -- Before the queue is locked, as whoever withdraws by a user id does.
  perform outbox.learn_whatsapp_id(message.club_id, p_payload ->> 'recipient_user_id', message.phone, p_now);
  if reported = 'failed' and (p_payload #>> '{errors,0,code}')::integer = 131047 then
    perform campaigns.refuse_window(message.club_id, message.phone, least(happened_at, p_now));
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

create function outbox.user_id_of(p_payload jsonb) returns text
language sql immutable set search_path = '' as $$
  select nullif(coalesce(p_payload ->> 'from_user_id', p_payload ->> 'user_id'), '')
$$;
comment on function outbox.user_id_of is 'WhatsApp''s user id of who sent an update.';

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
  -- A member with a user name may hide the number: then it is whom we wrote the message to that is answered, or who was seen with
  -- this user id before.
  select message.phone into sender
  from outbox.messages as message
  where message.message_id = answered::uuid
    or message.wamid = p_payload #>> '{context,id}'
  limit 1;
  return coalesce(sender, outbox.phone_of_whatsapp_id(outbox.user_id_of(p_payload)));
end
$$;
comment on function outbox.sender_of is
  'The phone a member writes from, or, when they hide it, the one we wrote to or have seen with their user id; null when none is known.';

create function outbox.stop_stranger(p_wa_user_id text, p_cause text, p_how text, p_now timestamptz) returns text
language plpgsql set search_path = '' as $$
begin
  -- In every club this number may write for: whoever they turn out to be, they have said no.
  if p_wa_user_id is not null then
    perform outbox.withdraw(known.club_id, null, p_cause, 'member:whatsapp', p_now, p_wa_user_id, null, p_how)
    from (select club.club_id from core.clubs as club order by club.club_id) as known;
  end if;
  return 'The member hides their number and answers no message of ours: find them by hand and note their wish.';
end
$$;
comment on function outbox.stop_stranger is
  'Suppresses the user id of somebody whose phone nobody knows, so that it holds once the phone is learned; returns what a person must do.';

create function outbox.opens_window(p_payload jsonb) returns boolean
language sql immutable set search_path = '' as $$
  -- What a member sends, a STOP included; not a reaction, nor what WhatsApp itself says about a number.
  select p_payload ->> 'type' in (
    'text', 'button', 'interactive', 'image', 'video', 'audio', 'document', 'sticker', 'location', 'contacts', 'order'
  )
$$;
comment on function outbox.opens_window is 'Whether an update is a message of a member''s, after which WhatsApp lets us answer freely for 24 hours.';

create function outbox.process_reply(p_payload jsonb, p_now timestamptz) returns text
language plpgsql set search_path = '' as $$
declare
  sender text := outbox.sender_of(p_payload);
  words text := coalesce(p_payload #>> '{text,body}', p_payload #>> '{button,text}', '');
  is_stop boolean := outbox.is_opt_out(p_payload #>> '{text,body}')
    or (p_payload #>> '{button,payload}') like 'optout%';
  wa_user_id text := outbox.user_id_of(p_payload);
  cause text := case when p_payload ? 'button' then 'button' else 'stop_word' end;
  how text := case when p_payload ? 'button' then 'the button under a message' else 'a reply on WhatsApp' end;
  club record;
begin
  if sender is null then
    return outbox.stop_stranger(case when is_stop then wa_user_id end, cause, how, p_now);
  end if;
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
    perform outbox.learn_whatsapp_id(club.club_id, wa_user_id, sender, p_now);
    if outbox.opens_window(p_payload) then
      perform campaigns.note_inbound(
        club.club_id, person.client_id, sender, to_timestamp((p_payload ->> 'timestamp')::bigint), p_now
      )
      from campaigns.clients_of_phone(club.club_id, sender) as person (client_id)
      -- Whoever notes several locks them in one order.
      order by person.client_id;
    end if;
    if is_stop then
      perform outbox.withdraw(club.club_id, sender, cause, 'member:whatsapp', p_now, wa_user_id, null, how);
    end if;
  end loop;
  return null;
end
$$;
comment on function outbox.process_reply is
  'Stores a member''s message and, when it says stop, withdraws the member in the same transaction. Returns what a person must do where it does not know who wrote.';

create function outbox.process_preference(p_payload jsonb, p_now timestamptz) returns text
language plpgsql set search_path = '' as $$
declare
  how constant text := 'the settings of WhatsApp';
  sender text := outbox.sender_of(p_payload);
  wa_user_id text := outbox.user_id_of(p_payload);
  club record;
begin
  -- Only `stop`: a `resume` is the platform's permission, not a consent.
  if p_payload ->> 'value' is distinct from 'stop' then
    return null;
  end if;
  if sender is null then
    return outbox.stop_stranger(wa_user_id, 'user_preferences', how, p_now);
  end if;
  for club in
    select known.club_id
    from core.clubs as known
    where exists (select from campaigns.clients_of_phone(known.club_id, sender))
    order by known.club_id
  loop
    perform outbox.learn_whatsapp_id(club.club_id, wa_user_id, sender, p_now);
    perform outbox.withdraw(club.club_id, sender, 'user_preferences', 'member:whatsapp', p_now, wa_user_id, null, how);
  end loop;
  return null;
end
$$;
comment on function outbox.process_preference is
  'Withdraws a member who stopped marketing in WhatsApp''s own settings. Returns what a person must do where it does not know who that is.';

create function outbox.process_events(p_limit integer, p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  event outbox.webhook_events;
  problem text;
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
      problem := null;
      if event.kind = 'status' then
        perform outbox.process_status(event.payload, p_now);
      elsif event.kind = 'message' then
        problem := outbox.process_reply(event.payload, p_now);
      elsif event.kind = 'user_preference' then
        problem := outbox.process_preference(event.payload, p_now);
      elsif event.payload ? 'change' then
        perform outbox.process_template_change(event.payload -> 'change', p_now);
      end if;
      update outbox.webhook_events as done
      set processed_at = p_now, error = problem
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
