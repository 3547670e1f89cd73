-- One row per client of the booking platform. A client who vanished there is kept with `deleted_at`, and counts nowhere.
create table crm.clients (
  club_id bigint not null references core.clubs on delete cascade,
  client_id bigint generated always as identity,
  external_id text not null,
  name text not null default '',
  first_name text,
  phone text constraint phone_is_e164 check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  email text,
  birth_date date,
  language text not null check (language in ('cs', 'uk', 'ru', 'en', 'bg')),
  language_source text not null check (language_source in ('operator', 'field', 'phone', 'name', 'default')),
  is_excluded_from_mailings boolean not null default false,
  platform_changed_at timestamptz,
  deleted_at timestamptz,
  raw jsonb not null,
  primary key (club_id, client_id),
  unique (club_id, external_id)
);
create index clients_by_phone on crm.clients (club_id, phone) where phone is not null;
create index clients_by_birthday on crm.clients (club_id, extract(month from birth_date), extract(day from birth_date))
  where birth_date is not null;
comment on table crm.clients is 'One row per client of the booking platform; vanished ones keep their row with deleted_at.';
comment on column crm.clients.phone is 'E.164, read with the club''s country as default; null when it is not a valid number.';
comment on column crm.clients.first_name is 'A first name that is safe in a greeting; null when the name given is not one.';
comment on column crm.clients.birth_date is 'Null when unknown; the platform''s 1970-01-01 means unknown.';

alter table crm.clients enable row level security;
grant select on crm.clients to authenticated;
create policy "operators read the clients of their clubs" on crm.clients
  for select to authenticated using (club_id in (select core.my_clubs()));
