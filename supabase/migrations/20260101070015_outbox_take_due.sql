-- The queue itself: taking what is due, and leaving it. Narrow rows, each touched once a claim; nothing here asks who may be
-- written to, which outbox.claim_messages does, and nothing is called while these locks are held.
create function outbox.take_due(
  p_limit integer, p_lease_seconds integer, p_club_ids bigint[], p_answering_club_ids bigint[], p_now timestamptz
) returns setof outbox.queue
language plpgsql set search_path = '' rows 100 as $$
declare
  -- Clubs take turns, another each time: one that has a million waiting keeps nobody waiting.
  turn bigint := extract(epoch from p_now) * 1000;
  places tid[];
begin
  -- Club by club, and only until there is enough: no more is locked than is taken, and a club that is held costs nothing however
  -- much waits in it. Who waits for an answer goes first.
  places := array(
    select waiting.place
    from (
      select club.club_id from unnest(p_answering_club_ids) as club (club_id) order by hashint8extended(club.club_id, turn)
    ) as club
    cross join lateral (
      select candidate.ctid as place
      from outbox.queue as candidate
      where candidate.club_id = club.club_id
        and candidate.purpose <> 'campaign'
        and candidate.run_at <= p_now
        and candidate.token is null
      order by candidate.run_at
      limit p_limit
      for update skip locked
    ) as waiting
    limit p_limit
  );
  places := places || array(
    select waiting.place
    from (
      select club.club_id from unnest(p_club_ids) as club (club_id) order by hashint8extended(club.club_id, turn)
    ) as club
    cross join lateral (
      select candidate.ctid as place
      from outbox.queue as candidate
      where candidate.club_id = club.club_id
        and candidate.purpose = 'campaign'
        and candidate.run_at <= p_now
        and candidate.token is null
      order by candidate.run_at
      limit p_limit
      for update skip locked
    ) as waiting
    limit p_limit - cardinality(places)
  );
  -- An array of places, and not a join with the rows to lock: the plan would read the whole table for it.
  return query
    update outbox.queue as queued
    set token = gen_random_uuid(),
        leased_until = p_now + make_interval(secs => p_lease_seconds),
        send_started_at = null,
        attempt = queued.attempt + 1
    where queued.ctid = any (places)
    returning queued.*;
end
$$;
comment on function outbox.take_due is
  'Gives at most p_limit due messages to one worker for p_lease_seconds, each with a token: of p_club_ids what campaigns send, of p_answering_club_ids answers and confirmations, which go first.';

create function outbox.give_back(p_message_ids uuid[], p_tokens uuid[], p_run_at timestamptz) returns void
language sql set search_path = '' as $$
  update outbox.queue as queued
  set token = null, leased_until = null, attempt = queued.attempt - 1, run_at = p_run_at
  from outbox.messages as message
  join unnest(p_message_ids, p_tokens) as given (message_id, token) on given.message_id = message.message_id
  where queued.club_id = message.club_id
    and queued.message_id = message.message_id
    and queued.token = given.token
$$;
comment on function outbox.give_back is 'Puts messages that were taken, and not begun, back until p_run_at, as if they had not been taken.';

create function outbox.ack(p_club_ids bigint[], p_message_ids uuid[], p_tokens uuid[]) returns bigint
language plpgsql set search_path = '' as $$
declare
  acked bigint;
begin
  delete from outbox.queue as queued
  using unnest(p_club_ids, p_message_ids, p_tokens) as given (club_id, message_id, token)
  where queued.club_id = given.club_id
    and queued.message_id = given.message_id
    and queued.token = given.token;
  get diagnostics acked = row_count;
  return acked;
end
$$;
comment on function outbox.ack is 'Takes messages out of the queue for whoever holds their tokens; returns how many: fewer when a lease was lost.';
