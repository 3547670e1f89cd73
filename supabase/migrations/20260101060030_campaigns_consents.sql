-- The ledger of what a member agreed to, and the list of people who may not be messaged at all.
create table campaigns.consents (
  club_id bigint not null references core.clubs on delete cascade,
  consent_id bigint generated always as identity,
  client_id bigint not null,
  purpose text not null default 'marketing' check (purpose = 'marketing'),
  source text not null,
  text_version text not null,
  given_at timestamptz not null,
  withdrawn_at timestamptz check (withdrawn_at >= given_at),
  withdrawn_by text,
  primary key (club_id, consent_id),
  foreign key (club_id, client_id) references crm.clients (club_id, client_id) on delete cascade
);
create index consents_by_client on campaigns.consents (club_id, client_id);
comment on table campaigns.consents is 'One row per consent given: source, wording, when, and when and how it was withdrawn.';

create table campaigns.suppressions (
  club_id bigint not null references core.clubs on delete cascade,
  suppression_id bigint generated always as identity,
  phone text not null,
  client_ids bigint[] not null default '{}',
  cause text not null check (cause in
    ('stop_word', 'button', 'user_preferences', 'error_131050', 'unreachable', 'do_not_contact')),
  suppressed_at timestamptz not null,
  lifted_at timestamptz,
  primary key (club_id, suppression_id)
);
create unique index suppressions_in_force on campaigns.suppressions (club_id, phone) where lifted_at is null;
comment on table campaigns.suppressions is 'One row per person (phone) who may not be messaged, with the cause; lifted only by an operator.';
comment on column campaigns.suppressions.client_ids is
  'The clients who were this person: what they said holds after a change of phone. An unreachable phone says nothing of a new one.';

alter table campaigns.consents enable row level security;
alter table campaigns.suppressions enable row level security;
grant select on campaigns.consents, campaigns.suppressions to authenticated;
create policy "operators read the consents of their clients" on campaigns.consents
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "operators read the suppressions of their clients" on campaigns.suppressions
  for select to authenticated using (club_id in (select core.my_clubs()));
