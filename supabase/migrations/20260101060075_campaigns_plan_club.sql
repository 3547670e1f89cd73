-- Planning is one set-based statement and idempotent: run twice, or by two workers, nobody is planned twice.
create function campaigns.plan(p_club_id bigint, p_now timestamptz) returns campaigns.plan_runs
language plpgsql set search_path = '' as $$
declare
  today date := core.local_date(p_club_id, p_now);
  day_ends_at timestamptz;
  run campaigns.plan_runs;
begin
  perform pg_advisory_xact_lock(hashtextextended('campaigns.plan', p_club_id));
  perform campaigns.stop_unsendable(p_club_id, p_now);
  perform campaigns.note_autonomy(p_club_id, p_now);

  -- Sending may be paused, or the club asleep: planning only asks for a fresh mirror.
  if campaigns.is_stale(p_club_id, p_now) then
    insert into campaigns.plan_runs (club_id, planned_at, as_of, hold, planned, skipped)
    values (p_club_id, p_now, today, 'stale_data', 0, 0)
    returning * into run;
    return run;
  end if;
  day_ends_at := (today + 1)::timestamp at time zone (select club.timezone from core.clubs as club where club.club_id = p_club_id);

  with candidate as materialized (
    select * from campaigns.evaluate(p_club_id, today, p_now)
  ),
  habit as materialized (
    select *
    from campaigns.usual_habits(
      p_club_id, today,
      (select coalesce(array_agg(candidate.client_id), '{}') from candidate where candidate.skip_reason is null)
    )
  ),
  planned as (
    insert into campaigns.drafts (
      club_id, client_id, scenario, campaign_id, occasion, once_since, segment, why, variables, language,
      template_name, template_language, planned_date, planned_at, expires_at, delivery_mode, mode_basis
    )
    select
      p_club_id,
      candidate.client_id,
      candidate.scenario,
      candidate.campaign_id,
      candidate.occasion,
      candidate.once_since,
      candidate.segment,
      candidate.why,
      candidate.variables
        || jsonb_strip_nulls(jsonb_build_object('usual_service', habit.usual_service, 'usual_weekday', habit.usual_weekday)),
      candidate.language,
      candidate.template_name,
      candidate.template_language,
      today,
      p_now,
      case
        when scenario.is_for_the_day then least(wanted.expires_at, day_ends_at)
        else wanted.expires_at
      end,
      -- Whoever started a campaign approved its words.
      case when candidate.campaign_id is not null then 'notification' when sample.is_sample then 'moderation' else mode.delivery_mode end,
      case when candidate.campaign_id is not null then 'campaign' when sample.is_sample then 'sample' else mode.basis end
    from candidate
    join campaigns.scenarios as scenario on scenario.code = candidate.scenario
    join core.settings as setting on setting.club_id = p_club_id
    left join habit on habit.client_id = candidate.client_id
    left join campaigns.delivery_modes(p_club_id, p_now) as mode
      on mode.scenario = candidate.scenario
      and mode.language = split_part(candidate.template_language, '_', 1)
    cross join lateral (
      select p_now + make_interval(hours => setting.draft_expires_after_hours) as expires_at
    ) as wanted
    cross join lateral (
      -- Of what goes out by itself because it was earned, some still go to a person.
      select (
        mode.basis = 'earned'
        and campaigns.is_sample(
          p_club_id, candidate.scenario, candidate.client_id, candidate.occasion, setting.autonomy_sample_share
        )
      ) is true as is_sample
    ) as sample
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
  drafted_today as (
    select draft.client_id
    from campaigns.drafts as draft
    where draft.club_id = p_club_id
      and draft.planned_date = today
      and draft.status not in ('expired', 'cancelled')
  ),
  skipped as (
    insert into campaigns.skips as known (
      club_id, skipped_date, client_id, scenario, campaign_id, occasion, reason, variables, skipped_at
    )
    select
      p_club_id, today, candidate.client_id, candidate.scenario, candidate.campaign_id, candidate.occasion,
      candidate.skip_reason, candidate.variables, p_now
    from candidate
    left join campaigns.skips as earlier
      on earlier.club_id = p_club_id
      and earlier.skipped_date = today
      and earlier.client_id = candidate.client_id
    where candidate.skip_reason is not null
      and (earlier.scenario, earlier.campaign_id, earlier.reason)
        is distinct from (candidate.scenario, candidate.campaign_id, candidate.skip_reason)
      -- Who was held out today is the control group's, whatever happened to them since: who books after that has returned.
      and earlier.reason is distinct from 'holdout'
      -- Whoever has a draft today is not skipped: that draft is their message.
      and candidate.client_id not in (select drafted_today.client_id from drafted_today)
    on conflict (club_id, skipped_date, client_id) do update set
      scenario = excluded.scenario,
      campaign_id = excluded.campaign_id,
      occasion = excluded.occasion,
      reason = excluded.reason,
      variables = excluded.variables,
      skipped_at = excluded.skipped_at
    returning 1
  )
  insert into campaigns.plan_runs (club_id, planned_at, as_of, planned, skipped)
  select p_club_id, p_now, today, (select count(*) from planned), (select count(*) from skipped)
  returning * into run;

  -- The words of a campaign are its operator's: nothing is left to write or to approve.
  perform campaigns.word_campaigns(p_club_id, p_now);
  return run;
end
$$;
comment on function campaigns.plan is 'Plans today''s messages of a club and stores who is skipped and why; returns the run.';
