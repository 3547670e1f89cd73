-- What the worker reports after its call. Only the token of the lease may report; a webhook may have settled it before.
create function outbox.retry_delay(p_attempt integer, p_random double precision) returns interval
language sql immutable set search_path = '' as $$
  -- 30 s × 2^(n−1) with ±20 % jitter, at most an hour whatever the dice say.
  select make_interval(secs => least(30 * 2 ^ (p_attempt - 1) * (0.8 + 0.4 * p_random), 3600))
$$;
comment on function outbox.retry_delay is 'How long to wait after attempt n: 30 s × 2^(n−1) times 0.8..1.2 for p_random in 0..1, at most 1 h.';

create function outbox.settle_message(
  p_club_id bigint, p_message_id uuid, p_token uuid, p_report jsonb, p_now timestamptz
) returns text
language plpgsql set search_path = '' as $$
declare
  -- Dead after this many attempts.
  most_attempts constant integer := 6;
  outcome text := p_report ->> 'outcome';
  queued outbox.queue;
  message outbox.messages;
  tries integer;
  next_status text;
begin
  -- Whoever heard the news keeps it, lease or not; and before the queue is locked, as whoever processes a reply does.
  if p_report ->> 'action' = 'close_window' then
    perform campaigns.refuse_window(known.club_id, known.phone, p_now)
    from outbox.messages as known
    where known.club_id = p_club_id and known.message_id = p_message_id;
  end if;
  select known.* into queued
  from outbox.queue as known
  where known.club_id = p_club_id and known.message_id = p_message_id and known.token = p_token
  for update;
  select known.* into message
  from outbox.messages as known
  where known.club_id = p_club_id and known.message_id = p_message_id
  for update;

  if queued.message_id is null then
    -- The lease was lost, or a webhook was faster. What became of the attempt is kept all the same.
    update outbox.attempts as attempt
    set finished_at = p_now,
        outcome = p_report ->> 'outcome',
        error_code = (p_report ->> 'error_code')::integer,
        error = p_report ->> 'error'
    where attempt.club_id = p_club_id
      and attempt.message_id = p_message_id
      and attempt.token = p_token
      and coalesce(attempt.outcome, 'uncertain') = 'uncertain';
    -- An acceptance is still news: it settles an uncertain message.
    if outcome = 'accepted' then
      perform outbox.note_accepted(p_club_id, p_message_id, p_report ->> 'wamid', p_report ->> 'delivery', p_now);
    end if;
    return 'lease_lost';
  end if;

  update outbox.attempts as attempt
  set finished_at = p_now,
      outcome = p_report ->> 'outcome',
      error_code = (p_report ->> 'error_code')::integer,
      error = p_report ->> 'error'
  where attempt.club_id = p_club_id and attempt.message_id = p_message_id and attempt.attempt = queued.attempt;

  if outcome = 'accepted' then
    perform outbox.ack(array[p_club_id], array[p_message_id], array[p_token]);
    perform outbox.note_accepted(p_club_id, p_message_id, p_report ->> 'wamid', p_report ->> 'delivery', p_now);
    return 'sent';
  end if;

  if outcome = 'uncertain' then
    perform outbox.ack(array[p_club_id], array[p_message_id], array[p_token]);
    update outbox.messages as known
    set status = 'uncertain', status_reason = p_report ->> 'error'
    where known.club_id = p_club_id and known.message_id = p_message_id and known.status = 'sending';
    return 'uncertain';
  end if;

  -- Retry or final: the message certainly did not go out.
  perform outbox.take_back(p_club_id, p_message_id);
  if message.form = 'free_text' and p_report ->> 'action' = 'close_window' then
    -- Nobody is to blame and nothing is lost: the next planning writes it anew, for a template.
    perform outbox.cancel(p_club_id, p_message_id, 'window_closed', p_now);
    update outbox.messages as known
    set error_code = (p_report ->> 'error_code')::integer
    where known.club_id = p_club_id and known.message_id = p_message_id;
    return 'cancelled';
  end if;
  tries := queued.attempt - queued.first_attempt;
  -- What the number did is not held against the message: it keeps its place until sending is resumed.
  next_status := case
    when outcome = 'retry' and (tries < most_attempts or p_report ->> 'action' = 'stop_number') then 'failed'
    else 'dead'
  end;
  if next_status = 'failed' then
    update outbox.queue as known
    set token = null,
        leased_until = null,
        send_started_at = null,
        run_at = p_now + greatest(
          outbox.retry_delay(tries, random()),
          make_interval(secs => coalesce((p_report ->> 'retry_after_seconds')::numeric, 0)::double precision)
        )
    where known.club_id = p_club_id and known.message_id = p_message_id;
  else
    perform outbox.ack(array[p_club_id], array[p_message_id], array[p_token]);
  end if;
  update outbox.messages as known
  set status = next_status,
      status_reason = p_report ->> 'error',
      error_code = (p_report ->> 'error_code')::integer
  where known.club_id = p_club_id and known.message_id = p_message_id;

  perform outbox.act_on_error(
    p_club_id, p_message_id, p_report ->> 'action', (p_report ->> 'error_code')::integer, p_now, p_report ->> 'error'
  );
  return next_status;
end
$$;
comment on function outbox.settle_message is
  'Records the report {outcome: accepted|retry|final|uncertain, wamid, delivery, error_code, error, action, retry_after_seconds} of one attempt; returns the new status.';

create function outbox.note_accepted(p_club_id bigint, p_message_id uuid, p_wamid text, p_delivery text, p_now timestamptz)
returns void
language sql set search_path = '' as $$
  with accepted as (
    update outbox.messages as message
    set status = 'sent',
        status_reason = null,
        wamid = coalesce(message.wamid, p_wamid),
        accepted_at = least(message.accepted_at, p_now),
        delivery = coalesce(message.delivery, p_delivery, 'accepted')
    where message.club_id = p_club_id
      and message.message_id = p_message_id
    returning message.*
  ),
  -- What counts was taken back if we had believed that the call failed.
  outreach as (
    insert into campaigns.outreaches (club_id, message_id, phone, reached_at)
    select accepted.club_id, accepted.message_id, accepted.phone, accepted.accepted_at
    from accepted
    where accepted.form = 'template'
      and campaigns.window_closes_at(accepted.club_id, accepted.client_id, accepted.accepted_at) is null
    on conflict (club_id, message_id) do nothing
  )
  insert into campaigns.contacts (
    club_id, draft_id, client_id, phone, scenario, campaign_id, occasion, contacted_at, contacted_date
  )
  select
    accepted.club_id, accepted.draft_id, accepted.client_id, accepted.phone, draft.scenario, draft.campaign_id, draft.occasion,
    accepted.accepted_at,
    core.local_date(accepted.club_id, accepted.accepted_at)
  from accepted
  join campaigns.drafts as draft using (club_id, draft_id)
  on conflict (club_id, draft_id) do nothing
$$;
comment on function outbox.note_accepted is
  'Notes that WhatsApp took a message, whatever was believed of it before; never lowers what is known of its delivery.';
