-- A campaign is written as a draft, and may be saved incomplete: nothing entered is lost. What it lacks, campaigns.check_campaign
-- says; a value that can not be is refused with its sentence.
create function campaigns.entered_campaign(p_known campaigns.campaigns, p_campaign jsonb) returns campaigns.campaigns
language plpgsql immutable set search_path = '' as $$
declare
  stray text;
  entered campaigns.campaigns;
begin
  if jsonb_typeof(p_campaign) is distinct from 'object' then
    raise exception 'A campaign is entered as an object of its fields.' using errcode = 'check_violation';
  end if;
  select given.key into stray
  from jsonb_object_keys(p_campaign) as given (key)
  where given.key <> all (array[
    'name', 'segment', 'languages', 'last_visit_from_days', 'last_visit_until_days', 'tags', 'template_name', 'fallback_language',
    'messages', 'starts_date', 'ends_date'
  ])
  order by given.key
  limit 1;
  if stray is not null then
    raise exception 'A campaign has no field "%" that could be entered.', stray using errcode = 'check_violation';
  end if;

  begin
    entered := jsonb_populate_record(p_known, p_campaign);
  exception
    when data_exception then
      raise exception 'The campaign can not be read: %.', sqlerrm using errcode = 'check_violation';
  end;
  entered.name := btrim(coalesce(entered.name, ''));
  entered.segment := nullif(entered.segment, '');
  entered.languages := nullif(entered.languages, '{}');
  entered.tags := nullif(array(
    select distinct btrim(tag.name) from unnest(entered.tags) as tag (name) where btrim(tag.name) <> '' order by 1
  ), '{}');
  entered.template_name := nullif(entered.template_name, '');
  entered.fallback_language := nullif(entered.fallback_language, '');
  entered.starts_date := coalesce(entered.starts_date, p_known.starts_date);
  entered.ends_date := coalesce(entered.ends_date, p_known.ends_date);
  -- A line left empty is none; anything but lines is left to the constraint.
  entered.messages := coalesce(entered.messages, '{}');
  if jsonb_typeof(entered.messages) = 'object' and not jsonb_path_exists(entered.messages, '$.* ? (@.type() != "string")') then
    select coalesce(jsonb_object_agg(line.key, btrim(line.value)) filter (where btrim(line.value) <> ''), '{}')
    into entered.messages
    from jsonb_each_text(entered.messages) as line;
  end if;
  return entered;
end
$$;
comment on function campaigns.entered_campaign is
  'A campaign with what was entered in the place of what was known; fields that are not named stay. Fails with a sentence for a field that is not one.';

create function campaigns.store_campaign(p_campaign campaigns.campaigns) returns bigint
language plpgsql set search_path = '' as $$
declare
  stored bigint;
  broken text;
begin
  if p_campaign.campaign_id is null then
    insert into campaigns.campaigns (
      club_id, name, segment, languages, last_visit_from_days, last_visit_until_days, tags,
      template_name, fallback_language, messages, starts_date, ends_date, created_by, created_at
    )
    values (
      p_campaign.club_id, p_campaign.name, p_campaign.segment, p_campaign.languages, p_campaign.last_visit_from_days,
      p_campaign.last_visit_until_days, p_campaign.tags, p_campaign.template_name, p_campaign.fallback_language, p_campaign.messages,
      p_campaign.starts_date, p_campaign.ends_date, p_campaign.created_by, p_campaign.created_at
    )
    returning campaign_id into stored;
    return stored;
  end if;

  update campaigns.campaigns as known
  set name = p_campaign.name,
      segment = p_campaign.segment,
      languages = p_campaign.languages,
      last_visit_from_days = p_campaign.last_visit_from_days,
      last_visit_until_days = p_campaign.last_visit_until_days,
      tags = p_campaign.tags,
      template_name = p_campaign.template_name,
      fallback_language = p_campaign.fallback_language,
      messages = p_campaign.messages,
      starts_date = p_campaign.starts_date,
      ends_date = p_campaign.ends_date
  where known.club_id = p_campaign.club_id
    and known.campaign_id = p_campaign.campaign_id;
  return p_campaign.campaign_id;
exception
  when check_violation or foreign_key_violation then
    get stacked diagnostics broken = constraint_name;
    raise exception '%', coalesce(
      (
        select obj_description(rule.oid, 'pg_constraint')
        from pg_catalog.pg_constraint as rule
        where rule.conrelid = 'campaigns.campaigns'::regclass
          and rule.conname = broken
      ),
      sqlerrm
    )
      using errcode = 'check_violation', constraint = broken;
end
$$;
comment on function campaigns.store_campaign is 'Writes the draft of a campaign, a new one where it has no id, and returns the id. Fails with the sentence of the constraint it breaks.';

create function campaigns.lock_campaign(p_club_id bigint, p_campaign_id bigint) returns campaigns.campaigns
language plpgsql set search_path = '' as $$
declare
  campaign campaigns.campaigns;
begin
  select known.* into campaign
  from campaigns.campaigns as known
  where known.club_id = p_club_id and known.campaign_id = p_campaign_id
  for update;
  if not found then
    raise exception 'The club has no campaign %: look it up in the list of campaigns.', p_campaign_id using errcode = 'no_data_found';
  end if;
  return campaign;
end
$$;
comment on function campaigns.lock_campaign is 'A campaign of a club, held until the end of the transaction. Fails when there is none.';

create function campaigns.create_campaign(p_club_id bigint, p_campaign jsonb, p_by text, p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  blank campaigns.campaigns;
  created bigint;
begin
  blank.club_id := p_club_id;
  blank.created_by := p_by;
  blank.created_at := p_now;
  -- Two weeks from today, unless other days are entered.
  blank.starts_date := core.local_date(p_club_id, p_now);
  blank.ends_date := blank.starts_date + 13;
  created := campaigns.store_campaign(campaigns.entered_campaign(blank, p_campaign));
  perform core.audit(p_club_id, p_by, 'campaign.created', 'campaign:' || created, p_campaign, p_now);
  return created;
end
$$;
comment on function campaigns.create_campaign is
  'Saves a new one-off campaign as a draft, complete or not, and returns its id. Fails with a sentence for a value that can not be.';

create function campaigns.change_campaign(p_club_id bigint, p_campaign_id bigint, p_campaign jsonb, p_by text, p_now timestamptz)
returns void
language plpgsql set search_path = '' as $$
declare
  known campaigns.campaigns := campaigns.lock_campaign(p_club_id, p_campaign_id);
  entered campaigns.campaigns;
  changes jsonb;
begin
  if known.status <> 'draft' then
    raise exception 'The campaign “%” is %: what was approved by starting it can not be changed any more. Make a new one.',
      known.name, known.status using errcode = 'object_not_in_prerequisite_state';
  end if;
  entered := campaigns.entered_campaign(known, p_campaign);

  select jsonb_object_agg(field.key, jsonb_build_object('before', field.value, 'after', to_jsonb(entered) -> field.key))
  into changes
  from jsonb_each(to_jsonb(known)) as field
  where field.value <> to_jsonb(entered) -> field.key;
  if changes is null then
    return;
  end if;
  perform campaigns.store_campaign(entered);
  perform core.audit(p_club_id, p_by, 'campaign.changed', 'campaign:' || p_campaign_id, changes, p_now);
end
$$;
comment on function campaigns.change_campaign is
  'Changes the named fields of a campaign that is a draft, and audits what was before and after. Fails once it was started.';
