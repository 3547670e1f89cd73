-- One row per club and entity: how far the mirror is, and where the listing that is being read stands.
-- A listing survives its reader: the next call goes on at the page after the last one applied.
create table crm.listings (
  club_id bigint not null references core.clubs on delete cascade,
  entity text not null check (entity in ('services', 'staff', 'clients', 'bookings', 'memberships', 'membership_sales', 'payments')),
  mode text check (mode in ('full', 'changes')),
  opened_at timestamptz,
  page integer not null default 0 check (page >= 0),
  rows_read bigint not null default 0,
  changed_after timestamptz,
  complete_until timestamptz,
  completed_at timestamptz,
  completed_rows bigint,
  requests_used bigint not null default 0,
  archived_rows bigint not null default 0,
  error text,
  error_at timestamptz,
  primary key (club_id, entity)
);
comment on table crm.listings is 'Per club and entity: how far the mirror is complete, and the page at which the open listing stands.';
comment on column crm.listings.opened_at is 'Start of the listing being read; null when none is open. Its window is frozen here.';
comment on column crm.listings.changed_after is 'Lower end of the window of a listing of changes; null in a full one.';
comment on column crm.listings.complete_until is 'Everything the platform changed before this instant is in the mirror; null: never listed.';

-- Ids seen by an open full listing, of entities whose deletion leaves no trace on the platform.
create table crm.listed_ids (
  club_id bigint not null references core.clubs on delete cascade,
  entity text not null,
  external_id text not null,
  primary key (club_id, entity, external_id)
);
comment on table crm.listed_ids is 'Ids seen so far by the open full listing; emptied when it closes.';

-- Rows that could not be read. Nothing is dropped silently; the newest failure of a row replaces the older one.
create table crm.quarantine (
  club_id bigint not null references core.clubs on delete cascade,
  entity text not null,
  external_id text not null,
  reason text not null,
  raw jsonb not null,
  quarantined_at timestamptz not null,
  primary key (club_id, entity, external_id)
);
comment on table crm.quarantine is 'Rows of the platform that could not be read, with the reason; released when the row is read again.';

-- One reader per club at a time.
create table crm.sync_leases (
  club_id bigint primary key references core.clubs on delete cascade,
  token uuid not null,
  leased_until timestamptz not null
);
comment on table crm.sync_leases is 'Who is syncing a club, and until when the claim holds.';

alter table crm.listings enable row level security;
alter table crm.listed_ids enable row level security;
alter table crm.quarantine enable row level security;
alter table crm.sync_leases enable row level security;
grant select on crm.listings, crm.quarantine to authenticated;
create policy "operators read the sync state of their clubs" on crm.listings
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "owners and operators read the quarantine of their clubs" on crm.quarantine
  for select to authenticated using (core.my_role(club_id) in ('owner', 'operator'));

create function crm.last_good_sync(p_club_id bigint) returns timestamptz
language sql stable set search_path = '' as $$
  -- The oldest of the newest complete listings: the mirror is no fresher than the stalest of what every tick reads. Services,
  -- staff and cards come whole and more rarely; of those it counts that they came. Null: not complete yet.
  select case when count(listing.completed_at) = 7 then
    min(listing.completed_at) filter (where listing.entity in ('clients', 'bookings', 'payments', 'membership_sales'))
  end
  from crm.listings as listing
  where listing.club_id = p_club_id
$$;
comment on function crm.last_good_sync is 'When clients, bookings, sales and payments had all been listed completely; null until every entity was.';
grant execute on function crm.last_good_sync to authenticated;
