-- One row per message we mean to send: planned → drafted → pending → approved | rejected | expired | cancelled.
-- What it says is in draft_versions; what was approved is one version, and that version is what is sent.
create table campaigns.drafts (
  club_id bigint not null references core.clubs on delete cascade,
  draft_id uuid not null default gen_random_uuid(),
  client_id bigint not null,
  scenario text not null references campaigns.scenarios (code),
  campaign_id bigint,
  occasion text not null,
  once_since date,
  segment text,
  why text not null,
  variables jsonb not null,
  language text not null check (language in ('cs', 'uk', 'ru', 'en', 'bg')),
  form text not null default 'template' check (form in ('template', 'free_text')),
  template_name text not null,
  template_language text not null,
  planned_date date not null,
  planned_at timestamptz not null,
  expires_at timestamptz not null,
  delivery_mode text not null check (delivery_mode in ('moderation', 'notification')),
  mode_basis text not null check (mode_basis in ('club', 'scenario', 'earned', 'sample', 'campaign')),
  status text not null default 'planned'
    check (status in ('planned', 'drafted', 'pending', 'approved', 'rejected', 'expired', 'cancelled')),
  version integer not null default 0 check (version >= 0),
  lease_token uuid,
  leased_until timestamptz,
  decided_by text,
  decided_at timestamptz,
  decision_reason text,
  snoozed_until timestamptz,
  snoozed_by text,
  primary key (club_id, draft_id),
  foreign key (club_id, client_id) references crm.clients (club_id, client_id) on delete cascade,
  foreign key (club_id, template_name, template_language) references campaigns.templates (club_id, name, language),
  foreign key (club_id, campaign_id) references campaigns.campaigns (club_id, campaign_id),
  check ((scenario = 'one_off') = (campaign_id is not null)),
  check ((snoozed_until is null) = (snoozed_by is null))
);
-- Unique keys, not luck: one draft per reason, one per client and day. Expired and cancelled ones do not count.
create unique index drafts_once_per_occasion on campaigns.drafts (club_id, client_id, scenario, occasion)
  where status not in ('expired', 'cancelled');
create unique index drafts_one_a_day on campaigns.drafts (club_id, client_id, planned_date)
  where status not in ('expired', 'cancelled');
create index drafts_open on campaigns.drafts (club_id, status, planned_at) where status in ('planned', 'drafted', 'pending', 'approved');
-- A button in Telegram knows the draft alone.
create index drafts_by_id on campaigns.drafts (draft_id);
create index drafts_unexpired on campaigns.drafts (club_id, expires_at) where status in ('planned', 'drafted', 'pending', 'approved');
create index drafts_rejected on campaigns.drafts (club_id, decided_at, draft_id) where status = 'rejected';
comment on table campaigns.drafts is 'One row per message we mean to send, with its reason and state.';
comment on column campaigns.drafts.campaign_id is 'The one-off campaign it belongs to; null for the automated scenarios.';
comment on column campaigns.drafts.form is
  'How it travels: as the line of an approved template, or, while the member''s 24 hours last, as a text of its own; settled when words are asked for.';
comment on column campaigns.drafts.delivery_mode is
  'How it is approved, as settled when it was planned: by a person (moderation) or by itself when it passes every check (notification).';
comment on column campaigns.drafts.mode_basis is
  'Whose choice that was: the club''s, the scenario''s own, earned autonomy or its sample, or the campaign whose words an operator wrote.';
comment on column campaigns.drafts.occasion is 'The reason in the scenario''s "once per" sense: nobody is messaged twice for one.';

create table campaigns.draft_versions (
  club_id bigint not null,
  draft_id uuid not null,
  version integer not null check (version > 0),
  source text not null check (source in ('claude', 'static', 'operator')),
  message text not null,
  parameters jsonb not null,
  rendered text not null,
  author text not null,
  usage jsonb not null default '{}',
  written_at timestamptz not null,
  primary key (club_id, draft_id, version),
  foreign key (club_id, draft_id) references campaigns.drafts (club_id, draft_id) on delete cascade
);
comment on table campaigns.draft_versions is 'One row per wording of a draft; never changed. An edit is a new version.';
comment on column campaigns.draft_versions.rendered is 'The whole message as the member will read it.';
comment on column campaigns.draft_versions.usage is 'Model, prompt and voice version, tokens, cost in millionths of a US dollar, latency, request id; why Claude''s text was not taken.';

-- Who fits and is not messaged, and why. One row per client and day: "why did she get nothing?"
create table campaigns.skips (
  club_id bigint not null references core.clubs on delete cascade,
  skipped_date date not null,
  client_id bigint not null,
  scenario text not null references campaigns.scenarios (code),
  campaign_id bigint,
  occasion text not null,
  reason text not null,
  variables jsonb not null,
  skipped_at timestamptz not null,
  primary key (club_id, skipped_date, client_id),
  foreign key (club_id, client_id) references crm.clients (club_id, client_id) on delete cascade,
  foreign key (club_id, campaign_id) references campaigns.campaigns (club_id, campaign_id)
);
create index skips_by_client on campaigns.skips (club_id, client_id, skipped_date);
-- Who was held out for an occasion stays so for it.
create index skips_held_out on campaigns.skips (club_id, client_id, scenario, occasion) where reason = 'holdout';
comment on table campaigns.skips is 'One row per client and day who fits a scenario and is not messaged, with the first reason.';

-- One row per attempt to reach a member that may have arrived: written before the call to WhatsApp, voided only when the
-- call certainly had no effect. Cooldown, cap and once-per count these.
create table campaigns.contacts (
  club_id bigint not null references core.clubs on delete cascade,
  draft_id uuid not null,
  client_id bigint not null,
  phone text not null,
  scenario text not null references campaigns.scenarios (code),
  campaign_id bigint,
  occasion text not null,
  contacted_at timestamptz not null,
  contacted_date date not null,
  primary key (club_id, draft_id),
  foreign key (club_id, draft_id) references campaigns.drafts (club_id, draft_id) on delete cascade
);
create index contacts_by_client on campaigns.contacts (club_id, client_id, contacted_at);
create index contacts_by_phone on campaigns.contacts (club_id, phone, contacted_at);
create index contacts_by_time on campaigns.contacts (club_id, contacted_at);
comment on table campaigns.contacts is 'One row per message that reached WhatsApp, or may have.';

alter table campaigns.drafts enable row level security;
alter table campaigns.draft_versions enable row level security;
alter table campaigns.skips enable row level security;
alter table campaigns.contacts enable row level security;
grant select on campaigns.drafts, campaigns.draft_versions, campaigns.skips, campaigns.contacts to authenticated;
create policy "operators read the drafts of their clubs" on campaigns.drafts
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "operators read the wordings of their clubs" on campaigns.draft_versions
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "operators read the skips of their clubs" on campaigns.skips
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "operators read the contacts of their clubs" on campaigns.contacts
  for select to authenticated using (club_id in (select core.my_clubs()));
