-- The nightly rebuild reads everything again and mends what the increments could not see. Every difference is kept, so that an
-- owner sees how far the minute's ticks can be trusted.
create table crm.rebuilds (
  club_id bigint not null references core.clubs on delete cascade,
  rebuild_id bigint generated always as identity,
  cause text not null check (cause in ('first', 'nightly', 'asked')),
  began_at timestamptz not null,
  finished_at timestamptz check (finished_at >= began_at),
  primary key (club_id, rebuild_id)
);
create unique index rebuilds_under_way on crm.rebuilds (club_id) where finished_at is null;
create index rebuilds_by_time on crm.rebuilds (club_id, began_at desc);
comment on table crm.rebuilds is 'One row per complete reading of a club''s platform: the first sync, the nightly rebuild, or one that was asked for.';

create table crm.rebuild_entities (
  club_id bigint not null references core.clubs on delete cascade,
  rebuild_id bigint not null,
  entity text not null,
  platform_rows bigint,
  mirror_rows bigint,
  quarantined_rows bigint,
  requests bigint not null,
  error text,
  finished_at timestamptz not null,
  primary key (club_id, rebuild_id, entity),
  foreign key (club_id, rebuild_id) references crm.rebuilds (club_id, rebuild_id) on delete cascade
);
comment on table crm.rebuild_entities is 'One row per rebuild and entity: how many rows the platform has, and how many of them the mirror.';
comment on column crm.rebuild_entities.platform_rows is 'The platform''s own total where it tells one, else the rows it listed; null: it could not be listed.';
comment on column crm.rebuild_entities.mirror_rows is 'Rows of the mirror that the platform listed; with the quarantined ones it must reach platform_rows.';

create table crm.mended_rows (
  club_id bigint not null references core.clubs on delete cascade,
  rebuild_id bigint not null,
  entity text not null,
  external_id text not null,
  difference text not null check (difference in ('missing', 'changed', 'gone', 'unexplained')),
  fields text[] not null default '{}',
  noticed_at timestamptz not null,
  primary key (club_id, rebuild_id, entity, external_id),
  foreign key (club_id, rebuild_id) references crm.rebuilds (club_id, rebuild_id) on delete cascade
);
comment on table crm.mended_rows is 'One row per difference between mirror and platform that a rebuild found.';
comment on column crm.mended_rows.difference is
  'missing: the mirror lacked it; changed: its fields differed; gone: the platform no longer has it; unexplained: not listed, and nothing could be asked about it, so it was left as it is.';
comment on column crm.mended_rows.fields is 'Names of the fields that differed in a changed row.';

alter table crm.rebuilds enable row level security;
alter table crm.rebuild_entities enable row level security;
alter table crm.mended_rows enable row level security;
grant select on crm.rebuilds, crm.rebuild_entities, crm.mended_rows to authenticated;
create policy "operators read the rebuilds of their clubs" on crm.rebuilds
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "operators read the counts of their clubs' rebuilds" on crm.rebuild_entities
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "operators read the mended rows of their clubs" on crm.mended_rows
  for select to authenticated using (club_id in (select core.my_clubs()));

create function crm.rebuild_moments(p_club_id bigint, p_around timestamptz) returns setof timestamptz
language sql stable set search_path = '' rows 4 as $$
  select ((p_around at time zone club.timezone)::date + day_offset + setting.rebuild_at) at time zone club.timezone
  from core.clubs as club
  join core.settings as setting using (club_id)
  cross join generate_series(-1, 2) as day_offset
  where club.club_id = p_club_id
$$;
comment on function crm.rebuild_moments is 'When the nightly rebuilds of the days around an instant begin, by the club''s wall clock.';

create function crm.next_rebuild_at(p_club_id bigint, p_at timestamptz) returns timestamptz
language sql stable set search_path = '' as $$
  select min(night.moment) from crm.rebuild_moments(p_club_id, p_at) as night (moment) where night.moment > p_at
$$;
comment on function crm.next_rebuild_at is 'When the club''s next nightly rebuild begins.';
grant execute on function crm.rebuild_moments, crm.next_rebuild_at to authenticated;

create function crm.is_rebuild_due(p_club_id bigint, p_now timestamptz) returns boolean
language sql stable set search_path = '' as $$
  -- In the night, for four hours. A machine that sleeps at night rebuilds by day, but not before two days have passed.
  select coalesce(
    (
      select
        bool_and(known.finished_at is not null)
        and max(known.began_at) < night.moment
        and (p_now < night.moment + interval '4 hours' or max(known.began_at) < p_now - interval '2 days')
      from crm.rebuilds as known
      cross join (
        select max(moment) as moment from crm.rebuild_moments(p_club_id, p_now) as moment where moment <= p_now
      ) as night
      where known.club_id = p_club_id
      group by night.moment
    ),
    true
  )
$$;
comment on function crm.is_rebuild_due is 'Whether a rebuild should begin now: there never was one, or it is night and tonight''s has not begun.';

create function crm.begin_rebuild(p_club_id bigint, p_cause text, p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  begun bigint;
begin
  insert into crm.rebuilds (club_id, cause, began_at)
  values (
    p_club_id,
    case when exists (select from crm.rebuilds as known where known.club_id = p_club_id) then p_cause else 'first' end,
    p_now
  )
  on conflict (club_id) where finished_at is null do nothing
  returning rebuild_id into begun;
  if begun is null then
    return null;
  end if;

  -- All at once, so that whoever comes next can finish it, and so that whoever is edited meanwhile is known to have been listed.
  delete from crm.listed_ids as listed where listed.club_id = p_club_id;
  insert into crm.listings as known (club_id, entity, lane, opened_at, passes)
  select p_club_id, entity, 'full', p_now, 1
  from unnest(array[
    'services', 'staff', 'membership_types', 'loyalty_programmes', 'clients', 'membership_sales', 'memberships', 'bookings',
    'payments'
  ]) as entity
  on conflict (club_id, entity, lane) do update set
    opened_at = p_now,
    page = 0,
    passes = 1,
    rows_read = 0,
    requests_before = known.requests_used;
  return begun;
end
$$;
comment on function crm.begin_rebuild is
  'Opens a full listing of every entity; returns the rebuild''s id, or null when one is under way. The first of a club is the first sync, whatever its cause.';

create function crm.settle_rebuild(
  p_club_id bigint, p_listing crm.listings, p_platform_rows bigint, p_mirror_rows bigint, p_error text, p_now timestamptz
) returns void
language plpgsql set search_path = '' as $$
declare
  under_way crm.rebuilds;
begin
  select known.* into under_way from crm.rebuilds as known where known.club_id = p_club_id and known.finished_at is null;
  if not found or p_listing.opened_at < under_way.began_at then
    return;
  end if;

  insert into crm.rebuild_entities (
    club_id, rebuild_id, entity, platform_rows, mirror_rows, quarantined_rows, requests, error, finished_at
  )
  values (
    p_club_id,
    under_way.rebuild_id,
    p_listing.entity,
    p_platform_rows,
    p_mirror_rows,
    (select count(*) from crm.quarantine as held where held.club_id = p_club_id and held.entity = p_listing.entity),
    p_listing.requests_used - p_listing.requests_before,
    p_error,
    p_now
  )
  -- A list that is short-lived may have been read again while the rebuild goes on.
  on conflict (club_id, rebuild_id, entity) do nothing;

  update crm.rebuilds as known
  set finished_at = p_now
  where known.club_id = p_club_id
    and known.rebuild_id = under_way.rebuild_id
    and not exists (
      select
      from crm.listings as listing
      where listing.club_id = p_club_id
        and listing.lane = 'full'
        and not exists (
          select from crm.rebuild_entities as settled
          where settled.club_id = p_club_id
            and settled.rebuild_id = under_way.rebuild_id
            and settled.entity = listing.entity
        )
    );
end
$$;
comment on function crm.settle_rebuild is 'Notes that the rebuild under way has read an entity, or cannot, and ends it with the last one.';

create function crm.note_differences(
  p_club_id bigint, p_entity text, p_before jsonb, p_rows jsonb, p_now timestamptz
) returns void
language sql set search_path = '' as $$
  -- What the platform changed within the reach of the next tick is news. Older than that, the increments have missed it.
  insert into crm.mended_rows (club_id, rebuild_id, entity, external_id, difference, fields, noticed_at)
  select distinct on (present.external_id)
    p_club_id,
    under_way.rebuild_id,
    p_entity,
    present.external_id,
    case when p_before ? present.external_id then 'changed' else 'missing' end,
    array(
      select field.key
      from jsonb_each(present.fields) as field
      where p_before ? present.external_id
        and field.value is distinct from p_before -> present.external_id -> field.key
      order by field.key
    ),
    p_now
  from crm.rebuilds as under_way
  join crm.mirror_states as state on state.club_id = under_way.club_id and state.entity = p_entity
  cross join jsonb_to_recordset(p_rows) as given (external_id text, platform_changed_at timestamptz)
  join crm.read_fields(
    p_club_id, p_entity, array(select named.external_id from jsonb_to_recordset(p_rows) as named (external_id text))
  ) as present on present.external_id = given.external_id
  where under_way.club_id = p_club_id
    and under_way.finished_at is null
    and under_way.cause <> 'first'
    and p_entity in ('clients', 'membership_sales', 'bookings', 'payments')
    and state.complete_until is not null
    and (given.platform_changed_at < state.complete_until - crm.overlap()) is not false
    and present.fields is distinct from p_before -> present.external_id
  order by present.external_id
  on conflict do nothing
$$;
comment on function crm.note_differences is 'Keeps what a page of the rebuild under way changed in the mirror though the increments should have brought it.';
