-- One row per club, entity and lane: how far the mirror is, and where the listing that is being read stands.
-- A listing survives its reader: the next call goes on at the page after the last one applied. The lanes are read beside each
-- other: `changes` by the minute's tick, `full` by the first sync, the nightly rebuild and lists that have no change filter.
create table crm.listings (
  club_id bigint not null references core.clubs on delete cascade,
  entity text not null check (entity in (
    'services', 'staff', 'membership_types', 'loyalty_programmes', 'clients', 'membership_sales', 'memberships', 'bookings',
    'payments'
  )),
  lane text not null check (lane in ('changes', 'full')),
  opened_at timestamptz,
  page integer not null default 0 check (page >= 0),
  passes integer not null default 0 check (passes >= 0),
  rows_read bigint not null default 0,
  changed_after timestamptz,
  complete_until timestamptz,
  completed_at timestamptz,
  completed_rows bigint,
  requests_used bigint not null default 0,
  requests_before bigint not null default 0,
  archived_rows bigint not null default 0,
  error text,
  error_at timestamptz,
  primary key (club_id, entity, lane)
);
comment on table crm.listings is 'Per club, entity and lane: how far the mirror is complete, and the page at which the open listing stands.';
comment on column crm.listings.opened_at is 'Start of the listing being read; null when none is open. The window of changes ends here.';
comment on column crm.listings.passes is 'How often the open listing began at its first page: again when it showed fewer rows than announced.';
comment on column crm.listings.changed_after is 'Lower end of the window of a listing of changes; null in a full one.';
comment on column crm.listings.complete_until is 'Everything the platform changed before this instant is in the mirror; null: never listed.';
comment on column crm.listings.requests_used is 'Requests to the platform of all time; requests_before: those before the open, or else last, listing.';

-- Ids seen since a full listing was opened, by it or by the listings of changes beside it.
create table crm.listed_ids (
  club_id bigint not null references core.clubs on delete cascade,
  entity text not null,
  external_id text not null,
  primary key (club_id, entity, external_id)
);
comment on table crm.listed_ids is 'Ids the platform showed since the open full listing began; emptied when it closes.';

-- One reader per club and lane at a time.
create table crm.sync_leases (
  club_id bigint not null references core.clubs on delete cascade,
  lane text not null check (lane in ('changes', 'full')),
  token uuid not null,
  leased_until timestamptz not null,
  primary key (club_id, lane)
);
comment on table crm.sync_leases is 'Who reads a lane of a club, and until when the claim holds.';

alter table crm.listings enable row level security;
alter table crm.listed_ids enable row level security;
alter table crm.sync_leases enable row level security;
grant select on crm.listings to authenticated;
create policy "operators read the sync state of their clubs" on crm.listings
  for select to authenticated using (club_id in (select core.my_clubs()));

create view crm.mirror_states with (security_invoker = true) as
  -- One row per club and entity that was ever asked for, its lanes taken together.
  select
    listing.club_id,
    listing.entity,
    max(listing.complete_until) as complete_until,
    max(listing.completed_at) as completed_at,
    sum(listing.requests_used) as requests_used
  from crm.listings as listing
  group by listing.club_id, listing.entity;
comment on view crm.mirror_states is 'One row per club and entity: until when the mirror is complete, in whichever lane.';
grant select on crm.mirror_states to authenticated, service_role;

create function crm.last_good_sync(p_club_id bigint) returns timestamptz
language sql stable set search_path = '' as $$
  -- The mirror is no fresher than the stalest of what metrics and segments rest on. Offers, staff and cards only add names and
  -- states to those; a club whose platform hides one of them still has numbers to trust.
  select case when count(*) = 4 then min(state.complete_until) end
  from crm.mirror_states as state
  where state.club_id = p_club_id
    and state.entity in ('clients', 'membership_sales', 'bookings', 'payments')
    and state.complete_until is not null
$$;
comment on function crm.last_good_sync is
  'Until when clients, sales, bookings and payments are all complete in the mirror; null until each was listed once.';
grant execute on function crm.last_good_sync to authenticated;

create function crm.fresh_for(p_entity text) returns interval
language sql immutable set search_path = '' as $$
  -- What the platform cannot narrow to changes is not fetched every minute. A purchase shows within a minute as a sale; the list
  -- of cards only adds those issued without one.
  select case
    when p_entity in ('services', 'staff') then interval '15 minutes'
    when p_entity in ('membership_types', 'loyalty_programmes', 'memberships') then interval '6 hours'
    else interval '1 minute'
  end
$$;
comment on function crm.fresh_for is 'How long a listing of an entity is good for before it is due again.';
grant execute on function crm.fresh_for to authenticated;

create function crm.overlap() returns interval
language sql immutable set search_path = '' as $$
  -- The platform's clock is not ours.
  select interval '5 minutes'
$$;
comment on function crm.overlap is 'What the platform changed shortly before the last listing is listed again: for so long.';
