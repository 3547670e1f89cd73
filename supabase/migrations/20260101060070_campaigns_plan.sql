-- When a club was planned for, and what holds it as a whole.
create table campaigns.plan_runs (
  club_id bigint not null references core.clubs on delete cascade,
  plan_run_id bigint generated always as identity,
  planned_at timestamptz not null,
  as_of date not null,
  hold text check (hold in ('stale_data')),
  planned integer not null,
  skipped integer not null,
  primary key (club_id, plan_run_id)
);
comment on table campaigns.plan_runs is 'One row per planning run of a club, or the reason why it was held as a whole.';
alter table campaigns.plan_runs enable row level security;
grant select on campaigns.plan_runs to authenticated;
create policy "operators read the planning of their clubs" on campaigns.plan_runs
  for select to authenticated using (club_id in (select core.my_clubs()));

create function campaigns.is_stale(p_club_id bigint, p_at timestamptz) returns boolean
language sql stable set search_path = '' as $$
  select (crm.last_good_sync(p_club_id) >= p_at - make_interval(mins => setting.stale_after_minutes)) is not true
  from core.settings as setting
  where setting.club_id = p_club_id
$$;
comment on function campaigns.is_stale is 'Whether a club''s mirror is too old to act on: the last good sync is older than the club allows, or never was.';

create function campaigns.hold(p_club_id bigint, p_at timestamptz) returns text
language sql stable set search_path = '' as $$
  -- Held as a whole: paused by a person, mirror too old to act on, or outside the club's sending hours. Null: go on.
  select case
    when setting.sending_paused_at is not null then 'paused'
    when campaigns.is_stale(p_club_id, p_at) then 'stale_data'
    when (p_at at time zone club.timezone)::time not between setting.sending_opens_at and setting.sending_closes_at then 'quiet_hours'
  end
  from core.settings as setting
  join core.clubs as club using (club_id)
  where setting.club_id = p_club_id
$$;
comment on function campaigns.hold is 'Why nothing may be sent for a club at an instant: paused, stale_data or quiet_hours; null when it may.';
grant execute on function campaigns.is_stale, campaigns.hold to authenticated;

