-- What a person decides about a message that got stuck: send a dead one again once its cause is mended, or say what became of an
-- uncertain one. A machine does neither: nobody may be messaged twice.
create function outbox.requeue(p_club_id bigint, p_message_ids uuid[], p_actor text, p_now timestamptz) returns jsonb
language plpgsql set search_path = '' as $$
declare
  dead record;
  requeued uuid[] := '{}';
  expired bigint := 0;
begin
  for dead in
    select
      message.message_id,
      message.purpose,
      message.status_reason,
      message.error_code,
      coalesce(draft.expires_at <= p_now, false) as is_expired,
      (
        select max(attempt.attempt)
        from outbox.attempts as attempt
        where attempt.club_id = message.club_id
          and attempt.message_id = message.message_id
      ) as attempts
    from outbox.messages as message
    left join campaigns.drafts as draft
      on draft.club_id = message.club_id
      and draft.draft_id = message.draft_id
    where message.club_id = p_club_id
      and message.message_id = any (p_message_ids)
      and message.status = 'dead'
    order by message.message_id
    for update of message
  loop
    if dead.is_expired then
      expired := expired + 1;
      continue;
    end if;
    insert into outbox.queue (club_id, message_id, purpose, run_at, attempt, first_attempt)
    values (p_club_id, dead.message_id, dead.purpose, p_now, coalesce(dead.attempts, 0), coalesce(dead.attempts, 0));
    update outbox.messages as message
    set status = 'queued', status_reason = null, error_code = null
    where message.club_id = p_club_id
      and message.message_id = dead.message_id;
    perform core.audit(
      p_club_id, p_actor, 'message.requeued', 'message:' || dead.message_id,
      jsonb_build_object('cause', dead.status_reason, 'error_code', dead.error_code), p_now
    );
    requeued := requeued || dead.message_id;
  end loop;
  return jsonb_build_object(
    'requeued', cardinality(requeued),
    'expired', expired,
    'refused', cardinality(p_message_ids) - cardinality(requeued) - expired
  );
end
$$;
comment on function outbox.requeue is
  'Queues dead messages again, with six tries more and every check before each: {requeued, expired: their time is over, refused: not dead any more}.';

create function outbox.resolve_uncertain(
  p_club_id bigint, p_message_id uuid, p_has_arrived boolean, p_actor text, p_now timestamptz
) returns text
language plpgsql set search_path = '' as $$
declare
  status text;
begin
  select message.status into status
  from outbox.messages as message
  where message.club_id = p_club_id
    and message.message_id = p_message_id
  for update;
  if status is null then
    raise exception 'There is no such message: reload the page.' using errcode = 'no_data_found';
  end if;
  -- A webhook, or somebody else, was faster.
  if status <> 'uncertain' then
    return status;
  end if;
  if p_has_arrived is null then
    raise exception 'Say whether the message arrived: true or false.' using errcode = 'check_violation';
  end if;

  if p_has_arrived then
    perform outbox.note_accepted(p_club_id, p_message_id, null, null, p_now);
  else
    perform outbox.take_back(p_club_id, p_message_id);
    update outbox.messages as message
    set status = 'dead', status_reason = 'it did not arrive, as a person found out'
    where message.club_id = p_club_id
      and message.message_id = p_message_id;
  end if;
  perform core.audit(
    p_club_id, p_actor, 'message.resolved', 'message:' || p_message_id, jsonb_build_object('has_arrived', p_has_arrived), p_now
  );
  return case when p_has_arrived then 'sent' else 'dead' end;
end
$$;
comment on function outbox.resolve_uncertain is
  'What a person found out about an uncertain message: it arrived and counts as sent, or it did not and is dead, from where it may be sent again. Returns the status.';
