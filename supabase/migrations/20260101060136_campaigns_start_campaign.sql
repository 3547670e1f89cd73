-- Whoever starts a campaign approves its words: they are kept as they are, and nobody is asked again for each message.
-- A campaign that is stopped is stopped at once, also for those whose message is approved and not on its way yet.
create function campaigns.texts_of(p_campaign campaigns.campaigns) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_object_agg(template.language, concat_ws(E'\n\n', template.body, template.footer)), '{}')
  from campaigns.templates as template
  where template.club_id = p_campaign.club_id
    and template.name = p_campaign.template_name
    and template.status <> 'DELETED'
$$;
comment on function campaigns.texts_of is 'The texts of a campaign''s template as Meta shows them now: {language: text}.';

create function campaigns.start_campaign(p_club_id bigint, p_campaign_id bigint, p_by text, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  campaign campaigns.campaigns := campaigns.lock_campaign(p_club_id, p_campaign_id);
  today date := core.local_date(p_club_id, p_now);
  lacking text;
begin
  if campaign.status <> 'draft' then
    raise exception 'The campaign “%” is % already: only a draft can be started.', campaign.name, campaign.status
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  select string_agg(checks.sentence, ' ') into lacking
  from campaigns.check_campaign(p_club_id, p_campaign_id, today) as checks
  where checks.prevents_start;
  if lacking is not null then
    raise exception 'The campaign can not start yet. %', lacking using errcode = 'check_violation';
  end if;

  update campaigns.campaigns as known
  set status = 'running',
      started_by = p_by,
      started_at = p_now,
      spoken_languages = array(
        select distinct way.language from campaigns.campaign_ways(p_club_id, p_campaign_id, today) as way order by way.language
      ),
      approved_texts = campaigns.texts_of(known)
  where known.club_id = p_club_id and known.campaign_id = p_campaign_id;
  perform core.audit(
    p_club_id, p_by, 'campaign.started', 'campaign:' || p_campaign_id,
    jsonb_build_object('name', campaign.name, 'template_name', campaign.template_name, 'messages', campaign.messages), p_now
  );
end
$$;
comment on function campaigns.start_campaign is
  'Starts a campaign that is a draft and approves its words. Fails with all that it lacks, one sentence after another.';

create function campaigns.end_campaign(
  p_club_id bigint, p_campaign_id bigint, p_status text, p_by text, p_reason text, p_skip_reason text, p_now timestamptz
) returns bigint
language plpgsql set search_path = '' as $$
declare
  voided bigint;
begin
  update campaigns.campaigns as known
  set status = p_status,
      stopped_by = case p_status when 'stopped' then p_by end,
      stopped_at = case p_status when 'stopped' then p_now end,
      stopped_reason = case p_status when 'stopped' then p_reason end
  where known.club_id = p_club_id and known.campaign_id = p_campaign_id;
  voided := campaigns.void_drafts(p_club_id, 'one_off', p_campaign_id, p_skip_reason, p_by, p_now);
  perform core.audit(
    p_club_id, p_by, 'campaign.' || p_status, 'campaign:' || p_campaign_id,
    jsonb_build_object('reason', p_reason, 'voided', voided), p_now
  );
  return voided;
end
$$;
comment on function campaigns.end_campaign is 'Stops or finishes a campaign and voids its open messages with a skip reason; returns how many.';

create function campaigns.stop_campaign(p_club_id bigint, p_campaign_id bigint, p_by text, p_reason text, p_now timestamptz)
returns bigint
language plpgsql set search_path = '' as $$
declare
  campaign campaigns.campaigns;
begin
  -- A planning that is under way may just be writing messages of it: it ends first, and they are voided too.
  perform pg_advisory_xact_lock(hashtextextended('campaigns.plan', p_club_id));
  campaign := campaigns.lock_campaign(p_club_id, p_campaign_id);
  if campaign.status <> 'running' then
    raise exception 'The campaign “%” is %: only a running one can be stopped.', campaign.name, campaign.status
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  if btrim(coalesce(p_reason, '')) = '' then
    raise exception 'Say why the campaign is stopped: whoever looks at it later will ask.' using errcode = 'check_violation';
  end if;
  return campaigns.end_campaign(p_club_id, p_campaign_id, 'stopped', p_by, btrim(p_reason), 'switched_off', p_now);
end
$$;
comment on function campaigns.stop_campaign is
  'Stops a running campaign with a reason and voids its messages that are not on their way yet; returns how many.';
