-- A member's message, understood: stored, and acted on in the same transaction. Either it says stop, or it opens a conversation.
-- One message may concern several clubs: each that knows the phone or wrote to it. A message known to a club changes nothing there.
create function outbox.words_of(p_payload jsonb) returns text
language sql immutable set search_path = '' as $$
  select coalesce(
    p_payload #>> '{text,body}',
    p_payload #>> '{button,text}',
    p_payload #>> '{interactive,button_reply,title}',
    p_payload #>> '{interactive,list_reply,title}',
    p_payload #>> '{interactive,nfm_reply,body}',
    p_payload #>> '{image,caption}',
    p_payload #>> '{video,caption}',
    p_payload #>> '{document,caption}',
    p_payload #>> '{order,text}',
    ''
  )
$$;
comment on function outbox.words_of is 'What a member''s message says: its text, the caption of its picture, the title of what was tapped; empty when it has no words.';

create function outbox.tapped(p_payload jsonb) returns text
language sql immutable set search_path = '' as $$
  select coalesce(
    p_payload #>> '{button,payload}',
    p_payload #>> '{interactive,button_reply,id}',
    p_payload #>> '{interactive,list_reply,id}'
  )
$$;
comment on function outbox.tapped is 'What the button a member tapped stands for; null when they tapped none.';

create function outbox.says_opt_out(p_payload jsonb) returns boolean
language sql immutable set search_path = '' as $$
  select outbox.is_opt_out(outbox.words_of(p_payload)) or coalesce(outbox.tapped(p_payload) like 'optout:%', false)
$$;
comment on function outbox.says_opt_out is 'Whether a member''s message is an opt-out: a word that stops, wherever it stands, or our button.';

create function outbox.answered_message(p_club_id bigint, p_payload jsonb) returns outbox.messages
language sql stable set search_path = '' as $$
  select message.*
  from outbox.messages as message
  where message.club_id = p_club_id
    and (
      message.wamid = p_payload #>> '{context,id}'
      or message.message_id = substring(
        outbox.tapped(p_payload) from '^optout:([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$'
      )::uuid
    )
  limit 1
$$;
comment on function outbox.answered_message is 'The message of a club that a member answers, by pointing at it or by its button; null when they answer none.';

create function outbox.writer(p_club_id bigint, p_phone text, p_answered outbox.messages) returns bigint
language sql stable set search_path = '' as $$
  -- Several may share a phone: whom we wrote to, else whoever has it now.
  select client.client_id
  from campaigns.clients_of_phone(p_club_id, p_phone) as person (client_id)
  join crm.clients as client
    on client.club_id = p_club_id
    and client.client_id = person.client_id
  order by
    (client.client_id = p_answered.client_id) is true desc,
    (client.phone = p_phone and client.deleted_at is null) is true desc,
    client.client_id
  limit 1
$$;
comment on function outbox.writer is 'The client of a club who most likely writes from a phone; null when the club knows nobody there.';

create function outbox.store_reply(
  p_club_id bigint, p_client_id bigint, p_phone text, p_message_id uuid, p_is_opt_out boolean, p_payload jsonb
) returns boolean
language plpgsql set search_path = '' as $$
begin
  insert into outbox.replies (club_id, wamid, client_id, phone, type, body, is_opt_out, message_id, replied_at)
  values (
    p_club_id,
    p_payload ->> 'id',
    p_client_id,
    p_phone,
    coalesce(p_payload ->> 'type', 'text'),
    outbox.words_of(p_payload),
    p_is_opt_out,
    p_message_id,
    to_timestamp((p_payload ->> 'timestamp')::bigint)
  )
  on conflict (club_id, wamid) do nothing;
  return found;
end
$$;
comment on function outbox.store_reply is 'Stores a member''s message to a club; false when the club has it already.';

create function outbox.hear_reply(p_club_id bigint, p_client_id bigint, p_phone text, p_payload jsonb, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  written_at timestamptz := to_timestamp((p_payload ->> 'timestamp')::bigint);
begin
  perform campaigns.note_inbound(p_club_id, person.client_id, p_phone, written_at, p_now)
  from campaigns.clients_of_phone(p_club_id, p_phone) as person (client_id)
  -- Whoever notes several locks them in one order.
  order by person.client_id;
  -- What stops ends the conversation, and begins none.
  if outbox.says_opt_out(p_payload) then
    return;
  end if;
  perform campaigns.note_conversation(
    p_club_id, p_client_id, p_phone, outbox.may_be_opt_out(outbox.words_of(p_payload)), written_at, p_now
  );
end
$$;
comment on function outbox.hear_reply is
  'Notes that a member wrote: their 24 hours begin anew and, unless it is an opt-out, the conversation with them is open.';

create function outbox.process_reply(p_payload jsonb, p_now timestamptz) returns text
language plpgsql set search_path = '' as $$
declare
  sender constant text := outbox.sender_of(p_payload);
  is_stop constant boolean := outbox.says_opt_out(p_payload);
  wa_user_id constant text := outbox.user_id_of(p_payload);
  cause constant text := case when outbox.tapped(p_payload) is null then 'stop_word' else 'button' end;
  how constant text := case when outbox.tapped(p_payload) is null then 'a reply on WhatsApp' else 'the button under a message' end;
  club record;
begin
  if sender is null then
    return outbox.stop_stranger(case when is_stop then wa_user_id end, cause, how, p_now);
  end if;
  -- Every club that knows this phone, or wrote to it: who stops, stops everywhere this number may write from. A client deleted
  -- since may come back, and an answer comes from the phone we wrote to, whatever the platform's record says by now.
  for club in
    select known.club_id, writer.client_id, answered.message_id
    from core.clubs as known
    cross join lateral outbox.answered_message(known.club_id, p_payload) as answered
    cross join lateral outbox.writer(known.club_id, sender, answered) as writer (client_id)
    where writer.client_id is not null
    order by known.club_id
  loop
    continue when not outbox.store_reply(club.club_id, club.client_id, sender, club.message_id, is_stop, p_payload);
    perform outbox.learn_whatsapp_id(club.club_id, wa_user_id, sender, p_now);
    if outbox.opens_window(p_payload) then
      perform outbox.hear_reply(club.club_id, club.client_id, sender, p_payload, p_now);
    end if;
    if is_stop then
      perform outbox.withdraw(club.club_id, sender, cause, 'member:whatsapp', p_now, wa_user_id, null, how);
    end if;
  end loop;
  return null;
end
$$;
comment on function outbox.process_reply is
  'Stores a member''s message and, when it says stop, withdraws the member in the same transaction, else opens their conversation. Returns what a person must do where it does not know who wrote.';
