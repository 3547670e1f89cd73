-- From planned to pending: a worker claims drafts for a while, asks for the words, stores them. What personal data the text
-- needs is filled in here, never in the prompt.
create function campaigns.draft_facts(p_variables jsonb) returns jsonb
language sql immutable set search_path = '' as $$
  -- Facts for the prompt, with ids; no name, phone, e-mail or note.
  select coalesce(jsonb_agg(jsonb_build_object('id', fact.key, 'value', fact.value) order by fact.key), '[]')
  from jsonb_each(p_variables) as fact
  where fact.key in ('days_since_last_visit', 'visits_total', 'milestone', 'usual_service', 'usual_weekday', 'days_since_last_pt_visit')
$$;
comment on function campaigns.draft_facts is 'The facts of a draft that may leave the house, as [{id, value}].';

create function campaigns.claim_drafts(p_limit integer, p_lease_seconds integer, p_now timestamptz) returns jsonb
language sql set search_path = '' as $$
  with waiting as materialized (
    select planned.club_id, planned.draft_id
    from campaigns.drafts as planned
    where planned.status = 'planned'
      -- The words of a campaign are its operator's.
      and planned.campaign_id is null
      and planned.expires_at > p_now
      and (planned.leased_until > p_now) is not true
    order by planned.planned_at
    limit p_limit
    for update skip locked
  ),
  claimed as (
    update campaigns.drafts as draft
    set lease_token = gen_random_uuid(),
        leased_until = p_now + make_interval(secs => p_lease_seconds)
    from waiting
    where draft.club_id = waiting.club_id
      and draft.draft_id = waiting.draft_id
    returning draft.*
  )
  select coalesce(jsonb_agg(jsonb_build_object(
    'club_id', claimed.club_id,
    'draft_id', claimed.draft_id,
    'lease_token', claimed.lease_token,
    'scenario', claimed.scenario,
    'scenario_tone', scenario.tone,
    'club_tone', setting.tone,
    'language', static.language,
    'facts', campaigns.draft_facts(claimed.variables),
    'max_length', 200,
    'static_message', static.message
  )), '[]')
  from claimed
  join campaigns.scenarios as scenario on scenario.code = claimed.scenario
  join core.settings as setting on setting.club_id = claimed.club_id
  join campaigns.static_messages as static
    on static.scenario = claimed.scenario and static.language = split_part(claimed.template_language, '_', 1)
$$;
comment on function campaigns.claim_drafts is
  'Claims planned drafts for p_lease_seconds and returns what the writer needs: scenario, language, tone, facts, the static line.';

create function campaigns.render(p_body text, p_parameters jsonb) returns text
language plpgsql immutable set search_path = '' as $$
declare
  rendered text := p_body;
  parameter record;
begin
  for parameter in select given.key, given.value from jsonb_each_text(p_parameters) as given loop
    rendered := replace(rendered, '{{' || parameter.key || '}}', parameter.value);
  end loop;
  return rendered;
end
$$;
comment on function campaigns.render is 'A template''s body with its named parameters filled in.';

create function campaigns.write_version(
  p_club_id bigint, p_draft_id uuid, p_message text, p_source text, p_author text, p_usage jsonb, p_now timestamptz
) returns integer
language plpgsql set search_path = '' as $$
declare
  draft campaigns.drafts;
  template campaigns.templates;
  filled jsonb;
  whole text;
begin
  if p_message ~ '[\n\r\t]' or p_message ~ ' {4}' or btrim(p_message) <> p_message or p_message = '' then
    raise exception 'The message must be one trimmed line: WhatsApp refuses line breaks, tabs and runs of spaces in a template.'
      using errcode = 'check_violation';
  end if;
  select known.* into strict draft
  from campaigns.drafts as known where known.club_id = p_club_id and known.draft_id = p_draft_id
  for update;
  -- What was approved is what is sent: a decided draft keeps its words.
  if draft.status not in ('planned', 'drafted', 'pending') then
    raise exception 'Draft % is %: its words can not be changed any more.', p_draft_id, draft.status
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  select known.* into strict template
  from campaigns.templates as known
  where known.club_id = p_club_id and known.name = draft.template_name and known.language = draft.template_language;

  select coalesce(
    jsonb_object_agg(
      parameter.name,
      case parameter.name
        when 'message' then p_message
        when 'club' then club.name
        else draft.variables ->> parameter.name
      end
    ),
    '{}'
  )
  into filled
  from unnest(template.parameters) as parameter (name)
  join core.clubs as club on club.club_id = p_club_id;

  whole := concat_ws(E'\n\n', campaigns.render(template.body, filled), template.footer);
  if length(campaigns.render(template.body, filled)) > 1024 then
    raise exception 'The message makes the template % longer than WhatsApp''s 1024 characters: shorten it.', template.name
      using errcode = 'check_violation';
  end if;

  insert into campaigns.draft_versions (club_id, draft_id, version, source, message, parameters, rendered, author, usage, written_at)
  values (p_club_id, p_draft_id, draft.version + 1, p_source, p_message, filled, whole, p_author, p_usage, p_now);
  update campaigns.drafts as known
  set version = draft.version + 1
  where known.club_id = p_club_id and known.draft_id = p_draft_id;
  return draft.version + 1;
end
$$;
comment on function campaigns.write_version is
  'Adds a wording to a draft and returns its version. Fails when the text is not one line, does not fit the template, or the draft is decided.';

create function campaigns.store_draft(
  p_club_id bigint, p_draft_id uuid, p_lease_token uuid, p_message text, p_source text, p_author text, p_usage jsonb,
  p_now timestamptz
) returns text
language plpgsql set search_path = '' as $$
declare
  draft campaigns.drafts;
  obstacle text;
begin
  select known.* into draft
  from campaigns.drafts as known
  where known.club_id = p_club_id and known.draft_id = p_draft_id
  for update;

  -- Another worker took over after our lease: its words count, ours do not.
  if draft.status is distinct from 'planned' or draft.lease_token is distinct from p_lease_token then
    return coalesce(draft.status, 'unknown');
  end if;

  perform campaigns.write_version(p_club_id, p_draft_id, p_message, p_source, p_author, p_usage, p_now);
  update campaigns.drafts as known
  set status = 'drafted', lease_token = null, leased_until = null
  where known.club_id = p_club_id and known.draft_id = p_draft_id;

  obstacle := campaigns.recheck(p_club_id, p_draft_id, p_now);
  if obstacle is not null then
    perform campaigns.skip_drafts(p_club_id, array[p_draft_id], obstacle, 'system:drafting', p_now);
    return 'cancelled';
  end if;

  update campaigns.drafts as known
  set status = case draft.delivery_mode when 'notification' then 'approved' else 'pending' end,
      decided_by = case draft.delivery_mode when 'notification' then 'system:notification' end,
      decided_at = case draft.delivery_mode when 'notification' then p_now end
  where known.club_id = p_club_id and known.draft_id = p_draft_id
  returning known.status into draft.status;
  return draft.status;
end
$$;
comment on function campaigns.store_draft is
  'Stores the first wording of a claimed draft and moves it on: pending, in notification mode approved, or cancelled when a check fails by now.';

create function campaigns.expire_drafts(p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  expired bigint;
begin
  update campaigns.drafts as draft
  set status = 'expired',
      decided_by = 'system:expiry',
      decided_at = p_now
  where draft.status in ('planned', 'drafted', 'pending')
    and draft.expires_at <= p_now;
  get diagnostics expired = row_count;
  return expired;
end
$$;
comment on function campaigns.expire_drafts is 'Expires drafts nobody decided in time; returns how many.';
