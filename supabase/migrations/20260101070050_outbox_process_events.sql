-- Understanding Meta's updates: who wrote, what they prefer, and the round that works off what was stored.
-- Duplicates and disorder are normal; an update that is poison is kept with its error, and stops no other.
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

create function outbox.process_event(p_kind text, p_payload jsonb, p_now timestamptz) returns text
language plpgsql set search_path = '' as $$
declare
  problem text;
begin
  if p_kind = 'status' then
    perform outbox.process_status(p_payload, p_now);
    return null;
  end if;
  if p_kind in ('message', 'user_preference') then
    if p_kind = 'user_preference' then
      problem := outbox.process_preference(p_payload, p_now);
    elsif p_payload ->> 'type' = 'system' then
      -- WhatsApp speaks, not the member: it opens no window and no conversation.
      perform outbox.process_system_message(p_payload, p_now);
    else
      problem := outbox.process_reply(p_payload, p_now);
    end if;
    perform outbox.follow_number(outbox.sender_of(p_payload), p_now);
    return problem;
  end if;
  if not p_payload ? 'change' then
    return 'This update has another shape than WhatsApp documents, so nothing came of it: read it, and do by hand what it asks for.';
  end if;
  perform outbox.process_template_change(p_payload -> 'change', p_now);
  perform outbox.process_user_id_update(p_payload -> 'change', p_now);
  perform outbox.process_account_change(p_payload -> 'change', p_now);
  return null;
end
$$;
comment on function outbox.process_event is
  'Does what one update of Meta''s calls for; returns what a person must do where it does not know, else null.';

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
      problem := outbox.process_event(event.kind, event.payload, p_now);
      update outbox.webhook_events as done
      set processed_at = p_now, error = problem
      where done.event_id = event.event_id;
    exception
      when serialization_failure or deadlock_detected or lock_not_available then
        -- A passing collision: what is done so far is committed, which frees what the other waits for; the rest stays waiting.
        exit;
      when others then
        -- A poisonous update must not stop the others: it is kept with its error, and counts as processed.
        problem := outbox.misunderstood(sqlerrm);
        update outbox.webhook_events as done
        set processed_at = p_now, error = problem
        where done.event_id = event.event_id;
    end;
    processed := processed + 1;
  end loop;
  return processed;
end
$$;
comment on function outbox.process_events is
  'Processes stored updates of Meta in the order they came; returns how many. Fewer than asked for: nothing waits, or a collision stopped it.';

create function outbox.misunderstood(p_error text) returns text
language sql immutable set search_path = '' as $$
  select format('This update was not understood (%s): mend the cause, then process it again.', p_error)
$$;
comment on function outbox.misunderstood is 'What is told of an update that failed.';
