-- One row per kind of membership the platform ever offered. One deleted there keeps its row.
create table crm.membership_types (
  club_id bigint not null references core.clubs on delete cascade,
  membership_type_id bigint generated always as identity,
  external_id text not null,
  title text not null default '',
  period integer,
  period_unit text check (period_unit in ('day', 'week', 'month', 'year')),
  visits_included integer,
  is_deleted boolean not null default false,
  raw jsonb not null default '{}',
  primary key (club_id, membership_type_id),
  unique (club_id, external_id)
);
comment on table crm.membership_types is 'One row per kind of membership of the booking platform; deleted ones keep their row.';
comment on column crm.membership_types.period is 'How many period_unit a membership lasts; null when the platform does not say.';
comment on column crm.membership_types.visits_included is 'Visits on one balance; null: not counted in visits, or a balance per service.';

alter table crm.membership_types enable row level security;
grant select on crm.membership_types to authenticated;
create policy "operators read the membership types of their clubs" on crm.membership_types
  for select to authenticated using (club_id in (select core.my_clubs()));
