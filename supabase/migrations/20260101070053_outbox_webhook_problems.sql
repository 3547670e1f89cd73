-- Updates that need a person: nobody could be told from them, or they were not understood. An update belongs to the number, so each
-- club it may concern settles it for itself; processing it again settles it for all.
create table outbox.settled_problems (
  club_id bigint not null references core.clubs on delete cascade,
  event_id bigint not null references outbox.webhook_events on delete cascade,
  note text not null,
  settled_by text not null,
  settled_at timestamptz not null,
  primary key (club_id, event_id),
  constraint settled_problems_say_how check (btrim(note) <> '')
);
create index settled_problems_by_event on outbox.settled_problems (event_id);
comment on table outbox.settled_problems is 'One row per club and update that a person of the club dealt with, and how.';
comment on constraint settled_problems_say_how on outbox.settled_problems is 'Say in a few words what you did about it.';
-- The doors of api alone read and write it.
alter table outbox.settled_problems enable row level security;

create function outbox.clubs_of_event(p_kind text, p_payload jsonb) returns setof bigint
language plpgsql stable set search_path = '' rows 2 as $$
begin
  if p_kind = 'status' then
    return query select message.club_id from outbox.message_of_status(p_payload) as message where message.club_id is not null;
  elsif p_kind in ('message', 'user_preference') then
    return query
      select known.club_id
      from core.clubs as known
      where exists (
        select from campaigns.clients_of_phone(known.club_id, outbox.sender_of(p_payload))
      );
  end if;
  if not found then
    -- Nobody can tell: it may concern any of them.
    return query select known.club_id from core.clubs as known;
  end if;
end
$$;
comment on function outbox.clubs_of_event is 'The clubs an update may concern: those that know the phone or sent the message, else all.';

create function outbox.webhook_problems(p_club_id bigint)
returns table (event_id bigint, kind text, received_at timestamptz, error text, wa_user_id text, payload jsonb)
language sql stable set search_path = '' rows 10 as $$
  select
    event.event_id,
    event.kind,
    event.received_at,
    event.error,
    outbox.user_id_of(event.payload),
    event.payload
  from outbox.webhook_events as event
  where event.error is not null
    and not exists (
      select
      from outbox.settled_problems as settled
      where settled.club_id = p_club_id
        and settled.event_id = event.event_id
    )
    and p_club_id in (select outbox.clubs_of_event(event.kind, event.payload))
  order by event.event_id desc
  limit 200
$$;
comment on function outbox.webhook_problems is 'The updates that need a person of this club, the newest 200; without those that only concern other clubs.';

create function outbox.settle_webhook_problem(p_club_id bigint, p_event_id bigint, p_note text, p_actor text, p_now timestamptz)
returns boolean
language plpgsql set search_path = '' as $$
begin
  if not exists (select from outbox.webhook_problems(p_club_id) as problem where problem.event_id = p_event_id) then
    return false;
  end if;
  insert into outbox.settled_problems (club_id, event_id, note, settled_by, settled_at)
  values (p_club_id, p_event_id, coalesce(btrim(p_note), ''), p_actor, p_now)
  on conflict (club_id, event_id) do nothing;
  if not found then
    return false;
  end if;
  perform core.audit(
    p_club_id, p_actor, 'webhook.settled', 'webhook_event:' || p_event_id, jsonb_build_object('note', btrim(p_note)), p_now
  );
  return true;
end
$$;
comment on function outbox.settle_webhook_problem is
  'Notes that a person of the club dealt with an update, and how; false when it was no open problem of theirs.';

create function outbox.retry_webhook_problem(p_club_id bigint, p_event_id bigint, p_actor text, p_now timestamptz) returns text
language plpgsql set search_path = '' as $$
declare
  event outbox.webhook_events;
  problem text;
begin
  if not exists (select from outbox.webhook_problems(p_club_id) as known where known.event_id = p_event_id) then
    return null;
  end if;
  select known.* into event from outbox.webhook_events as known where known.event_id = p_event_id for update;
  begin
    problem := outbox.process_event(event.kind, event.payload, p_now);
  exception
    when serialization_failure or deadlock_detected or lock_not_available then
      raise;
    when others then
      problem := outbox.misunderstood(sqlerrm);
  end;
  update outbox.webhook_events as done set processed_at = p_now, error = problem where done.event_id = p_event_id;
  perform core.audit(
    p_club_id, p_actor, 'webhook.retried', 'webhook_event:' || p_event_id, jsonb_build_object('is_understood', problem is null), p_now
  );
  return problem;
end
$$;
comment on function outbox.retry_webhook_problem is
  'Processes an update again, once its cause is mended; returns what is still to do, null when it was understood or is no open problem.';

create function outbox.forget_webhook_events(p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  forgotten bigint;
begin
  delete from outbox.webhook_events as event
  where event.processed_at < p_now - interval '30 days'
    and (
      event.error is null
      -- What still waits for somebody stays.
      or not exists (
        select outbox.clubs_of_event(event.kind, event.payload)
        except
        select settled.club_id from outbox.settled_problems as settled where settled.event_id = event.event_id
      )
    );
  get diagnostics forgotten = row_count;
  return forgotten;
end
$$;
comment on function outbox.forget_webhook_events is
  'Forgets updates processed more than 30 days ago, but for those that still need a person; returns how many. Meta repeats none for longer than 7 days.';
