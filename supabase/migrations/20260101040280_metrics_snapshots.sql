-- Every metric of every day, so that each has a line. What was known on the day itself is kept; days before the club was connected
-- are replayed with what is known by then.
create table metrics.snapshots (
  club_id bigint not null references core.clubs on delete cascade,
  code text not null references metrics.definitions,
  service_kind text not null default 'all' check (service_kind in ('all', 'trial', 'group', 'personal', 'open', 'other')),
  as_of date not null,
  basis text not null check (basis in ('known', 'replayed')),
  value numeric,
  numerator numeric,
  denominator numeric,
  sample_size bigint not null,
  computed_at timestamptz not null,
  data_until timestamptz,
  primary key (club_id, code, service_kind, as_of)
);
comment on table metrics.snapshots is 'One row per club, metric, service kind (all: of every visit) and day.';
comment on column metrics.snapshots.basis is
  'known: read on the day itself, last shortly before midnight, and not touched since; replayed: computed later from what was known by then.';
comment on column metrics.snapshots.data_until is 'Until when the mirror was complete as it was computed.';

alter table metrics.snapshots enable row level security;
grant select on metrics.snapshots to authenticated;
create policy "operators read the history of their clubs" on metrics.snapshots
  for select to authenticated using (club_id in (select core.my_clubs()));

create function metrics.keep_readings(p_club_id bigint, p_as_of date, p_basis text, p_has_kinds boolean, p_now timestamptz)
returns bigint
language sql set search_path = '' as $$
  with reading as (
    select 'all' as service_kind, every.*
    from metrics.read_all(p_club_id, p_as_of) as every
    where not p_has_kinds
    union all
    select by_kind.*
    from metrics.read_by_service_kind(p_club_id, p_as_of) as by_kind
    where p_has_kinds
  ),
  stored as (
    insert into metrics.snapshots as kept
      (club_id, code, service_kind, as_of, basis, value, numerator, denominator, sample_size, computed_at, data_until)
    select
      p_club_id,
      reading.code,
      reading.service_kind,
      p_as_of,
      p_basis,
      reading.value,
      reading.numerator,
      reading.denominator,
      reading.sample_size,
      p_now,
      crm.last_good_sync(p_club_id)
    from reading
    on conflict (club_id, code, service_kind, as_of) do update set
      basis = excluded.basis,
      value = excluded.value,
      numerator = excluded.numerator,
      denominator = excluded.denominator,
      sample_size = excluded.sample_size,
      computed_at = excluded.computed_at,
      data_until = excluded.data_until
    where excluded.basis = 'known' or kept.basis = 'replayed'
    returning 1
  )
  select count(*) from stored
$$;
comment on function metrics.keep_readings is
  'Keeps every metric of a day, or those of each service kind; what was known on the day is not replaced by a replay. Returns the rows kept.';

create function metrics.take_snapshot(p_club_id bigint, p_as_of date, p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  today date := core.local_date(p_club_id, p_now);
begin
  if p_as_of > today then
    raise exception 'There is no reading of % yet, it is % in club %: ask for a day that has begun.', p_as_of, today, p_club_id
      using errcode = 'check_violation';
  end if;
  return metrics.keep_readings(
    p_club_id, p_as_of, case when p_as_of = today then 'known' else 'replayed' end, p_has_kinds => false, p_now => p_now
  );
end
$$;
comment on function metrics.take_snapshot is
  'Keeps every metric of a day, of today as known now, of an earlier day as replayed; a day that was known stays as it was. Returns the rows kept.';

create function metrics.take_kind_snapshot(p_club_id bigint, p_as_of date, p_now timestamptz) returns bigint
language sql set search_path = '' as $$
  select metrics.keep_readings(p_club_id, p_as_of, 'replayed', p_has_kinds => true, p_now => p_now)
$$;
comment on function metrics.take_kind_snapshot is 'Keeps the metrics of each service kind of a day that is over; returns the rows kept.';

create function metrics.first_day(p_club_id bigint) returns date
language sql stable set search_path = '' as $$
  -- Off the ends of two indexes.
  select least(
    (
      select booking.local_date
      from crm.bookings as booking
      where booking.club_id = p_club_id
        and booking.status in ('attended', 'no_show')
        and not booking.is_deleted
      order by booking.local_date
      limit 1
    ),
    (
      select payment.local_date
      from crm.payments as payment
      where payment.club_id = p_club_id
        and not payment.is_deleted
      order by payment.local_date
      limit 1
    )
  )
$$;
comment on function metrics.first_day is 'The first local date of which a club has a booking that was held, or money; null: none yet.';

create function metrics.missing_days(p_club_id bigint, p_as_of date) returns setof date
language sql stable set search_path = '' rows 1000 as $$
  with club as materialized (
    select metrics.first_day(p_club_id) as first_day
  ),
  -- All metrics of a day are kept at once: no day lacks any that the one whose line begins last does not lack. That is one new to
  -- the dictionary, which wants its line too.
  youngest as materialized (
    select definition.code
    from metrics.definitions as definition
    order by (
      select min(kept.as_of)
      from metrics.snapshots as kept
      where kept.club_id = p_club_id
        and kept.code = definition.code
        and kept.service_kind = 'all'
    ) desc nulls first
    limit 1
  )
  select p_as_of - days_ago
  from club
  cross join youngest
  cross join generate_series(1, 1095) as days_ago
  where p_as_of - days_ago >= club.first_day
    and not exists (
      select
      from metrics.snapshots as kept
      where kept.club_id = p_club_id
        and kept.code = youngest.code
        and kept.service_kind = 'all'
        and kept.as_of = p_as_of - days_ago
    )
  order by days_ago
$$;
comment on function metrics.missing_days is
  'Days before p_as_of without a snapshot of every metric, latest first, from the first day with facts and at most three years back.';
