-- One row per trainer or other member of staff the platform ever named.
create table crm.staff (
  club_id bigint not null references core.clubs on delete cascade,
  staff_id bigint generated always as identity,
  external_id text not null,
  name text not null default '',
  is_active boolean not null default true,
  raw jsonb not null default '{}',
  primary key (club_id, staff_id),
  unique (club_id, external_id)
);
comment on table crm.staff is 'One row per member of staff; dismissed and removed ones keep their row, inactive.';

alter table crm.staff enable row level security;
grant select on crm.staff to authenticated;
create policy "operators read the staff of their clubs" on crm.staff
  for select to authenticated using (club_id in (select core.my_clubs()));
