-- Whom anything fits on a day, before any check: the automated scenarios and the one-off campaigns that are running.
-- One row per client and scenario or campaign.
create function campaigns.fits(
  p_club_id bigint, p_as_of date, p_scenario text default null, p_campaign_id bigint default null
)
returns table (
  client_id bigint, scenario text, priority integer, campaign_id bigint, occasion text, once_since date, why text, segment text,
  variables jsonb, ltv_minor bigint
)
language plpgsql stable set search_path = '' rows 10000 as $$
begin
  if p_campaign_id is null then
    return query
      select
        fit.client_id, fit.scenario, fit.priority, null::bigint, fit.occasion, fit.once_since, fit.why, fit.segment, fit.variables,
        fit.ltv_minor
      from campaigns.fits_scenarios(p_club_id, p_as_of, p_scenario) as fit;
  end if;
  if p_scenario is not null then
    return;
  end if;

  return query
    with member as materialized (
      select known.campaign_id, known.client_id, known.why, known.days_since_last_visit, known.visits_total, known.segment,
        known.ltv_minor
      from campaigns.audiences(p_club_id, p_as_of) as known
      where p_campaign_id is null
      union all
      select p_campaign_id, known.client_id, known.why, known.days_since_last_visit, known.visits_total, known.segment,
        known.ltv_minor
      from campaigns.audience(p_club_id, p_as_of, p_campaign_id) as known
      where p_campaign_id is not null
    )
    select
      member.client_id,
      'one_off',
      (select known.priority from campaigns.scenarios as known where known.code = 'one_off'),
      member.campaign_id,
      'campaign ' || member.campaign_id,
      null::date,
      member.why,
      member.segment,
      jsonb_build_object('days_since_last_visit', member.days_since_last_visit, 'visits_total', member.visits_total),
      member.ltv_minor
    from member;
end
$$;
comment on function campaigns.fits is
  'Every client and enabled scenario or running campaign that fit on a day, before any check; or whom the one named would fit, switched on or not.';
grant execute on function campaigns.fits to authenticated;
