-- How often Telegram lets us write to a chat: one message a second, and twenty a minute in a group; changing messages counts apart.
-- Kept here and not in a process: whoever starts after a crash knows what went out before it, and all workers share one count.
create table outbox.chats (
  chat_id text primary key,
  lease_token uuid,
  leased_until timestamptz,
  held_until timestamptz not null default '-infinity'
);
comment on table outbox.chats is 'One row per Telegram chat we write to: who is at its queue, and until when Telegram asked us to be silent.';

create table outbox.chat_calls (
  chat_id text not null references outbox.chats on delete cascade,
  lane text not null check (lane in ('send', 'edit')),
  called_at timestamptz not null,
  call_id bigint generated always as identity,
  primary key (chat_id, lane, called_at, call_id)
);
comment on table outbox.chat_calls is 'One row per call reserved for a chat in the last minutes.';

alter table outbox.chats enable row level security;
alter table outbox.chat_calls enable row level security;

create function outbox.chat_wait(p_chat_id text, p_lane text, p_now timestamptz) returns interval
language sql stable set search_path = '' as $$
  -- A second more than Telegram's minute: what the wire squeezes together must not break the limit.
  select greatest(
    p_now,
    coalesce((select chat.held_until from outbox.chats as chat where chat.chat_id = p_chat_id), '-infinity'),
    coalesce(
      (
        select max(call.called_at)
        from outbox.chat_calls as call
        where call.chat_id = p_chat_id and call.lane = p_lane
      ) + interval '1 second',
      '-infinity'
    ),
    coalesce(
      (
        select call.called_at
        from outbox.chat_calls as call
        where call.chat_id = p_chat_id and call.lane = p_lane
        order by call.called_at desc
        offset 19 limit 1
      ) + case when p_chat_id like '-%' then interval '61 seconds' else interval '0' end,
      '-infinity'
    )
  ) - p_now
$$;
comment on function outbox.chat_wait is 'How long the next call of a lane (send, edit) to a chat has to wait; a chat whose id is negative is a group.';

create function outbox.take_chat_call(p_chat_id text, p_lane text, p_longest_wait_ms integer, p_now timestamptz) returns integer
language plpgsql set search_path = '' as $$
declare
  pause interval;
begin
  insert into outbox.chats (chat_id) values (p_chat_id) on conflict do nothing;
  perform from outbox.chats as chat where chat.chat_id = p_chat_id for update;
  delete from outbox.chat_calls as old where old.chat_id = p_chat_id and old.called_at < p_now - interval '2 minutes';

  pause := outbox.chat_wait(p_chat_id, p_lane, p_now);
  if pause > make_interval(secs => p_longest_wait_ms / 1000.0) then
    return null;
  end if;
  insert into outbox.chat_calls (chat_id, lane, called_at) values (p_chat_id, p_lane, p_now + pause);
  return ceil(extract(epoch from pause) * 1000);
end
$$;
comment on function outbox.take_chat_call is
  'Reserves the next call of a lane (send, edit) to a chat: milliseconds to wait before making it; null, and nothing reserved, when that is longer than p_longest_wait_ms.';

create function outbox.hold_chat(p_chat_id text, p_seconds integer, p_now timestamptz) returns void
language sql set search_path = '' as $$
  insert into outbox.chats as chat (chat_id, held_until)
  values (p_chat_id, p_now + make_interval(secs => p_seconds))
  on conflict (chat_id) do update set held_until = greatest(chat.held_until, excluded.held_until)
$$;
comment on function outbox.hold_chat is 'Holds every call to a chat for so many seconds: Telegram asked for it, or does not let us in.';

create function outbox.lease_chat(p_chat_id text, p_token uuid, p_lease_seconds integer, p_now timestamptz) returns boolean
language plpgsql set search_path = '' as $$
begin
  insert into outbox.chats as chat (chat_id, lease_token, leased_until)
  values (p_chat_id, p_token, p_now + make_interval(secs => p_lease_seconds))
  on conflict (chat_id) do update set lease_token = excluded.lease_token, leased_until = excluded.leased_until
  where chat.lease_token is not distinct from p_token
    or (chat.leased_until > p_now) is not true;
  return found;
end
$$;
comment on function outbox.lease_chat is
  'Takes or prolongs the right to work on a chat''s queue; false while another has it. One at a time: that keeps the order.';

create function outbox.release_chat(p_chat_id text, p_token uuid) returns void
language sql set search_path = '' as $$
  update outbox.chats as chat
  set lease_token = null, leased_until = null
  where chat.chat_id = p_chat_id and chat.lease_token = p_token
$$;
comment on function outbox.release_chat is 'Gives the right to work on a chat''s queue back.';
