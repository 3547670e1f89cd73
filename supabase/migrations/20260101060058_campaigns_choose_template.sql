-- The template a message goes out in: the client's language first, then the fallback; the newest name of each. Where Meta stops one,
-- the next that is approved takes over by itself.
create function campaigns.choose_template(
  p_club_id bigint, p_scenario text, p_campaign_id bigint, p_language text, p_variables jsonb
) returns campaigns.templates
language sql stable set search_path = '' as $$
  select template.*
  from campaigns.templates as template
  join core.clubs as club on club.club_id = template.club_id
  left join campaigns.campaigns as campaign
    on campaign.club_id = p_club_id
    and campaign.campaign_id = p_campaign_id
  cross join lateral (
    select
      -- Meta tells en_US from en; a member does not.
      split_part(template.language, '_', 1) as language,
      -- A campaign falls back only where its operator chose to.
      case when p_campaign_id is null then club.default_language else campaign.fallback_language end as fallback
  ) as spoken
  where template.club_id = p_club_id
    and case when p_campaign_id is null then template.scenario = p_scenario else template.name = campaign.template_name end
    and campaigns.is_usable(template)
    and spoken.language in (p_language, spoken.fallback)
    and case
      when p_campaign_id is null then campaigns.can_fill(template.parameters, p_variables, spoken.language)
      else campaigns.can_campaign_fill(template.parameters, p_variables, spoken.language)
    end
    and (p_campaign_id is null or not template.parameters @> array['message'] or campaign.messages ? spoken.language)
  order by
    spoken.language = p_language desc,
    substring(template.name from '_v([0-9]+)$')::numeric desc nulls last,
    template.name,
    template.language
  limit 1
$$;
comment on function campaigns.choose_template is
  'The template of a scenario or campaign for a client''s language and variables, else the fallback''s; null when none is usable and fillable. Without variables: for one of whom everything is known.';
grant execute on function campaigns.choose_template to authenticated;
