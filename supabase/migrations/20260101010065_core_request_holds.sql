-- When an outside service last told us to slow down, for everyone who asks it from our address: it belongs to no club.
-- One row per bucket that was ever throttled.
create table core.request_holds (
  bucket text primary key,
  held_until timestamptz not null
);
comment on table core.request_holds is 'Until when nobody may make a request of a rate bucket, after a throttling answer.';

alter table core.request_holds enable row level security;

create function core.hold_requests(p_bucket text, p_wait_ms integer, p_now timestamptz) returns void
language sql set search_path = '' as $$
  -- Never less than a second, whatever the answer says; a shorter hold does not end a longer one.
  insert into core.request_holds as known (bucket, held_until)
  values (p_bucket, p_now + make_interval(secs => greatest(p_wait_ms, 1000) / 1000.0))
  on conflict (bucket) do update set held_until = greatest(known.held_until, excluded.held_until)
$$;
comment on function core.hold_requests is
  'Holds all requests of a bucket for p_wait_ms milliseconds (at least 1000) after a throttling answer; core.take_request also slows down for the minute after it.';
