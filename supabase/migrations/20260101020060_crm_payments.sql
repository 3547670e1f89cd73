-- One row per movement of money the platform booked. Money of a deleted client stays revenue; money of no one is kept apart.
create table crm.payments (
  club_id bigint not null references core.clubs on delete cascade,
  payment_id bigint generated always as identity,
  external_id text not null,
  client_external_id text,
  client_id bigint,
  booking_external_id text,
  sale_external_id text,
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
create index payments_by_client on crm.payments (club_id, client_id, local_date) include (amount_minor) where not is_deleted;
create index payments_by_date on crm.payments (club_id, local_date) include (amount_minor, client_id, client_external_id)
  where not is_deleted;
comment on table crm.payments is 'One row per payment; refunds are negative; unpaid sales are no payments.';
comment on column crm.payments.booking_external_id is 'The booking it was paid for, which the mirror may not hold; null for none.';
comment on column crm.payments.sale_external_id is
  'The sale of the platform''s shop it was paid for, of a membership or of goods, which the mirror may not hold; null for none.';
comment on column crm.payments.amount_minor is 'In minor units of the club''s currency.';

alter table crm.payments enable row level security;
grant select on crm.payments to authenticated;
create policy "operators read the payments of their clubs" on crm.payments
  for select to authenticated using (club_id in (select core.my_clubs()));
