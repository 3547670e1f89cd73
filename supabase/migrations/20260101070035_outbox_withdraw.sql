-- The one path for every way of saying no: a reply, the button, WhatsApp's settings, its errors, the club's own people. In one
-- transaction the person is suppressed, their consents and drafts are void, and what is queued for them is cancelled.
-- Whoever has just written is told that it was heard.
create function outbox.cancel_queued(
  p_club_id bigint, p_client_ids bigint[], p_phone text, p_reason text, p_now timestamptz
) returns table (cancelled bigint, on_their_way bigint)
language plpgsql set search_path = '' as $$
declare
  waiting record;
begin
  cancelled := 0;
  on_their_way := 0;
  -- Queue before message before draft, as everybody locks them; and queue rows in one order. A worker that claimed one is waited
  -- for, and asked again whether its call has begun.
  for waiting in
    select queued.message_id, queued.attempt, queued.token, queued.send_started_at, message.draft_id
    from outbox.queue as queued
    join outbox.messages as message using (club_id, message_id)
    where queued.club_id = p_club_id
      -- What a person answers, and that an opt-out was heard, is no marketing; a template among it is asked about again when claimed.
      and queued.purpose = 'campaign'
      and (message.client_id = any (p_client_ids) or message.phone = p_phone)
    order by queued.message_id
    for update of queued
  loop
    if waiting.send_started_at is not null then
      on_their_way := on_their_way + 1;
      continue;
    end if;
    if waiting.token is not null then
      -- Claimed, and the call never made: start_send will refuse the worker.
      update outbox.attempts as attempt
      set finished_at = p_now, outcome = 'not_started', error = 'cancelled before the call: ' || p_reason
      where attempt.club_id = p_club_id and attempt.message_id = waiting.message_id and attempt.attempt = waiting.attempt;
      perform outbox.take_back(p_club_id, waiting.message_id);
    end if;
    perform outbox.cancel(p_club_id, waiting.message_id, p_reason, p_now);
    cancelled := cancelled + 1;
  end loop;
  return next;
end
$$;
comment on function outbox.cancel_queued is
  'Cancels what is queued for clients or a phone, for a skip reason; returns how many, and how many were too late because their sending has begun.';

create function outbox.withdraw(
  p_club_id bigint, p_phone text, p_cause text, p_actor text, p_now timestamptz,
  p_wa_user_id text default null, p_client_id bigint default null, p_how text default null
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  known_phone text := coalesce(p_phone, (
    select client.phone from crm.clients as client where client.club_id = p_club_id and client.client_id = p_client_id
  ));
  stopped record;
  persons bigint[];
  voided bigint;
begin
  if known_phone is null and p_wa_user_id is not null then
    known_phone := campaigns.note_whatsapp_id(p_club_id, p_wa_user_id, null, p_now);
  end if;
  persons := campaigns.withdrawing_clients(p_club_id, known_phone, p_client_id, p_cause);
  select found.* into stopped
  from outbox.cancel_queued(p_club_id, persons, known_phone, 'suppressed', p_now) as found;
  voided := campaigns.suppress(p_club_id, known_phone, p_cause, p_actor, p_now, p_wa_user_id, p_client_id, p_how);
  -- Who says no has nothing left to be asked; a phone that did not answer says nothing.
  if campaigns.is_own_word(p_cause) then
    perform campaigns.close_conversation(known.club_id, known.conversation_id, 'opted_out', p_actor, p_now)
    from campaigns.conversations as known
    where known.club_id = p_club_id
      and known.closed_at is null
      and (known.phone = known_phone or known.client_id = any (persons));
  end if;
  perform outbox.enqueue_confirmation(p_club_id, known_phone, p_now);
  return jsonb_build_object(
    'messages', stopped.cancelled, 'on_their_way', stopped.on_their_way, 'drafts', voided
  );
end
$$;
comment on function outbox.withdraw is
  'Stops all marketing to a person, known by phone, WhatsApp user id or client, for a cause, and closes their conversation: {messages, drafts} cancelled and messages already on_their_way.';

create function outbox.withdraw_excluded(p_club_id bigint, p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  -- From what is waiting, which is little, not from who is excluded, who may be many.
  excluded bigint[] := array(
    select distinct waiting.client_id
    from (
      select open_draft.client_id
      from campaigns.open_drafts(p_club_id, p_now) as open_draft
      union
      select message.client_id
      from outbox.queue as queued
      join outbox.messages as message using (club_id, message_id)
      where queued.club_id = p_club_id
    ) as waiting
    join crm.clients as client
      on client.club_id = p_club_id
      and client.client_id = waiting.client_id
    where client.is_excluded_from_mailings
      or exists (
        select
        from crm.clients as sharer
        where sharer.club_id = p_club_id
          and sharer.phone = client.phone
          and sharer.is_excluded_from_mailings
          and sharer.deleted_at is null
      )
    order by 1
  );
begin
  if excluded = '{}' then
    return 0;
  end if;
  return outbox.void_outreach(p_club_id, excluded, 'suppressed', 'system:platform', p_now);
end
$$;
comment on function outbox.withdraw_excluded is
  'Cancels what waits for members whom the booking platform has excluded from mailings since; returns how many drafts and messages.';

create function outbox.void_outreach(p_club_id bigint, p_client_ids bigint[], p_reason text, p_actor text, p_now timestamptz)
returns bigint
language plpgsql set search_path = '' as $$
declare
  cancelled bigint;
begin
  select found.cancelled into cancelled
  from outbox.cancel_queued(p_club_id, p_client_ids, null, p_reason, p_now) as found;
  return cancelled + campaigns.skip_drafts(
    p_club_id,
    array(
      select open_draft.draft_id
      from campaigns.open_drafts(p_club_id, p_now, p_client_ids) as open_draft
      order by open_draft.draft_id
    ),
    p_reason, p_actor, p_now
  );
end
$$;
comment on function outbox.void_outreach is 'Cancels the queued messages and open drafts of clients for a skip reason; returns how many.';

create function outbox.import_consents(p_club_id bigint, p_rows jsonb, p_actor text, p_now timestamptz) returns jsonb
language plpgsql set search_path = '' as $$
declare
  imported record;
  baseless bigint[];
begin
  select brought.* into imported from campaigns.import_consents(p_club_id, p_rows, p_actor, p_now) as brought;
  -- Whoever has no basis left is not waited for until the claim finds it out.
  baseless := array(
    select withdrawn.client_id
    from unnest(imported.withdrawn_client_ids) as withdrawn (client_id)
    except
    select allowed.client_id from campaigns.bases(p_club_id, p_now, imported.withdrawn_client_ids) as allowed
  );
  perform outbox.void_outreach(p_club_id, baseless, 'no_consent', p_actor, p_now);
  if imported.new + imported.changed > 0 then
    perform core.audit(
      p_club_id, p_actor, 'consents.imported', 'club:' || p_club_id,
      jsonb_build_object('new', imported.new, 'withdrawn', imported.changed), p_now
    );
  end if;
  return jsonb_build_object('new', imported.new, 'changed', imported.changed);
end
$$;
comment on function outbox.import_consents is
  'Imports checked rows of consents, and cancels what waits for those who have no basis any more: {new, changed}.';
