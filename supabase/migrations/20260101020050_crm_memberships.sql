-- One row per membership card, and one per sale of a membership. A card is not its sale: `created_date` of a card is only
-- taken where no sale is known, and the platform shows sales of clients whose card it hides.
create table crm.memberships (
  club_id bigint not null references core.clubs on delete cascade,
  membership_id bigint generated always as identity,
  external_id text not null,
  client_external_id text,
  client_id bigint,
  sale_external_id text,
  membership_type_external_id text,
  title text not null default '',
  status text not null default '',
  created_date date,
  expires_date date,
  raw jsonb not null,
  primary key (club_id, membership_id),
  unique (club_id, external_id),
  foreign key (club_id, client_id) references crm.clients (club_id, client_id)
);
create index memberships_by_client on crm.memberships (club_id, client_id);
create index memberships_by_date on crm.memberships (club_id, created_date);
create index memberships_by_sale on crm.memberships (club_id, sale_external_id);
comment on table crm.memberships is 'One row per membership card of the platform.';

create table crm.membership_sales (
  club_id bigint not null references core.clubs on delete cascade,
  membership_sale_id bigint generated always as identity,
  external_id text not null,
  client_external_id text,
  client_id bigint,
  membership_type_external_id text,
  title text not null default '',
  sold_date date not null,
  is_deleted boolean not null default false,
  platform_changed_at timestamptz,
  raw jsonb not null,
  primary key (club_id, membership_sale_id),
  unique (club_id, external_id),
  foreign key (club_id, client_id) references crm.clients (club_id, client_id)
);
create index membership_sales_by_client on crm.membership_sales (club_id, client_id, sold_date) where not is_deleted;
create index membership_sales_by_date on crm.membership_sales (club_id, sold_date, client_id) where not is_deleted;
comment on table crm.membership_sales is 'One row per sale of a membership (a goods transaction of the platform).';

create view crm.membership_purchases with (security_invoker = true) as
  -- One row per purchase: a sale, or a card without a known sale. Its client is the sale's, else the card's. Three parts, each with
  -- a plain client and date, so that those of one client or of one week are found by an index.
  select
    sale.club_id,
    sale.client_id,
    sale.sold_date as purchased_date
  from crm.membership_sales as sale
  where not sale.is_deleted
    and sale.client_id is not null
  union all
  select
    sale.club_id,
    card.client_id,
    sale.sold_date
  from crm.membership_sales as sale
  join crm.memberships as card
    on card.club_id = sale.club_id
    and card.sale_external_id = sale.external_id
  where not sale.is_deleted
    and sale.client_id is null
    and card.client_id is not null
  union all
  select
    card.club_id,
    card.client_id,
    card.created_date
  from crm.memberships as card
  where card.client_id is not null
    and card.created_date is not null
    and not exists (
      select
      from crm.membership_sales as sale
      where sale.club_id = card.club_id
        and sale.external_id = card.sale_external_id
        and not sale.is_deleted
    );
comment on view crm.membership_purchases is 'One row per membership bought: the sale''s date, else the card''s creation.';

alter table crm.memberships enable row level security;
alter table crm.membership_sales enable row level security;
grant select on crm.memberships, crm.membership_sales, crm.membership_purchases to authenticated;
create policy "operators read the memberships of their clubs" on crm.memberships
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "operators read the membership sales of their clubs" on crm.membership_sales
  for select to authenticated using (club_id in (select core.my_clubs()));
