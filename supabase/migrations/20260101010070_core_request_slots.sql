-- One row per request reserved against an outside service that counts by our address: all clubs, functions and workers
-- behind that address share it, so this table belongs to no club.
-- Each share keeps its own limits, and the shares add up to the service's: whatever mixture asks, the service's limits hold.
create table core.request_slots (
  bucket text not null,
  -- Whose budget the request uses, which is not always the share of who asked.
  share text not null check (share in ('interactive', 'changes', 'rebuild')),
  slot_at timestamptz not null,
  slot_id bigint generated always as identity,
  primary key (bucket, share, slot_at, slot_id)
);
comment on table core.request_slots is 'Requests reserved in the last minutes, per rate bucket of an outside service and share of its budget.';

alter table core.request_slots enable row level security;

create function core.request_shares(p_per_second integer, p_per_minute integer)
returns table (share text, place integer, per_second integer, per_minute integer)
language plpgsql immutable set search_path = '' as $$
declare
  small_second constant integer := greatest(1, p_per_second / 5);
  small_minute constant integer := greatest(1, p_per_minute / 10);
begin
  if p_per_second is null or p_per_second < 3 or p_per_minute is null or p_per_minute < 3 then
    raise exception 'Limits of % a second and % a minute cannot be split into three shares: give at least 3 of each.',
      p_per_second, p_per_minute using errcode = 'check_violation';
  end if;
  return query values
    ('interactive', 1, small_second, small_minute),
    ('changes', 2, small_second, small_minute),
    ('rebuild', 3, p_per_second - 2 * small_second, p_per_minute - 2 * small_minute);
end
$$;
comment on function core.request_shares is
  'The three shares of a rate, the most urgent first: a fifth of the second and a tenth of the minute each for people and for changes, the rest for rebuilds.';

create function core.take_request(
  p_bucket text, p_share text, p_per_second integer, p_per_minute integer, p_longest_wait_ms integer, p_now timestamptz
)
returns integer
language plpgsql set search_path = '' as $$
declare
  -- What the wire, the clocks and a busy machine may squeeze together between our counting and theirs.
  slack_second constant interval := '1400 milliseconds';
  slack_minute constant interval := '61 seconds';
  -- After a hold every share makes one request a second for so long.
  slowness constant interval := '60 seconds';
  own_place integer;
  held timestamptz;
  turn timestamptz;
begin
  select own.place into own_place
  from core.request_shares(p_per_second, p_per_minute) as own
  where own.share = p_share;
  if own_place is null then
    raise exception 'Unknown share %: take a request from interactive, changes or rebuild.', coalesce(p_share, 'null')
      using errcode = 'check_violation';
  end if;

  perform pg_advisory_xact_lock(hashtextextended('core.take_request/' || p_bucket, 0));
  -- Twice the longest window, so that a caller whose clock is ahead takes nothing away that still counts.
  delete from core.request_slots as old
  where old.bucket = p_bucket and old.slot_at < p_now - interval '2 minutes';
  select coalesce(max(hold.held_until), '-infinity') into held from core.request_holds as hold where hold.bucket = p_bucket;

  with counted as (
    select open.share, open.place,
      -- The largest share goes evenly: its bursts, squeezed together on the wire, would be what breaks the limit of a second.
      case when open.share = 'rebuild' then interval '60 seconds' / nullif(open.per_minute, 0) end as spacing,
      coalesce((
        select max(taken.slot_at) from core.request_slots as taken
        where taken.bucket = p_bucket and taken.share = open.share
      ), '-infinity') as latest_at,
      coalesce((
        select taken.slot_at from core.request_slots as taken
        where taken.bucket = p_bucket and taken.share = open.share
        order by taken.slot_at desc offset open.per_second - 1 limit 1
      ), '-infinity') as full_second_at,
      coalesce((
        select taken.slot_at from core.request_slots as taken
        where taken.bucket = p_bucket and taken.share = open.share
        order by taken.slot_at desc offset open.per_minute - 1 limit 1
      ), '-infinity') as full_minute_at
    from core.request_shares(p_per_second, p_per_minute) as open
    -- The idle budget of what may wait longer is open to what may not, never the other way round.
    where open.place >= own_place
  ),
  turns as (
    select counted.share, counted.place,
      greatest(
        -- Never before a turn already given, so turns of a share come in the order in which they were asked for.
        p_now, held, counted.latest_at, counted.full_minute_at + slack_minute,
        least(
          counted.latest_at + slack_second,
          greatest(coalesce(counted.latest_at + counted.spacing, counted.full_second_at + slack_second), held + slowness)
        )
      ) as turn_at
    from counted
  )
  insert into core.request_slots (bucket, share, slot_at)
  select p_bucket, turns.share, turns.turn_at
  from (select * from turns where turns.turn_at <= p_now + make_interval(secs => p_longest_wait_ms / 1000.0)) as turns
  -- Of equal turns the one lent by who can wait longest: the own share, which nobody behind may touch, stays whole for the
  -- moment when the others are busy.
  order by turns.turn_at, turns.place desc
  limit 1
  returning slot_at into turn;
  return ceil(extract(epoch from turn - p_now) * 1000);
end
$$;
comment on function core.take_request is
  'Reserves the next request of a share within the limits, borrowing from the shares after it, and returns how many milliseconds to wait before making it; null, and nothing is reserved, when that is longer than p_longest_wait_ms. Who asks again only after its turn gets turns in rotation with the others; a turn once given stands.';
