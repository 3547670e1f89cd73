-- Everybody whom something fits on a day, once, with the first reason why they are not messaged, or null.
-- The reasons and their order are the definitions'; the same checks run when a draft is approved and when it is claimed.
create function campaigns.evaluate(
  p_club_id bigint, p_as_of date, p_at timestamptz, p_scenario text default null, p_campaign_id bigint default null
)
returns table (
  client_id bigint,
  external_id text,
  scenario text,
  campaign_id bigint,
  skip_reason text,
  variables jsonb,
  occasion text,
  once_since date,
  why text,
  segment text,
  language text,
  template_name text,
  template_language text
)
language plpgsql stable set search_path = '' set plan_cache_mode = 'force_custom_plan' rows 100 as $$
begin
  return query
    with fit as materialized (
      select fits.* from campaigns.fits(p_club_id, p_as_of, p_scenario, p_campaign_id) as fits
    ),
    -- Already messaged for this reason, or about to be; a message whose draft was cancelled may still turn out to have gone out.
    sent as (
      select fit.client_id, fit.scenario, fit.occasion
      from fit
      join campaigns.drafts as draft
        on draft.club_id = p_club_id
        and draft.client_id = fit.client_id
        and draft.scenario = fit.scenario
        and (draft.occasion = fit.occasion or draft.planned_date >= fit.once_since)
      where draft.planned_at <= p_at
        and draft.status not in ('expired', 'cancelled')
      union
      select fit.client_id, fit.scenario, fit.occasion
      from fit
      join campaigns.contacts as contact
        on contact.club_id = p_club_id
        and contact.client_id = fit.client_id
        and contact.scenario = fit.scenario
        and (contact.occasion = fit.occasion or contact.contacted_date >= fit.once_since)
      where contact.contacted_at <= p_at
    ),
    -- One a day: the first that was not already sent for this reason; of campaigns, the one made first.
    foremost as (
      select distinct on (fit.client_id, fit.campaign_id is null) fit.*, sent.client_id is not null as was_sent
      from fit
      left join sent
        on sent.client_id = fit.client_id
        and sent.scenario = fit.scenario
        and sent.occasion = fit.occasion
      order by fit.client_id, fit.campaign_id is null, sent.client_id is not null, fit.priority, fit.campaign_id
    ),
    candidate as materialized (
      -- A campaign comes after the scenarios, but not after one that has no template to be sent in.
      select distinct on (foremost.client_id) foremost.*
      from foremost
      order by
        foremost.client_id,
        foremost.was_sent,
        foremost.campaign_id is null and foremost.scenario not in (
          select template.scenario
          from campaigns.templates as template
          where template.club_id = p_club_id
            and template.scenario is not null
            and campaigns.is_usable(template)
        ),
        foremost.priority
    ),
    checks as materialized (
      select *
      from campaigns.client_checks(
        p_club_id, p_as_of, p_at, (select coalesce(array_agg(candidate.client_id), '{}') from candidate)
      )
    ),
    said as materialized (
      select known.*
      from campaigns.names_said(p_club_id, (select array_agg(checks.first_name) from checks)) as known
    ),
    -- Today's drafts: whoever has one, or shares the phone of one who has, gets nothing else today.
    drafted_today as materialized (
      select draft.client_id, client.phone
      from campaigns.drafts as draft
      join crm.clients as client
        on client.club_id = p_club_id
        and client.client_id = draft.client_id
      where draft.club_id = p_club_id
        and draft.planned_date = p_as_of
        and draft.planned_at <= p_at
        and draft.status not in ('expired', 'cancelled')
    ),
    person as materialized (
      select
        candidate.*,
        checks.external_id,
        checks.first_name,
        checks.phone,
        checks.language,
        checks.person_external_id,
        checks.is_suppressed,
        checks.has_consent,
        checks.has_upcoming_booking,
        checks.is_do_not_wake,
        checks.is_in_conversation,
        checks.is_resting,
        checks.is_capped
          or candidate.client_id in (select drafted_today.client_id from drafted_today)
          or (checks.phone in (select drafted_today.phone from drafted_today where drafted_today.phone is not null)) is true as is_capped,
        (checks.last_contact_date > p_as_of - cooldown.days) is true as is_cooling_down,
        -- Which of our words a template may use depends on what is known of the client; there are few ways a message can go.
        concat_ws(
          '/', candidate.scenario, candidate.campaign_id, checks.language, coalesce(said.languages, '{}'),
          candidate.variables ->> 'days_since_last_visit' is not null
        ) as way
      from candidate
      join checks on checks.client_id = candidate.client_id
      left join said on said.first_name = checks.first_name
      join campaigns.cooldown_days(p_club_id) as cooldown on cooldown.segment = coalesce(candidate.segment, 'unsegmented')
    ),
    way as (
      select
        person.way,
        person.scenario,
        person.campaign_id,
        person.language,
        (array_agg(jsonb_build_object('first_name', person.first_name) || person.variables))[1] as variables
      from person
      group by person.way, person.scenario, person.campaign_id, person.language
    ),
    settled as materialized (
      select
        way.*,
        campaigns.experiment(way.scenario, way.campaign_id) as experiment,
        template.name as template_name,
        template.language as template_language
      from way
      left join lateral campaigns.choose_template(
        p_club_id, way.scenario, way.campaign_id, way.language, jsonb_strip_nulls(way.variables)
      ) as template on true
    ),
    held_out as (
      select person.client_id
      from person
      join campaigns.skips as skip
        on skip.club_id = p_club_id
        and skip.client_id = person.client_id
        and skip.scenario = person.scenario
        and skip.occasion = person.occasion
        and skip.reason = 'holdout'
        and skip.skipped_at <= p_at
    ),
    eligible as materialized (
      select
        person.*,
        settled.experiment,
        settled.template_name,
        settled.template_language,
        case
          when person.phone is null then 'no_phone'
          when person.is_suppressed then 'suppressed'
          when not person.has_consent then 'no_consent'
          when known.is_churn and person.has_upcoming_booking then 'came_back'
          when person.is_do_not_wake and choice.includes_do_not_wake is not true then 'do_not_wake'
          when person.is_in_conversation then 'in_conversation'
          when person.is_resting then 'resting'
          when person.was_sent then 'already_sent'
          when person.is_cooling_down and not known.is_exempt_from_cooldown then 'cooldown'
          when person.is_capped then 'frequency_cap'
          when settled.template_name is null then 'no_template'
          when person.client_id in (select held_out.client_id from held_out) then 'holdout'
        end as reason
      from person
      join campaigns.scenarios as known on known.code = person.scenario
      left join campaigns.club_scenarios as choice
        on choice.club_id = p_club_id
        and choice.scenario = person.scenario
      join settled on settled.way = person.way
    ),
    drawn as (
      select draws.*
      from (
        select array_agg(eligible.experiment) as experiments, array_agg(eligible.person_external_id) as external_ids
        from eligible
        where eligible.reason is null
      ) as asked
      cross join lateral campaigns.holdout_draws(p_club_id, asked.experiments, asked.external_ids, p_as_of) as draws
      join core.settings as setting on setting.club_id = p_club_id
      where draws.draw < setting.holdout_share
    ),
    checked as materialized (
      select
        eligible.*,
        case
          when eligible.reason is not null then eligible.reason
          when (eligible.experiment, eligible.person_external_id) in (select drawn.experiment, drawn.external_id from drawn) then 'holdout'
        end as skip_reason
      from eligible
    ),
    speaker as (
      -- Who is written to when several clients share a phone: as for one client, the first scenario in the order of the table;
      -- then the client known longest, who is the person's main one.
      select distinct on (checked.phone) checked.client_id, checked.phone, checked.ltv_minor
      from checked
      where checked.skip_reason is null
      order by checked.phone, checked.priority, checked.campaign_id, checked.client_id
    ),
    ranked as (
      select
        speaker.*,
        row_number() over (order by speaker.ltv_minor desc nulls last, speaker.client_id) as place
      from speaker
    ),
    messaged as (
      select ranked.client_id, ranked.phone
      from ranked
      where ranked.place <= campaigns.messages_left(p_club_id, p_at)
    )
    select
      checked.client_id,
      checked.external_id,
      checked.scenario,
      checked.campaign_id,
      case
        when messaged.client_id = checked.client_id then null
        -- At most one message a day is part of the cap, from which no scenario is exempt; it comes before the template and the
        -- control group, so nobody is a control whose phone is written to that day. Not `already_sent`, which is of a client's own
        -- occasion, nor `cooldown`, which begins with a message that went out.
        when messaged.phone is not null and coalesce(checked.skip_reason, '') in ('', 'no_template', 'holdout') then 'frequency_cap'
        else coalesce(checked.skip_reason, 'daily_limit')
      end,
      jsonb_strip_nulls(jsonb_build_object('first_name', checked.first_name) || checked.variables),
      checked.occasion,
      checked.once_since,
      checked.why,
      checked.segment,
      checked.language,
      checked.template_name,
      checked.template_language
    from checked
    left join messaged on messaged.phone = checked.phone;
end
$$;
comment on function campaigns.evaluate is
  'Candidates with everything planning needs: the first skip reason, the occasion, the template. For all, or for one scenario or campaign as if it alone were switched on.';
grant execute on function campaigns.evaluate to authenticated;

create function campaigns.candidates(p_club_id bigint, p_as_of date)
returns table (client_id bigint, external_id text, scenario text, skip_reason text, variables jsonb)
language sql stable set search_path = '' rows 100 as $$
  -- As the day ends in the club's zone.
  with candidate as materialized (
    select found.*
    from core.clubs as club
    cross join lateral campaigns.evaluate(p_club_id, p_as_of, (p_as_of + 1)::timestamp at time zone club.timezone) as found
    where club.club_id = p_club_id
  )
  select
    candidate.client_id,
    candidate.external_id,
    candidate.scenario,
    candidate.skip_reason,
    candidate.variables
      || jsonb_strip_nulls(jsonb_build_object('usual_service', habit.usual_service, 'usual_weekday', habit.usual_weekday))
  from candidate
  left join campaigns.usual_habits(
    p_club_id, p_as_of, (select coalesce(array_agg(candidate.client_id), '{}') from candidate)
  ) as habit on habit.client_id = candidate.client_id
  order by candidate.client_id
$$;
comment on function campaigns.candidates is
  'Everybody who fits a scenario on a day, with what a message could say and the first reason not to send it, or null.';
grant execute on function campaigns.candidates to authenticated;
