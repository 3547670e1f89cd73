-- One row per movement of money the platform booked. Money of a deleted client stays revenue; money of no one is kept apart.
create table crm.payments (
  club_id bigint not null references core.clubs on delete cascade,
  payment_id bigint generated always as identity,
  external_id text not null,
  client_external_id text,
  client_id bigint,
  amount_minor bigint not null,
  paid_at timestamptz not null,
  local_date date not null,
  title text not null default '',
  is_deleted boolean not null default false,
  platform_changed_at timestamptz,
  raw jsonb not null,
  primary key (club_id, payment_id),
  unique (club_id, external_id),
  foreign key (club_id, client_id) references crm.clients (club_id, client_id)
);
create index payments_by_client on crm.payments (club_id, client_id, local_date);
create index payments_by_date on crm.payments (club_id, local_date) where not is_deleted;
comment on table crm.payments is 'One row per payment; refunds are negative; unpaid sales are no payments.';
comment on column crm.payments.amount_minor is 'In minor units of the club''s currency.';

alter table crm.payments enable row level security;
grant select on crm.payments to authenticated;
create policy "operators read the payments of their clubs" on crm.payments
  for select to authenticated using (club_id in (select core.my_clubs()));
