-- One row per request reserved against an outside service that counts by our address: all clubs, functions and workers
-- behind that address share it, so this table belongs to no club.
create table core.request_slots (
  bucket text not null,
  slot_id bigint generated always as identity,
  slot_at timestamptz not null,
  primary key (bucket, slot_id)
);
create index request_slots_by_time on core.request_slots (bucket, slot_at desc);
comment on table core.request_slots is 'Requests reserved in the last minutes, per rate bucket of an outside service.';

alter table core.request_slots enable row level security;

create function core.take_request(p_bucket text, p_per_second integer, p_per_minute integer, p_now timestamptz)
returns integer
language plpgsql set search_path = '' as $$
declare
  -- What the wire may squeeze together between our clock and theirs.
  slack_second constant interval := '1100 milliseconds';
  slack_minute constant interval := '61 seconds';
  slot timestamptz;
begin
  perform pg_advisory_xact_lock(hashtextextended('core.take_request/' || p_bucket, 0));
  delete from core.request_slots as old
  where old.bucket = p_bucket and old.slot_at < p_now - interval '2 minutes';

  with recent as (
    select taken.slot_at, row_number() over (order by taken.slot_at desc) as place
    from core.request_slots as taken
    where taken.bucket = p_bucket
    order by taken.slot_at desc
    limit p_per_minute
  )
  select greatest(
    p_now,
    max(recent.slot_at),
    max(recent.slot_at) filter (where recent.place = p_per_second) + slack_second,
    max(recent.slot_at) filter (where recent.place = p_per_minute) + slack_minute
  )
  into slot
  from recent;

  insert into core.request_slots (bucket, slot_at) values (p_bucket, slot);
  return ceil(extract(epoch from slot - p_now) * 1000);
end
$$;
comment on function core.take_request is
  'Reserves the next request within the limits and returns how many milliseconds to wait before making it.';

create function core.hold_requests(p_bucket text, p_wait_ms integer, p_now timestamptz) returns void
language sql set search_path = '' as $$
  -- Throttled: nobody behind this address asks again before the wait is over (never less than a second).
  insert into core.request_slots (bucket, slot_at)
  values (p_bucket, p_now + make_interval(secs => greatest(p_wait_ms, 1000) / 1000.0))
$$;
comment on function core.hold_requests is 'Holds all requests of a bucket for p_wait_ms milliseconds (at least 1000) after a throttling answer.';
