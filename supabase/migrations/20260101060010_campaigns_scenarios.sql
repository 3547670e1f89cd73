-- A scenario is a function campaigns.fits_<code>(p_club_id, p_as_of) and a call of campaigns.define_scenario beside it.
-- It says whom it fits, for which occasion, and since when that occasion lasts; whether they are messaged is the kernel's matter.
create table campaigns.scenarios (
  code text primary key check (code ~ '^[a-z][a-z0-9_]*$'),
  priority integer not null unique,
  name text not null,
  fires_for text not null,
  once_per text not null,
  tone text not null,
  is_churn boolean not null,
  is_exempt_from_cooldown boolean not null
);
comment on table campaigns.scenarios is 'One row per automated scenario; the first in priority that fits and was not sent wins.';

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

create function campaigns.define_scenario(
  p_code text,
  p_priority integer,
  p_name text,
  p_fires_for text,
  p_once_per text,
  p_tone text,
  p_is_churn boolean,
  p_is_exempt_from_cooldown boolean,
  p_static_messages jsonb
) returns void
language plpgsql set search_path = '' as $$
declare
  fits regprocedure := to_regprocedure(format('campaigns.%I(bigint, date)', 'fits_' || p_code));
begin
  if fits is null then
    raise exception 'Scenario % has no function campaigns.fits_%(p_club_id bigint, p_as_of date): create it first.', p_code, p_code;
  end if;
  if not p_static_messages ?& array['cs', 'uk', 'ru', 'en', 'bg'] then
    raise exception 'Scenario % needs a static message in each of cs, uk, ru, en and bg.', p_code;
  end if;
  insert into campaigns.scenarios as known
    (code, priority, name, fires_for, once_per, tone, is_churn, is_exempt_from_cooldown)
  values (p_code, p_priority, p_name, p_fires_for, p_once_per, p_tone, p_is_churn, p_is_exempt_from_cooldown)
  on conflict (code) do update set
    priority = excluded.priority,
    name = excluded.name,
    fires_for = excluded.fires_for,
    once_per = excluded.once_per,
    tone = excluded.tone,
    is_churn = excluded.is_churn,
    is_exempt_from_cooldown = excluded.is_exempt_from_cooldown;
  insert into campaigns.static_messages as known (scenario, language, message)
  select p_code, text.key, text.value from jsonb_each_text(p_static_messages) as text
  on conflict (scenario, language) do update set message = excluded.message;
  execute format('comment on function %s is %L', fits, p_name || ': ' || p_fires_for || ', once per ' || p_once_per || '.');
  execute format('grant execute on function %s to authenticated', fits);
end
$$;
comment on function campaigns.define_scenario is
  'Enters a scenario with its static messages. Fails when its function or a language is missing.';

create function campaigns.usual_habits(p_club_id bigint, p_as_of date, p_client_id bigint) returns jsonb
language sql stable set search_path = '' as $$
  -- The service's title and the English day of the week; a tie goes to the first in the alphabet, or in the week.
  with visit as (
    select visit.local_date, service.title
    from crm.visits as visit
    left join crm.services as service
      on service.club_id = visit.club_id
      and service.external_id = visit.service_external_ids[1]
    where visit.club_id = p_club_id
      and visit.client_id = p_client_id
      and visit.local_date <= p_as_of
    order by visit.local_date desc, visit.booking_id desc
    limit 60
  )
  select jsonb_strip_nulls(jsonb_build_object(
    'usual_service', (select mode() within group (order by visit.title) from visit where visit.title <> ''),
    'usual_weekday', (select lower(trim(to_char(
      date '2024-01-01' + (mode() within group (order by extract(isodow from visit.local_date)::integer)) - 1, 'Day'
    ))) from visit)
  ))
$$;
comment on function campaigns.usual_habits is
  'The service and weekday a client mostly chose in their last 60 visits, as {usual_service, usual_weekday}; absent when unknown.';
grant execute on function campaigns.usual_habits to authenticated;
