-- What the platform itself counts, beside what we count: the answer to "says who?".
-- One row per club, figure and local date, kept for history. Both sides are taken at the end of a rebuild, in one transaction, so
-- that a difference is a difference and not a delay.
create table crm.platform_figures (
  club_id bigint not null references core.clubs on delete cascade,
  figure text not null check (figure in ('clients', 'bookings', 'visits', 'sold')),
  figure_date date not null,
  platform_value bigint not null,
  our_value bigint not null,
  quarantined bigint,
  differing_clients bigint,
  read_at timestamptz not null,
  primary key (club_id, figure, figure_date)
);
comment on table crm.platform_figures is
  'One row per club, figure and local date: the platform''s own number and ours. A number the platform did not show has no row.';
comment on column crm.platform_figures.figure_date is 'bookings: the day they are of; else the day up to which both sides count.';
comment on column crm.platform_figures.platform_value is 'A count, or money in minor units.';
comment on column crm.platform_figures.quarantined is 'clients: those on the platform that wait unread in quarantine, so that ours lack them.';
comment on column crm.platform_figures.differing_clients is 'visits, sold: for how many clients the two sides differ.';

-- Only the last attempt counts: a figure that was read is no longer in here.
create table crm.unread_figures (
  club_id bigint not null references core.clubs on delete cascade,
  figure text not null check (figure in ('clients', 'bookings', 'visits', 'sold')),
  reason text not null,
  tried_at timestamptz not null,
  primary key (club_id, figure)
);
comment on table crm.unread_figures is 'One row per club and figure that could not be read the last time, with the reason.';

create table crm.visit_differences (
  club_id bigint not null references core.clubs on delete cascade,
  client_id bigint not null,
  platform_visits bigint not null,
  our_visits bigint not null check (our_visits <> platform_visits),
  read_at timestamptz not null,
  primary key (club_id, client_id),
  foreign key (club_id, client_id) references crm.clients (club_id, client_id) on delete cascade
);
comment on table crm.visit_differences is
  'One row per client for whom the platform counted other visits than we did when the visits were last read.';

alter table crm.platform_figures enable row level security;
alter table crm.unread_figures enable row level security;
alter table crm.visit_differences enable row level security;
grant select on crm.platform_figures, crm.unread_figures, crm.visit_differences to authenticated;
create policy "operators read the platform's figures of their clubs" on crm.platform_figures
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "operators read the unread figures of their clubs" on crm.unread_figures
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "operators read the visit differences of their clubs" on crm.visit_differences
  for select to authenticated using (club_id in (select core.my_clubs()));
