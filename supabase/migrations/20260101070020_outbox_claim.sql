-- Claiming: every check again, in the transaction that gives the message to a worker. A contact is written with the claim, so
-- that two messages to one person can never both pass; it is taken back only when the message certainly did not go out.
create function outbox.hand_out(p_judged outbox.judgement[], p_now timestamptz) returns jsonb
language plpgsql set search_path = '' as $$
declare
  handed_out jsonb;
begin
  update outbox.messages as known
  set status = 'sending', phone = judged.phone
  from unnest(p_judged) as judged
  where known.club_id = judged.club_id
    and known.message_id = judged.message_id;

  insert into campaigns.contacts (
    club_id, draft_id, client_id, phone, scenario, campaign_id, occasion, contacted_at, contacted_date
  )
  select
    draft.club_id, draft.draft_id, draft.client_id, judged.phone, draft.scenario, draft.campaign_id, draft.occasion, p_now,
    core.local_date(draft.club_id, p_now)
  from unnest(p_judged) as judged
  join campaigns.drafts as draft
    on draft.club_id = judged.club_id
    and draft.draft_id = judged.draft_id;

  insert into campaigns.outreaches (club_id, message_id, phone, reached_at)
  select judged.club_id, judged.message_id, judged.phone, p_now
  from unnest(p_judged) as judged
  where judged.reaches;

  insert into outbox.attempts (club_id, message_id, attempt, token, claimed_at)
  select queued.club_id, queued.message_id, queued.attempt, queued.token, p_now
  from unnest(p_judged) as judged
  join outbox.queue as queued
    on queued.club_id = judged.club_id
    and queued.message_id = judged.message_id;

  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'club_id', message.club_id,
        'message_id', message.message_id,
        'purpose', message.purpose,
        'token', queued.token,
        'attempt', queued.attempt,
        -- Since it was last queued: a person who sends it again gives it all its tries.
        'tries', queued.attempt - queued.first_attempt,
        'phone', message.phone,
        'form', message.form,
        -- Of a text of our own, what was approved, byte for byte.
        'body', case message.form when 'free_text' then message.rendered end,
        'template_name', message.template_name,
        'template_language', message.template_language,
        'parameters', message.parameters,
        -- Which of the template's buttons opts out is the sender's to find.
        'components', template.components
      )
      order by judged.place
    ),
    '[]'
  )
  into handed_out
  from unnest(p_judged) with ordinality as judged (
    club_id, message_id, token, purpose, draft_id, phone, reaches, run_at, obstacle, place
  )
  join outbox.messages as message
    on message.club_id = judged.club_id
    and message.message_id = judged.message_id
  join outbox.queue as queued
    on queued.club_id = judged.club_id
    and queued.message_id = judged.message_id
  left join campaigns.templates as template
    on template.club_id = message.club_id
    and template.name = message.template_name
    and template.language = message.template_language;
  return handed_out;
end
$$;
comment on function outbox.hand_out is
  'Writes down that these messages are on their way, with contact and attempt, and returns what a worker needs to send them.';

create function outbox.claim_messages(p_limit integer, p_lease_seconds integer, p_now timestamptz) returns jsonb
language plpgsql set search_path = '' as $$
declare
  pace integer;
  open_clubs bigint[];
  answering_clubs bigint[];
  taken outbox.queue[];
  judged outbox.judgement[];
  voided outbox.judgement;
  postponed record;
  waiting uuid[];
  claimed jsonb := '[]';
begin
  -- Before anything is locked: one claim decides at a time, so that the checks of each see the contacts of those before.
  pace := outbox.wait_for_pace(p_now);
  perform outbox.reap(p_now);
  -- Held as a whole. Whoever is answered was not found by a mirror, and is awake; only a pause holds that back.
  select
    array_agg(setting.club_id) filter (where campaigns.hold(setting.club_id, p_now) is null),
    array_agg(setting.club_id) filter (where setting.sending_paused_at is null)
  into open_clubs, answering_clubs
  from core.settings as setting;

  taken := array(
    select queued from outbox.take_due(least(p_limit, pace), p_lease_seconds, open_clubs, answering_clubs, p_now) as queued
  );
  while taken <> '{}' loop
    judged := outbox.judge(taken, p_now);
    -- Whose member or message is gone by now is nobody's to send: the lease ends by itself.
    exit when judged = '{}';
    -- Of two messages to one person the second is judged once the first has its contact.
    judged := array(
      select judged[first.place]
      from (
        select distinct on (coalesce(judged[known.place].phone, known.place::text)) known.place
        from generate_subscripts(judged, 1) as known (place)
        order by coalesce(judged[known.place].phone, known.place::text), known.place
      ) as first
      order by first.place
    );
    taken := array(
      select queued
      from unnest(taken) as queued
      where queued.message_id not in (select judgement.message_id from unnest(judged) as judgement)
    );
    foreach voided in array judged loop
      if voided.obstacle is not null then
        perform outbox.cancel(voided.club_id, voided.message_id, voided.obstacle, p_now);
      end if;
    end loop;
    waiting := '{}';
    for postponed in
      select wait.run_at, array_agg(wait.message_id) as message_ids, array_agg(wait.token) as tokens
      from outbox.waits(judged, p_now) as wait
      group by wait.run_at
    loop
      perform outbox.give_back(postponed.message_ids, postponed.tokens, postponed.run_at);
      waiting := waiting || postponed.message_ids;
    end loop;
    judged := array(
      select judged[sendable.place]
      from generate_subscripts(judged, 1) as sendable (place)
      where judged[sendable.place].obstacle is null
        and judged[sendable.place].message_id <> all (waiting)
      order by sendable.place
    );
    claimed := claimed || outbox.hand_out(judged, p_now);
  end loop;
  perform outbox.spend_pace(jsonb_array_length(claimed));
  return claimed;
end
$$;
comment on function outbox.claim_messages is
  'Claims due messages for p_lease_seconds after checking each again, no faster than WhatsApp takes them; voids those that may no longer be sent. Returns what to send.';

create function outbox.start_send(p_club_id bigint, p_message_id uuid, p_token uuid, p_now timestamptz) returns boolean
language plpgsql set search_path = '' as $$
declare
  queued outbox.queue;
begin
  select known.* into queued
  from outbox.queue as known
  where known.club_id = p_club_id
    and known.message_id = p_message_id
    and known.token = p_token
    and known.leased_until > p_now
    and known.send_started_at is null
  for update;
  if not found then
    return false;
  end if;
  -- The last gate. A withdrawal cancels what it finds in the queue; a message that came into the queue beside it, and was claimed before
  -- it was committed, is found here.
  if queued.purpose = 'campaign' and exists (
    select
    from outbox.messages as message
    where message.club_id = p_club_id
      and message.message_id = p_message_id
      and (
        exists (select from campaigns.suppressions_of(p_club_id, message.client_id, 'infinity'))
        or exists (
          select
          from campaigns.suppressions as known
          where known.club_id = p_club_id
            and known.phone = message.phone
            and known.lifted_at is null
        )
      )
  ) then
    update outbox.attempts as attempt
    set finished_at = p_now, outcome = 'not_started', error = 'cancelled before the call: suppressed'
    where attempt.club_id = p_club_id
      and attempt.message_id = p_message_id
      and attempt.attempt = queued.attempt;
    perform outbox.take_back(p_club_id, p_message_id);
    perform outbox.cancel(p_club_id, p_message_id, 'suppressed', p_now);
    return false;
  end if;
  update outbox.queue as known
  set send_started_at = p_now
  where known.club_id = p_club_id
    and known.message_id = p_message_id;
  return true;
end
$$;
comment on function outbox.start_send is
  'Notes, before the call, that a message is about to be sent. False: do not send, the lease is not yours any more or the member has said no meanwhile.';

create function outbox.is_sending_due(p_now timestamptz) returns boolean
language sql stable set search_path = '' as $$
  -- Asked every few seconds: by club, so that one which is held costs nothing however much waits in it.
  select exists (select from outbox.queue as lapsed where lapsed.leased_until <= p_now)
    or exists (
      select
      from core.settings as setting
      where setting.sending_paused_at is null
        and (
          exists (
            select
            from outbox.queue as waiting
            where waiting.club_id = setting.club_id
              and waiting.purpose <> 'campaign'
              and waiting.run_at <= p_now
              and waiting.token is null
          )
          or (
            campaigns.hold(setting.club_id, p_now) is null
            and exists (
              select
              from outbox.queue as waiting
              where waiting.club_id = setting.club_id
                and waiting.purpose = 'campaign'
                and waiting.run_at <= p_now
                and waiting.token is null
            )
          )
        )
    )
$$;
comment on function outbox.is_sending_due is 'Whether a message may be claimed now, or a lease has ended.';
