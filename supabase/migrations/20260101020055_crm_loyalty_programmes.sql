-- One row per loyalty programme (promotion) the platform ever showed as active. One that ended keeps its row.
create table crm.loyalty_programmes (
  club_id bigint not null references core.clubs on delete cascade,
  loyalty_programme_id bigint generated always as identity,
  external_id text not null,
  title text not null default '',
  type text not null default '',
  discount_value numeric,
  discount_unit text check (discount_unit in ('percent', 'amount')),
  usage_limit integer,
  is_deleted boolean not null default false,
  raw jsonb not null default '{}',
  primary key (club_id, loyalty_programme_id),
  unique (club_id, external_id)
);
comment on table crm.loyalty_programmes is 'One row per loyalty programme of the booking platform; ended ones keep their row.';
comment on column crm.loyalty_programmes.type is 'The platform''s word for it: discount_static, package_discount and others.';
comment on column crm.loyalty_programmes.discount_value is
  'Per cent, or an amount in the club''s currency, as discount_unit says; null when the platform does not say.';
comment on column crm.loyalty_programmes.usage_limit is 'Null: no limit.';
comment on column crm.loyalty_programmes.is_deleted is 'No longer among the active ones.';

alter table crm.loyalty_programmes enable row level security;
grant select on crm.loyalty_programmes to authenticated;
create policy "operators read the loyalty programmes of their clubs" on crm.loyalty_programmes
  for select to authenticated using (club_id in (select core.my_clubs()));
