-- One day of a backtest: what planning would have done on it, had the backtest's own messages been sent and no others.
-- Once per, cooldown, cap and control group count what the days before it simulated. Bookings are taken as they were known on the day.
-- Consents, opt-outs, phones, templates and settings are those of now: as if today's had held all along.
create function campaigns.replay_day(p_club_id bigint, p_backtest_id bigint, p_day date, p_now timestamptz) returns bigint
language plpgsql set search_path = '' set plan_cache_mode = 'force_custom_plan' as $$
declare
  changed bigint;
begin
  insert into campaigns.backtest_contacts as known (
    club_id, backtest_id, client_id, scenario, occasion, day, outcome, met_cooldown, met_cap, returned_date, was_contacted
  )
  with backtest as (
    select asked.* from campaigns.backtests as asked where asked.club_id = p_club_id and asked.backtest_id = p_backtest_id
  ),
  setting as (
    select kept.* from core.settings as kept where kept.club_id = p_club_id
  ),
  fit as materialized (
    select found.client_id, found.scenario, found.priority, found.occasion, found.once_since, found.segment, found.variables
    from backtest
    cross join lateral campaigns.fits_scenarios(p_club_id, p_day, backtest.scenario) as found
  ),
  -- Messaged for this reason, or in the control group of the occasion, on an earlier day of the backtest.
  settled as materialized (
    select
      fit.client_id,
      fit.scenario,
      fit.occasion,
      bool_or(contact.outcome = 'messaged') as was_sent,
      bool_or(contact.outcome = 'holdout' and contact.occasion = fit.occasion) as was_held_out
    from fit
    join campaigns.backtest_contacts as contact
      on contact.club_id = p_club_id
      and contact.backtest_id = p_backtest_id
      and contact.client_id = fit.client_id
      and contact.scenario = fit.scenario
      and (contact.occasion = fit.occasion or contact.day >= fit.once_since)
    where contact.outcome in ('messaged', 'holdout')
    group by fit.client_id, fit.scenario, fit.occasion
  ),
  candidate as (
    -- One a day: the first that was not already sent for this reason.
    select distinct on (fit.client_id)
      fit.*,
      coalesce(settled.was_sent, false) as was_sent,
      coalesce(settled.was_held_out, false) as was_held_out
    from fit
    left join settled using (client_id, scenario, occasion)
    order by fit.client_id, coalesce(settled.was_sent, false), fit.priority
  ),
  unsettled as materialized (
    select candidate.* from candidate where not candidate.was_sent and not candidate.was_held_out
  ),
  checks as materialized (
    select checked.*
    from campaigns.client_checks(
      p_club_id, p_day, p_now, (select coalesce(array_agg(unsettled.client_id), '{}') from unsettled)
    ) as checked
  ),
  said as materialized (
    select known.*
    from campaigns.names_said(p_club_id, (select array_agg(checks.first_name) from checks)) as known
  ),
  -- The simulated messages of the person: of all who share the phone.
  contacted as (
    select
      checks.client_id,
      max(contact.day) as last_contact_date,
      count(*) filter (where contact.day > p_day - 30) as contacts_30d
    from checks
    join crm.clients as sharer
      on sharer.club_id = p_club_id
      and sharer.phone = checks.phone
    join campaigns.backtest_contacts as contact
      on contact.club_id = p_club_id
      and contact.backtest_id = p_backtest_id
      and contact.client_id = sharer.client_id
      and contact.outcome = 'messaged'
    group by checks.client_id
  ),
  person as materialized (
    select
      unsettled.*,
      checks.phone,
      checks.language,
      checks.person_external_id,
      checks.is_suppressed,
      checks.has_consent,
      checks.has_upcoming_booking,
      checks.is_do_not_wake,
      coalesce(said.languages, '{}') as name_said_in,
      unsettled.variables ->> 'days_since_last_visit' is not null as has_visited,
      jsonb_strip_nulls(jsonb_build_object('first_name', checks.first_name) || unsettled.variables) as sayable,
      (contacted.last_contact_date > p_day - cooldown.days) is true as is_cooling_down,
      coalesce(contacted.contacts_30d, 0) >= setting.frequency_cap as is_capped
    from unsettled
    cross join setting
    join checks on checks.client_id = unsettled.client_id
    left join said on said.first_name = checks.first_name
    join campaigns.cooldown_days(p_club_id) as cooldown on cooldown.segment = coalesce(unsettled.segment, 'unsegmented')
    left join contacted on contacted.client_id = unsettled.client_id
  ),
  -- Which of our words a template may use depends on what is known of the client.
  wanted as (
    select person.scenario, person.language, person.name_said_in, person.has_visited, (array_agg(person.sayable))[1] as sayable
    from person
    group by person.scenario, person.language, person.name_said_in, person.has_visited
  ),
  sendable as materialized (
    select wanted.scenario, wanted.language, wanted.name_said_in, wanted.has_visited
    from wanted
    cross join lateral campaigns.choose_template(p_club_id, wanted.scenario, null, wanted.language, wanted.sayable) as template
    where template.name is not null
  ),
  -- In the order of the definitions, as campaigns.evaluate has it; a test compares the two.
  checked as materialized (
    select
      person.*,
      case
        when person.phone is null then 'no_phone'
        when person.is_suppressed then 'suppressed'
        when not person.has_consent then 'no_consent'
        when scenario.is_churn and person.has_upcoming_booking then 'came_back'
        when person.is_do_not_wake and choice.includes_do_not_wake is not true then 'do_not_wake'
        when person.is_cooling_down and not scenario.is_exempt_from_cooldown then 'cooldown'
        when person.is_capped then 'frequency_cap'
        when sendable.scenario is null then 'no_template'
        when campaigns.is_holdout(
          p_club_id, campaigns.experiment(person.scenario, null), person.person_external_id, p_day, setting.holdout_share
        ) then 'holdout'
      end as reason
    from person
    cross join setting
    join campaigns.scenarios as scenario on scenario.code = person.scenario
    left join campaigns.club_scenarios as choice
      on choice.club_id = p_club_id
      and choice.scenario = person.scenario
    left join sendable
      on sendable.scenario = person.scenario
      and sendable.language = person.language
      and sendable.name_said_in = person.name_said_in
      and sendable.has_visited = person.has_visited
  ),
  speaker as (
    -- Of clients who share a phone one is written to: the first scenario, then the client known longest.
    select distinct on (checked.phone) checked.client_id, checked.phone
    from checked
    where checked.reason is null
    order by checked.phone, checked.priority, checked.client_id
  ),
  messaged as materialized (
    select ranked.client_id, ranked.phone
    from (
      select
        speaker.*,
        row_number() over (order by client.ltv_minor desc nulls last, speaker.client_id) as place
      from speaker
      left join stats.on_day(
        p_club_id, p_day, (select coalesce(array_agg(speaker.client_id), '{}') from speaker)
      ) as client on client.client_id = speaker.client_id
    ) as ranked
    cross join setting
    where ranked.place <= least(setting.portfolio_limit, setting.daily_limit)
  ),
  decided as (
    select
      checked.*,
      case
        when messaged.client_id = checked.client_id then 'messaged'
        -- Nobody gets two on one day, nor is a control whose phone is written to.
        when messaged.phone is not null and coalesce(checked.reason, '') in ('', 'no_template', 'holdout') then 'frequency_cap'
        else coalesce(checked.reason, 'daily_limit')
      end as outcome
    from checked
    left join messaged on messaged.phone = checked.phone
  )
  select
    p_club_id,
    p_backtest_id,
    decided.client_id,
    decided.scenario,
    decided.occasion,
    p_day,
    decided.outcome,
    decided.outcome = 'cooldown',
    decided.outcome = 'frequency_cap',
    later.returned_date,
    decided.outcome = 'messaged' and exists (
      select
      from campaigns.contacts as contact
      where contact.club_id = p_club_id
        and (contact.client_id = decided.client_id or contact.phone = decided.phone)
        and contact.contacted_date between p_day and coalesce(later.returned_date, p_day + backtest.return_days)
    )
  from decided
  cross join backtest
  left join lateral (
    select min(visit.local_date) as returned_date
    from crm.visits as visit
    where visit.club_id = p_club_id
      and visit.client_id = decided.client_id
      and visit.local_date > p_day
      and visit.local_date <= p_day + backtest.return_days
  ) as later on decided.outcome = 'messaged'
  on conflict (club_id, backtest_id, client_id, scenario, occasion) do update set
    day = excluded.day,
    outcome = excluded.outcome,
    met_cooldown = known.met_cooldown or excluded.met_cooldown,
    met_cap = known.met_cap or excluded.met_cap,
    returned_date = excluded.returned_date,
    was_contacted = excluded.was_contacted
  where known.outcome <> excluded.outcome;
  get diagnostics changed = row_count;
  return changed;
end
$$;
comment on function campaigns.replay_day is
  'Replays one day of a backtest, with the messages it simulated on the days before; returns how many outcomes are new. Days must come in order, each once.';
revoke all on function campaigns.replay_day from public, anon, authenticated, service_role;
