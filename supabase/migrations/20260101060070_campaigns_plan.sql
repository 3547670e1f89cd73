-- Planning is one set-based statement and idempotent: run twice, or by two workers, nobody is planned twice.
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

create function campaigns.plan(p_club_id bigint, p_now timestamptz) returns campaigns.plan_runs
language plpgsql set search_path = '' as $$
declare
  today date := core.local_date(p_club_id, p_now);
  run campaigns.plan_runs;
begin
  perform pg_advisory_xact_lock(hashtextextended('campaigns.plan', p_club_id));

  -- Sending may be paused, or the club asleep: planning only asks for a fresh mirror.
  if campaigns.is_stale(p_club_id, p_now) then
    insert into campaigns.plan_runs (club_id, planned_at, as_of, hold, planned, skipped)
    values (p_club_id, p_now, today, 'stale_data', 0, 0)
    returning * into run;
    return run;
  end if;

  with candidate as materialized (
    select * from campaigns.evaluate(p_club_id, today, p_now)
  ),
  planned as (
    insert into campaigns.drafts (
      club_id, client_id, scenario, occasion, once_since, segment, why, variables, language, template_name, template_language,
      planned_date, planned_at, expires_at
    )
    select
      p_club_id,
      candidate.client_id,
      candidate.scenario,
      candidate.occasion,
      candidate.once_since,
      candidate.segment,
      candidate.why,
      candidate.variables,
      candidate.language,
      candidate.template_name,
      candidate.template_language,
      today,
      p_now,
      p_now + make_interval(hours => setting.draft_expires_after_hours)
    from candidate
    join core.settings as setting on setting.club_id = p_club_id
    where candidate.skip_reason is null
    on conflict do nothing
    returning client_id
  ),
  resolved as (
    -- Skipped earlier today, planned now.
    delete from campaigns.skips as known
    using planned
    where known.club_id = p_club_id
      and known.skipped_date = today
      and known.client_id = planned.client_id
  ),
  skipped as (
    insert into campaigns.skips as known (club_id, skipped_date, client_id, scenario, occasion, reason, variables, skipped_at)
    select
      p_club_id, today, candidate.client_id, candidate.scenario, candidate.occasion, candidate.skip_reason,
      candidate.variables, p_now
    from candidate
    where candidate.skip_reason is not null
      -- Whoever has a draft of this occasion is not skipped: that draft is their message.
      and not (
        candidate.skip_reason = 'already_sent'
        and exists (
          select from campaigns.drafts as draft
          where draft.club_id = p_club_id
            and draft.client_id = candidate.client_id
            and draft.planned_date = today
        )
      )
    on conflict (club_id, skipped_date, client_id) do update set
      scenario = excluded.scenario,
      occasion = excluded.occasion,
      reason = excluded.reason,
      variables = excluded.variables,
      skipped_at = excluded.skipped_at
    where (known.scenario, known.reason) is distinct from (excluded.scenario, excluded.reason)
    returning 1
  )
  insert into campaigns.plan_runs (club_id, planned_at, as_of, planned, skipped)
  select p_club_id, p_now, today, (select count(*) from planned), (select count(*) from skipped)
  returning * into run;
  return run;
end
$$;
comment on function campaigns.plan is 'Plans today''s messages of a club and stores who is skipped and why; returns the run.';
