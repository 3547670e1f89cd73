-- A backtest replays the last year as if scenarios had been switched on: one row per replay asked for, which a schedule works
-- through day by day. Under it one row per client and occasion that a scenario would have written to them for.
create table campaigns.backtests (
  club_id bigint not null references core.clubs on delete cascade,
  backtest_id bigint generated always as identity,
  scenario text references campaigns.scenarios (code),
  from_date date not null,
  until_date date not null,
  next_date date not null,
  return_days integer not null,
  state text not null default 'running' check (state in ('running', 'done', 'failed')),
  requested_by text not null,
  requested_at timestamptz not null,
  finished_at timestamptz,
  error text,
  primary key (club_id, backtest_id),
  check (from_date <= until_date),
  check (next_date between from_date and until_date + 1),
  check ((state = 'running') = (finished_at is null)),
  check ((state = 'failed') = (error is not null))
);
-- Whoever asks while one runs gets that one.
create unique index backtests_running on campaigns.backtests (club_id, coalesce(scenario, '')) where state = 'running';
comment on table campaigns.backtests is 'One row per replay of past days that somebody asked for, with how far it is.';
comment on column campaigns.backtests.scenario is 'As if this one alone had been on, switched on or not; null: all automated ones that are on, together.';
comment on column campaigns.backtests.next_date is 'The first day not replayed yet.';
comment on column campaigns.backtests.return_days is 'Within how many days a visit counted as a return when it was asked for.';

create table campaigns.backtest_contacts (
  club_id bigint not null,
  backtest_id bigint not null,
  client_id bigint not null,
  scenario text not null references campaigns.scenarios (code),
  occasion text not null,
  day date not null,
  outcome text not null,
  met_cooldown boolean not null,
  met_cap boolean not null,
  returned_date date check (returned_date > day),
  was_contacted boolean not null,
  primary key (club_id, backtest_id, client_id, scenario, occasion),
  foreign key (club_id, backtest_id) references campaigns.backtests (club_id, backtest_id) on delete cascade,
  foreign key (club_id, client_id) references crm.clients (club_id, client_id) on delete cascade
);
create index backtest_contacts_by_client on campaigns.backtest_contacts (club_id, client_id);
comment on table campaigns.backtest_contacts is
  'One row per client and occasion in a backtest: messaged, or the last reason why not. Nobody was in truth written to because of it.';
comment on column campaigns.backtest_contacts.outcome is '''messaged'', or the skip reason; ''messaged'' and ''holdout'' are for good.';
comment on column campaigns.backtest_contacts.day is 'The day since which that is the outcome; of messaged ones, the day of the message.';
comment on column campaigns.backtest_contacts.met_cooldown is 'Whether a cooldown held it up on any day, whatever became of it.';
comment on column campaigns.backtest_contacts.met_cap is 'Whether the frequency cap held it up on any day, whatever became of it.';
comment on column campaigns.backtest_contacts.returned_date is
  'Of messaged ones: the first visit after the day and within the backtest''s return_days, which in truth happened without this message.';
comment on column campaigns.backtest_contacts.was_contacted is
  'Of messaged ones: whether a message really went to this person from the day until they returned, or until the days were over.';

alter table campaigns.backtests enable row level security;
alter table campaigns.backtest_contacts enable row level security;
grant select on campaigns.backtests, campaigns.backtest_contacts to authenticated;
create policy "operators read the backtests of their clubs" on campaigns.backtests
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "operators read whom a backtest of their clubs found" on campaigns.backtest_contacts
  for select to authenticated using (club_id in (select core.my_clubs()));
