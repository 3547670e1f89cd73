-- One row per client who is not deleted, as of the club's day in stats.club_days. Everything a metric or a segment asks of
-- a client, and nothing they can derive from it.
-- What the rules of the segments ask for comes first, and of that what every client has: a row is read up to the last column asked
-- for, and past an empty one slower.
create table stats.client_stats (
  club_id bigint not null references core.clubs on delete cascade,
  client_id bigint not null,
  ltv_minor bigint not null,
  visits_total integer not null,
  visits_30d integer not null,
  visits_previous_30d integer not null,
  pt_visits_total integer not null,
  last_visit_date date,
  first_membership_date date,
  last_pt_visit_date date,
  cadence_days numeric,
  visits_7d integer not null,
  pt_visits_30d integer not null,
  pt_visits_previous_30d integer not null,
  first_visit_date date,
  first_pt_visit_date date,
  primary key (club_id, client_id),
  foreign key (club_id, client_id) references crm.clients (club_id, client_id) on delete cascade
);
-- Whom a moved VIP threshold concerns.
create index client_stats_by_ltv on stats.client_stats (club_id, ltv_minor) where ltv_minor > 0;
comment on table stats.client_stats is 'One row per not deleted client: visits, personal trainings, money and memberships up to the club''s day.';
comment on column stats.client_stats.visits_30d is 'Visits in [D−29, D].';
comment on column stats.client_stats.visits_previous_30d is 'Visits in [D−59, D−30].';
comment on column stats.client_stats.cadence_days is
  'Median gap between consecutive distinct visit dates in [D−179, D], unrounded; null with fewer than 5 such dates.';
comment on column stats.client_stats.ltv_minor is 'Sum of payments up to D, in minor units.';

create table stats.club_days (
  club_id bigint primary key references core.clubs on delete cascade,
  as_of date not null,
  vip_percentile_minor bigint,
  refreshed_at timestamptz not null
);
comment on table stats.club_days is 'The day D for which a club''s client_stats holds, and when it was last refreshed.';
comment on column stats.club_days.vip_percentile_minor is
  'percentile_disc(0.9) of LTV over clients whose LTV is above zero, in minor units; null: there are none.';

-- One row per client and statement that touched the client, not one per client: writers never wait for each other here, and a
-- mark that is not committed yet cannot hide behind one that a refresh is just taking away.
create table stats.dirty_clients (
  club_id bigint not null references core.clubs on delete cascade,
  mark_id bigint generated always as identity,
  client_id bigint not null,
  primary key (club_id, mark_id)
);
comment on table stats.dirty_clients is 'Clients whose facts changed since the last refresh, once per statement that changed them.';

alter table stats.client_stats enable row level security;
alter table stats.club_days enable row level security;
alter table stats.dirty_clients enable row level security;
grant select on stats.client_stats, stats.club_days, stats.dirty_clients to authenticated;
create policy "operators read the client stats of their clubs" on stats.client_stats
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "operators read the day of their clubs" on stats.club_days
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "operators read what waits for a refresh in their clubs" on stats.dirty_clients
  for select to authenticated using (club_id in (select core.my_clubs()));
