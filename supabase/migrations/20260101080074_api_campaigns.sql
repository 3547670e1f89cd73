-- One-off campaigns in the dashboard: everyone of the club reads them, owners and operators write, start and stop them.
create view api.campaigns with (security_invoker = true) as
  -- One row per one-off campaign of a club.
  select
    campaign.club_id,
    campaign.campaign_id,
    campaign.name,
    campaign.segment,
    definition.name as segment_name,
    campaign.languages,
    campaign.last_visit_from_days,
    campaign.last_visit_until_days,
    campaign.tags,
    campaign.template_name,
    campaign.fallback_language,
    campaign.messages,
    campaign.starts_date,
    campaign.ends_date,
    campaign.status,
    campaign.stopped_reason,
    campaign.created_by,
    campaign.created_at,
    campaign.started_by,
    campaign.started_at,
    campaign.stopped_by,
    campaign.stopped_at
  from campaigns.campaigns as campaign
  left join segments.definitions as definition on definition.code = campaign.segment;
comment on view api.campaigns is 'One row per one-off campaign of a club: whom it is for, what it says, its days and its state.';

create function api.check_campaign(p_club_id bigint, p_campaign_id bigint)
returns table (code text, language text, sentence text, prevents_start boolean)
language sql stable set search_path = '' rows 10 as $$
  select checks.*
  from campaigns.check_campaign(p_club_id, p_campaign_id, core.local_date(p_club_id, now())) as checks
$$;
comment on function api.check_campaign is 'What a campaign lacks today, in sentences, and whether it prevents the start; no row: it is ready.';

create function api.campaign_audience(p_club_id bigint, p_campaign_id bigint)
returns table (language text, clients bigint, served_in text, names text[], computed_at timestamptz, data_until timestamptz)
language sql stable set search_path = '' rows 5 as $$
  select
    client.language,
    count(*),
    -- Of whom everything is known: who lacks a fact that the template mentions is among what check_campaign says.
    split_part((campaigns.variant_for(campaign, client.language)).language, '_', 1),
    (array_agg(client.name order by client.client_id))[1:5],
    now(),
    (select crm.last_good_sync(p_club_id))
  from campaigns.campaigns as campaign
  cross join lateral campaigns.audience(
    p_club_id, core.local_date(p_club_id, now()), campaign.campaign_id
  ) as member
  join crm.clients as client
    on client.club_id = p_club_id
    and client.client_id = member.client_id
  where campaign.club_id = p_club_id
    and campaign.campaign_id = p_campaign_id
  group by campaign.*, client.language
  order by count(*) desc, client.language
$$;
comment on function api.campaign_audience is
  'Whom a campaign is for today, before any check: how many by language, in which language they would be written to, and a few of their names.';

create function api.client_tags(p_club_id bigint) returns table (tag text, clients bigint)
language sql stable set search_path = '' rows 20 as $$
  select tag.name, count(*)
  from crm.clients as client
  cross join lateral unnest(crm.tags(client.raw)) as tag (name)
  where client.club_id = p_club_id
    and client.deleted_at is null
    and jsonb_typeof(client.raw -> 'categories') = 'array'
  group by tag.name
  order by tag.name
$$;
comment on function api.client_tags is 'The tags a club gives its clients in the booking platform, and how many clients carry each.';

-- Security definer, all three: nobody signed in may write tables; these doors check who knocks.
create function api.save_campaign(p_club_id bigint, p_campaign jsonb, p_campaign_id bigint default null) returns bigint
language plpgsql security definer set search_path = '' as $$
begin
  if coalesce(core.my_role(p_club_id), '') not in ('owner', 'operator') then
    raise exception 'Only an owner or operator of the club may write its campaigns.' using errcode = 'insufficient_privilege';
  end if;
  if p_campaign_id is null then
    return campaigns.create_campaign(p_club_id, p_campaign, 'operator:' || auth.uid(), now());
  end if;
  perform campaigns.change_campaign(p_club_id, p_campaign_id, p_campaign, 'operator:' || auth.uid(), now());
  return p_campaign_id;
end
$$;
comment on function api.save_campaign is
  'Saves a campaign, complete or not: a new draft, or the fields named of a known one. Returns its id. For owners and operators.';

create function api.start_campaign(p_club_id bigint, p_campaign_id bigint) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if coalesce(core.my_role(p_club_id), '') not in ('owner', 'operator') then
    raise exception 'Only an owner or operator of the club may start its campaigns.' using errcode = 'insufficient_privilege';
  end if;
  perform campaigns.start_campaign(p_club_id, p_campaign_id, 'operator:' || auth.uid(), now());
end
$$;
comment on function api.start_campaign is
  'Starts a campaign and approves its words, as the signed-in person. Fails with all that it lacks. For owners and operators.';

create function api.stop_campaign(p_club_id bigint, p_campaign_id bigint, p_reason text) returns bigint
language plpgsql security definer set search_path = '' as $$
begin
  if coalesce(core.my_role(p_club_id), '') not in ('owner', 'operator') then
    raise exception 'Only an owner or operator of the club may stop its campaigns.' using errcode = 'insufficient_privilege';
  end if;
  return campaigns.stop_campaign(p_club_id, p_campaign_id, 'operator:' || auth.uid(), p_reason, now());
end
$$;
comment on function api.stop_campaign is
  'Stops a running campaign with a reason, as the signed-in person; returns how many messages it voided. For owners and operators.';

grant select on api.campaigns to authenticated;
revoke all on function api.check_campaign, api.campaign_audience, api.client_tags from public, anon;
grant execute on function api.check_campaign, api.campaign_audience, api.client_tags to authenticated;
revoke all on function api.save_campaign, api.start_campaign, api.stop_campaign from public, anon, service_role;
grant execute on function api.save_campaign, api.start_campaign, api.stop_campaign to authenticated;
