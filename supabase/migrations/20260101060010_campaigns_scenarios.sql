-- A scenario is a rule, SQL over the `client` and `club` of the segments' kernel: whom it fits, for which occasion, and since when
-- that occasion lasts. Whether they are messaged is decided elsewhere, the same for all.
create table campaigns.scenarios (
  code text primary key check (code ~ '^[a-z][a-z0-9_]*$'),
  priority integer not null unique,
  name text not null,
  fires_for text not null,
  once_per text not null,
  tone text not null,
  is_churn boolean not null,
  is_exempt_from_cooldown boolean not null,
  is_for_the_day boolean not null default false,
  is_automated boolean not null generated always as (holds is not null) stored,
  among text,
  holds text,
  occasion text,
  once_since text,
  why text,
  variables text,
  check (num_nulls(holds, occasion, once_since, why, variables) in (0, 5))
);
comment on table campaigns.scenarios is 'One row per scenario; the first in priority that fits and was not sent wins.';
comment on column campaigns.scenarios.is_automated is 'Whether it finds its candidates by its own rule; the one that does not carries the one-off campaigns.';
comment on column campaigns.scenarios.is_for_the_day is 'Whether a message is worth nothing when the local day is over: it expires with it.';
comment on column campaigns.scenarios.among is
  'The client ids its rule is asked about, as SQL with $1 for the club and $2 for the day; null: every client.';
comment on column campaigns.scenarios.holds is 'The rule in SQL: a condition over client and club.';
comment on column campaigns.scenarios.occasion is 'The reason in the sense of "once per", as SQL text over client and club: nobody is messaged twice for one.';
comment on column campaigns.scenarios.once_since is 'A message planned on this date or later was for the same reason, as an SQL date over client and club; null: only the occasion counts.';
comment on column campaigns.scenarios.why is 'Why this client and why now, as SQL text over client and club.';
comment on column campaigns.scenarios.variables is 'What a message could say, as SQL jsonb over client and club.';

create table campaigns.club_scenarios (
  club_id bigint not null references core.clubs on delete cascade,
  scenario text not null references campaigns.scenarios (code),
  is_enabled boolean not null default true,
  delivery_mode text check (delivery_mode in ('moderation', 'notification')),
  includes_do_not_wake boolean not null default false,
  primary key (club_id, scenario)
);
comment on table campaigns.club_scenarios is
  'A club''s choices about a scenario; no row: enabled, in the club''s delivery mode, without those who are not to be woken.';
comment on column campaigns.club_scenarios.includes_do_not_wake is 'Whether it writes to the clients of segments.do_not_wake too.';

-- What a member reads when Claude may not or can not write: one line per scenario and language.
create table campaigns.static_messages (
  scenario text not null references campaigns.scenarios (code),
  language text not null check (language in ('cs', 'uk', 'ru', 'en', 'bg')),
  message text not null check (message !~ '[\n\r\t]' and btrim(message) <> ''),
  primary key (scenario, language)
);
comment on table campaigns.static_messages is 'The line that stands in when no draft of Claude''s passes the checks.';

create table campaigns.cooldowns (
  segment text primary key,
  days integer not null check (days >= 0)
);
comment on table campaigns.cooldowns is 'Days between two marketing messages to a member of a segment; ''unsegmented'' for all others.';
insert into campaigns.cooldowns (segment, days)
values
  ('vip', 14), ('regular', 30), ('at_risk', 14), ('going_silent', 21), ('nearly_lost', 30), ('lost', 60),
  ('trial_dropoff', 7), ('pt_cancelled', 21), ('unsegmented', 30);

create table campaigns.club_cooldowns (
  club_id bigint not null references core.clubs on delete cascade,
  segment text not null references campaigns.cooldowns (segment),
  days integer not null check (days >= 0),
  primary key (club_id, segment)
);
comment on table campaigns.club_cooldowns is 'A club''s own cooldown of a segment, in days; no row: the default.';

alter table campaigns.scenarios enable row level security;
alter table campaigns.club_scenarios enable row level security;
alter table campaigns.static_messages enable row level security;
alter table campaigns.cooldowns enable row level security;
alter table campaigns.club_cooldowns enable row level security;
grant select on campaigns.scenarios, campaigns.club_scenarios, campaigns.static_messages, campaigns.cooldowns, campaigns.club_cooldowns
  to authenticated;
create policy "everyone signed in reads the scenarios" on campaigns.scenarios for select to authenticated using (true);
create policy "everyone signed in reads the static messages" on campaigns.static_messages for select to authenticated using (true);
create policy "everyone signed in reads the default cooldowns" on campaigns.cooldowns for select to authenticated using (true);
create policy "operators read the scenarios of their clubs" on campaigns.club_scenarios
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "operators read the cooldowns of their clubs" on campaigns.club_cooldowns
  for select to authenticated using (club_id in (select core.my_clubs()));

insert into campaigns.scenarios (code, priority, name, fires_for, once_per, tone, is_churn, is_exempt_from_cooldown)
values ('one_off', 6, 'One-off campaign', 'the audience an operator chose', 'campaign', 'as the operator wrote it', false, false);

create function campaigns.define_scenario(
  p_code text,
  p_priority integer,
  p_name text,
  p_fires_for text,
  p_once_per text,
  p_tone text,
  p_is_churn boolean,
  p_is_exempt_from_cooldown boolean,
  p_holds text,
  p_occasion text,
  p_once_since text,
  p_why text,
  p_variables text,
  p_static_messages jsonb,
  p_among text default null,
  p_is_for_the_day boolean default false
) returns void
language plpgsql set search_path = '' as $$
begin
  if not p_static_messages ?& array['cs', 'uk', 'ru', 'en', 'bg'] then
    raise exception 'Scenario % needs a static message in each of cs, uk, ru, en and bg.', p_code using errcode = 'check_violation';
  end if;
  insert into campaigns.scenarios as known (
    code, priority, name, fires_for, once_per, tone, is_churn, is_exempt_from_cooldown, is_for_the_day,
    among, holds, occasion, once_since, why, variables
  )
  values (
    p_code, p_priority, p_name, p_fires_for, p_once_per, p_tone, p_is_churn, p_is_exempt_from_cooldown, p_is_for_the_day,
    p_among, p_holds, p_occasion, p_once_since, p_why, p_variables
  )
  on conflict (code) do update set
    priority = excluded.priority,
    name = excluded.name,
    fires_for = excluded.fires_for,
    once_per = excluded.once_per,
    tone = excluded.tone,
    is_churn = excluded.is_churn,
    is_exempt_from_cooldown = excluded.is_exempt_from_cooldown,
    is_for_the_day = excluded.is_for_the_day,
    among = excluded.among,
    holds = excluded.holds,
    occasion = excluded.occasion,
    once_since = excluded.once_since,
    why = excluded.why,
    variables = excluded.variables;
  insert into campaigns.static_messages as known (scenario, language, message)
  select p_code, text.key, text.value from jsonb_each_text(p_static_messages) as text
  on conflict (scenario, language) do update set message = excluded.message;
  -- A rule that does not run is refused here and not in the night.
  perform campaigns.fits_scenarios(0, date '2000-01-01', p_code);
end
$$;
comment on function campaigns.define_scenario is
  'Enters a scenario with its rule in SQL, its words and its static messages. Fails when a language is missing or the rule does not run.';

