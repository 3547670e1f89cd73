-- The WhatsApp templates in the dashboard: which there are, which stand still and why, and where none can be used.
create view api.templates with (security_invoker = true) as
  -- One row per template and language of a club; one per scenario and language in which it has none.
  with known as (
    select
      template.club_id,
      template.scenario,
      split_part(template.language, '_', 1) as language,
      template.name,
      template.language as template_language,
      template.category,
      template.previous_category,
      template.status,
      template.quality,
      campaigns.obstacle_in_words(template) as why_not,
      template.stopped_at as since,
      template.stopped_for <> '{}' and not template.stopped_for @> array['status'] as is_resumable,
      template.body,
      template.footer,
      template.parameters
    from campaigns.templates as template
    union all
    select
      refusal.club_id,
      scenario.code,
      split_part(refusal.language, '_', 1),
      refusal.name,
      refusal.language,
      null,
      null,
      'REFUSED',
      null,
      'WhatsApp did not take it in: ' || refusal.reason,
      refusal.refused_at,
      false,
      null,
      null,
      '{}'
    from campaigns.template_refusals as refusal
    left join campaigns.scenarios as scenario
      on scenario.is_automated
      and scenario.code = substring(refusal.name from '^(.+)_v[0-9]+$')
    where not exists (
      select
      from campaigns.templates as template
      where template.club_id = refusal.club_id
        and template.name = refusal.name
        and template.language = refusal.language
    )
  ),
  ranked as (
    select
      known.*,
      row_number() over (
        partition by known.club_id, known.scenario, known.language
        order by
          known.why_not is null desc, substring(known.name from '_v([0-9]+)$')::numeric desc nulls last, known.name,
          known.template_language
      ) as place
    from known
  ),
  wanted as (
    select
      setting.club_id,
      scenario.code as scenario,
      spoken.language
    from core.settings as setting
    cross join campaigns.scenarios as scenario
    cross join unnest(array['cs', 'uk', 'ru', 'en', 'bg']) as spoken (language)
    where scenario.is_automated
  )
  select
    club_id,
    scenario,
    language,
    ranked.name,
    ranked.template_language,
    ranked.category,
    ranked.previous_category,
    ranked.status,
    ranked.quality,
    ranked.name is not null and ranked.why_not is null as is_usable,
    -- Of several the one whose state is the cell's: the one that is sent, else the newest.
    ranked.name is null or (scenario is not null and ranked.place = 1) as is_current,
    case when ranked.name is null then 'There is no template: submit the starter templates.' else ranked.why_not end as why_not,
    ranked.since,
    coalesce(ranked.is_resumable, false) as is_resumable,
    ranked.body,
    ranked.footer,
    ranked.parameters
  from ranked
  full join wanted using (club_id, scenario, language);
comment on view api.templates is
  'One row per WhatsApp template and language of a club, usable or with the reason why not; and one per scenario and language without any.';

create view api.template_requests with (security_invoker = true) as
  -- One row per club.
  select
    setting.club_id,
    request.requested_at,
    request.answered_at,
    request.failed_at,
    request.error,
    (select max(template.synced_at) from campaigns.templates as template where template.club_id = setting.club_id) as synced_at
  from core.settings as setting
  left join campaigns.template_requests as request on request.club_id = setting.club_id;
comment on view api.template_requests is
  'One row per club: when the starter templates were last asked for, when that was done or why not yet, and when Meta was last heard of.';

-- Security definer, both: nobody signed in may write tables; these doors check who knocks.
create function api.request_template_submission(p_club_id bigint) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if coalesce(core.my_role(p_club_id), '') not in ('owner', 'operator') then
    raise exception 'Only an owner or operator of the club may submit templates to WhatsApp.' using errcode = 'insufficient_privilege';
  end if;
  perform campaigns.request_templates(p_club_id, 'operator:' || auth.uid(), now());
end
$$;
comment on function api.request_template_submission is
  'Asks for the starter templates that Meta does not have yet to be submitted, as the signed-in person. For owners and operators.';

create function api.resume_template(p_club_id bigint, p_name text, p_language text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if coalesce(core.my_role(p_club_id), '') not in ('owner', 'operator') then
    raise exception 'Only an owner or operator of the club may take up its templates again.' using errcode = 'insufficient_privilege';
  end if;
  perform campaigns.resume_template(p_club_id, p_name, p_language, 'operator:' || auth.uid(), now());
end
$$;
comment on function api.resume_template is
  'Takes up a template that was stopped for its category or quality, as the signed-in person. For owners and operators.';

grant select on api.templates, api.template_requests to authenticated;
revoke all on function api.request_template_submission, api.resume_template from public, anon, service_role;
grant execute on function api.request_template_submission, api.resume_template to authenticated;
