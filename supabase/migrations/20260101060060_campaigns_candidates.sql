-- Everybody who fits a scenario on a day, once, with the first reason why they are not messaged, or null.
-- The reasons and their order are the definitions'; the same checks run when a draft is approved and when it is claimed.

create function campaigns.is_holdout(p_club_id bigint, p_scenario text, p_external_id text, p_as_of date, p_share numeric)
returns boolean
language sql immutable set search_path = '' as $$
  -- A stable hash of club, scenario, client and quarter, spread evenly over 0..1.
  select ('x' || left(md5(format(
    '%s/%s/%s/%sQ%s', p_club_id, p_scenario, p_external_id, extract(year from p_as_of), extract(quarter from p_as_of)
  )), 8))::bit(32)::bigint / 4294967296.0 < p_share
$$;
comment on function campaigns.is_holdout is 'Whether a client is in the control group of a scenario in the quarter of a day.';
grant execute on function campaigns.is_holdout to authenticated;

create function campaigns.fits(p_club_id bigint, p_as_of date)
returns table (client_id bigint, scenario text, priority integer, occasion text, once_since date, why text, variables jsonb)
language plpgsql stable set search_path = '' rows 100 as $$
declare
  fitting record;
begin
  for fitting in
    select known.code, known.priority
    from campaigns.scenarios as known
    left join campaigns.club_scenarios as choice
      on choice.club_id = p_club_id and choice.scenario = known.code
    where coalesce(choice.is_enabled, true)
    order by known.priority
  loop
    return query execute format(
      'select fit.client_id, %L::text, %s, fit.occasion, fit.once_since, fit.why, fit.variables from campaigns.%I($1, $2) as fit',
      fitting.code, fitting.priority, 'fits_' || fitting.code
    ) using p_club_id, p_as_of;
  end loop;
end
$$;
comment on function campaigns.fits is 'Every client and enabled scenario that fit on a day, before any check.';
grant execute on function campaigns.fits to authenticated;

create function campaigns.evaluate(p_club_id bigint, p_as_of date, p_at timestamptz)
returns table (
  client_id bigint,
  external_id text,
  scenario text,
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
language sql stable set search_path = '' rows 100 as $$
  with fit as materialized (
    select
      fits.*,
      exists (
        select from campaigns.drafts as draft
        where draft.club_id = p_club_id
          and draft.client_id = fits.client_id
          and draft.scenario = fits.scenario
          and (draft.occasion = fits.occasion or draft.planned_date >= fits.once_since)
          and draft.planned_at <= p_at
          and draft.status not in ('expired', 'cancelled')
      )
      or exists (
        -- A message whose draft was cancelled may still turn out to have gone out.
        select from campaigns.contacts as contact
        where contact.club_id = p_club_id
          and contact.client_id = fits.client_id
          and contact.scenario = fits.scenario
          and (contact.occasion = fits.occasion or contact.contacted_date >= fits.once_since)
          and contact.contacted_at <= p_at
      ) as was_sent
    from campaigns.fits(p_club_id, p_as_of) as fits
  ),
  spoken_for as (
    -- Clients whose person has today's draft already, through another client with the same phone.
    select distinct other.client_id
    from campaigns.drafts as draft
    join crm.clients as drafted
      on drafted.club_id = p_club_id and drafted.client_id = draft.client_id
    join crm.clients as other
      on other.club_id = p_club_id and other.phone = drafted.phone and other.client_id <> drafted.client_id
    where draft.club_id = p_club_id
      and draft.planned_date = p_as_of
      and draft.planned_at <= p_at
      and draft.status not in ('expired', 'cancelled')
  ),
  candidate as (
    -- One a day: the first scenario that was not already sent for this reason.
    select distinct on (fit.client_id) fit.*, spoken_for.client_id is not null as is_spoken_for
    from fit
    left join spoken_for on spoken_for.client_id = fit.client_id
    order by fit.client_id, fit.was_sent, fit.priority
  ),
  checked as materialized (
    select
      candidate.*,
      client.external_id,
      client.first_name,
      checks.phone,
      checks.segment,
      checks.language,
      template.name as template_name,
      template.language as template_language,
      case
        when checks.phone is null then 'no_phone'
        when checks.is_suppressed then 'suppressed'
        when not checks.has_consent then 'no_consent'
        when known.is_churn and checks.has_upcoming_booking then 'came_back'
        when checks.is_do_not_wake and choice.includes_do_not_wake is not true then 'do_not_wake'
        when candidate.was_sent then 'already_sent'
        when checks.is_cooling_down and not known.is_exempt_from_cooldown then 'cooldown'
        when checks.is_capped or candidate.is_spoken_for then 'frequency_cap'
        when template.name is null then 'no_template'
        when campaigns.is_holdout(p_club_id, candidate.scenario, client.external_id, p_as_of, setting.holdout_share)
          then 'holdout'
      end as reason
    from candidate
    join campaigns.scenarios as known on known.code = candidate.scenario
    left join campaigns.club_scenarios as choice
      on choice.club_id = p_club_id and choice.scenario = candidate.scenario
    join crm.clients as client
      on client.club_id = p_club_id and client.client_id = candidate.client_id
    join core.settings as setting on setting.club_id = p_club_id
    join campaigns.client_checks(
      p_club_id, p_as_of, p_at, (select array_agg(candidate.client_id) from candidate)
    ) as checks on checks.client_id = candidate.client_id
    left join lateral campaigns.template_for(p_club_id, candidate.scenario, checks.language) as template on true
  ),
  budget as (
    -- What is left of the 24 hours: the portfolio's limit or the club's own, less what went out and what is on its way.
    select
      least(setting.portfolio_limit, setting.daily_limit)
      - (
        select count(*) from campaigns.contacts as contact
        where contact.club_id = p_club_id
          and contact.contacted_at > p_at - interval '24 hours'
          and contact.contacted_at <= p_at
      )
      - (
        select count(*) from campaigns.drafts as draft
        where draft.club_id = p_club_id
          and draft.status in ('planned', 'drafted', 'pending', 'approved')
          and draft.planned_at <= p_at
          and draft.expires_at > p_at
          and not exists (
            select from campaigns.contacts as contact
            where contact.club_id = draft.club_id and contact.draft_id = draft.draft_id
          )
      ) as messages_left
    from core.settings as setting
    where setting.club_id = p_club_id
  ),
  speaker as (
    -- Who is written to when several clients share a phone: as for one client, the first scenario in the order of the table;
    -- then the client known longest, who is the person's main one.
    select distinct on (checked.phone) checked.client_id, checked.phone
    from checked
    where checked.reason is null
    order by checked.phone, checked.priority, checked.client_id
  ),
  ranked as (
    select
      speaker.*,
      row_number() over (order by client.ltv_minor desc nulls last, speaker.client_id) as place
    from speaker
    left join stats.on_day(p_club_id, p_as_of) as client on client.client_id = speaker.client_id
  ),
  messaged as (
    select ranked.client_id, ranked.phone
    from ranked
    cross join budget
    where (ranked.place > budget.messages_left) is not true
  )
  select
    checked.client_id,
    checked.external_id,
    checked.scenario,
    case
      when messaged.client_id = checked.client_id then null
      -- At most one message a day is part of the cap, from which no scenario is exempt; it comes before the template and the
      -- control group, so nobody is a control whose phone is written to that day. Not `already_sent`, which is of a client's own
      -- occasion, nor `cooldown`, which begins with a message that went out.
      when messaged.phone is not null and coalesce(checked.reason, '') in ('', 'no_template', 'holdout') then 'frequency_cap'
      else coalesce(checked.reason, 'daily_limit')
    end,
    jsonb_strip_nulls(
      jsonb_build_object('first_name', checked.first_name)
      || checked.variables
      || campaigns.usual_habits(p_club_id, p_as_of, checked.client_id)
    ),
    checked.occasion,
    checked.once_since,
    checked.why,
    checked.segment,
    checked.language,
    checked.template_name,
    checked.template_language
  from checked
  left join messaged on messaged.phone = checked.phone
$$;
comment on function campaigns.evaluate is 'Candidates with everything planning needs: the first skip reason, the occasion, the template.';
grant execute on function campaigns.evaluate to authenticated;

create function campaigns.candidates(p_club_id bigint, p_as_of date)
returns table (client_id bigint, external_id text, scenario text, skip_reason text, variables jsonb)
language sql stable set search_path = '' rows 100 as $$
  -- As the day ends in the club's zone.
  select candidate.client_id, candidate.external_id, candidate.scenario, candidate.skip_reason, candidate.variables
  from core.clubs as club
  cross join lateral campaigns.evaluate(
    p_club_id, p_as_of, (p_as_of + 1)::timestamp at time zone club.timezone
  ) as candidate
  where club.club_id = p_club_id
  order by candidate.client_id
$$;
comment on function campaigns.candidates is
  'Everybody who fits a scenario on a day, with what a message could say and the first reason not to send it, or null.';
grant execute on function campaigns.candidates to authenticated;
