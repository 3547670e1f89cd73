-- How fast the number may send: WhatsApp takes 80 messages a second. A bucket that holds one second, filled as time passes; one row,
-- because all clubs share the number. Its lock also lets one claim decide at a time, so that the checks of each see the contacts of
-- those before.
create table outbox.pace (
  is_only boolean primary key default true check (is_only),
  messages_per_second numeric not null default 80 check (messages_per_second > 0),
  messages_left numeric not null default 80,
  filled_at timestamptz,
  slowed_until timestamptz
);
insert into outbox.pace default values;
comment on table outbox.pace is 'One row: how many messages the number may still send this second.';
comment on column outbox.pace.slowed_until is 'Until then half as fast: WhatsApp said that we were too fast.';
-- The claim alone reads and writes it.
alter table outbox.pace enable row level security;

create function outbox.wait_for_pace(p_now timestamptz) returns integer
language sql set search_path = '' as $$
  update outbox.pace as pace
  set messages_left = least(
        pace.messages_per_second,
        case
          when pace.filled_at is null then pace.messages_per_second
          -- A clock behind ours fills nothing and takes nothing.
          else pace.messages_left + greatest(extract(epoch from p_now - pace.filled_at), 0)
            * pace.messages_per_second * case when pace.slowed_until > p_now then 0.5 else 1 end
        end
      ),
      filled_at = greatest(pace.filled_at, p_now)
  returning greatest(floor(pace.messages_left), 0)::integer
$$;
comment on function outbox.wait_for_pace is
  'How many messages the number may send now. Whoever asks holds the pace until their transaction ends: claims decide one after the other.';

create function outbox.spend_pace(p_messages integer) returns void
language sql set search_path = '' as $$ update outbox.pace as pace set messages_left = pace.messages_left - p_messages $$;
comment on function outbox.spend_pace is 'Counts messages that are about to be sent.';

create function outbox.slow_pace(p_now timestamptz) returns void
language sql set search_path = '' as $$
  update outbox.pace as pace
  set slowed_until = greatest(pace.slowed_until, p_now + interval '1 minute'),
      messages_left = least(pace.messages_left, 0),
      filled_at = greatest(pace.filled_at, p_now)
$$;
comment on function outbox.slow_pace is 'Halves the pace for a minute, beginning with a pause: WhatsApp said that the number sends too fast.';
