-- One row per booking record of the platform, of a client or of no one. A *visit* is a booking that was attended.
-- References are soft (external ids): the platform deletes services and clients that old records still name.
create table crm.bookings (
  club_id bigint not null references core.clubs on delete cascade,
  booking_id bigint generated always as identity,
  external_id text not null,
  client_id bigint,
  client_external_id text,
  staff_external_id text,
  service_external_ids text[] not null default '{}',
  service_kind text not null check (service_kind in ('trial', 'group', 'personal', 'open', 'other')),
  activity_external_id text,
  status text not null check (status in ('booked', 'confirmed', 'attended', 'no_show', 'cancelled')),
  is_deleted boolean not null default false,
  starts_at timestamptz not null,
  local_date date not null,
  made_at timestamptz,
  made_date date,
  platform_changed_at timestamptz,
  raw jsonb not null,
  primary key (club_id, booking_id),
  unique (club_id, external_id),
  foreign key (club_id, client_id) references crm.clients (club_id, client_id),
  constraint deleted_booking_is_cancelled check (not is_deleted or status = 'cancelled')
);
create index bookings_by_client on crm.bookings (club_id, client_id, local_date);
-- Everything the numbers ask of a visit lies in these two, so that they never touch the wide rows.
create index visits_by_client on crm.bookings (club_id, client_id, local_date) include (service_kind)
  where status = 'attended' and not is_deleted;
create index visits_by_date on crm.bookings (club_id, local_date, client_id) include (service_kind)
  where status = 'attended' and not is_deleted;
-- What is counted of bookings, whoever made them: many rows of one key, so it stays small.
create index bookings_by_date on crm.bookings (club_id, local_date, status, service_kind) where not is_deleted;
-- A trainer's clients: of the few visits that are personal trainings, with whom they were.
create index pt_visits_by_client on crm.bookings (club_id, client_id, staff_external_id) include (local_date)
  where status = 'attended' and not is_deleted and service_kind = 'personal';
create index bookings_without_known_client on crm.bookings (club_id, client_external_id)
  where client_id is null and client_external_id is not null;
create index bookings_by_service on crm.bookings using gin (service_external_ids);
-- An index answers alone only for pages the vacuum has seen; by default it would wait for a fifth of the table to be new.
alter table crm.bookings set (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_scale_factor = 0.02);
comment on table crm.bookings is 'One row per booking record: booked, confirmed, attended, no_show or cancelled; deleted ones are cancelled.';
comment on column crm.bookings.client_id is 'Null for a walk-in or technical block, and while the client is not known yet.';
comment on column crm.bookings.local_date is 'The date of starts_at in the club''s time zone.';
comment on column crm.bookings.made_date is 'The local date on which the booking was made; null when the platform does not say.';

alter table crm.bookings enable row level security;
grant select on crm.bookings to authenticated;
create policy "operators read the bookings of their clubs" on crm.bookings
  for select to authenticated using (club_id in (select core.my_clubs()));

create view crm.visits with (security_invoker = true) as
  -- One row per visit: attended, not deleted, of a known client who is not deleted. One record is one visit.
  select
    booking.club_id,
    booking.booking_id,
    booking.client_id,
    booking.local_date,
    booking.starts_at,
    booking.service_kind,
    booking.service_external_ids,
    booking.staff_external_id
  from crm.bookings as booking
  join crm.clients as client
    on client.club_id = booking.club_id
    and client.client_id = booking.client_id
  where booking.status = 'attended'
    and not booking.is_deleted
    and client.deleted_at is null;
comment on view crm.visits is 'One row per visit: an attended booking of a known, not deleted client.';
grant select on crm.visits to authenticated, service_role;
