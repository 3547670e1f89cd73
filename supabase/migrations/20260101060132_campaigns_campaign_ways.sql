-- The ways in which a campaign's message would go: one row per language of its audience and what is known of the clients who speak
-- it, with the variant of the template that would take it. There are few ways, whatever the size of the audience.
create function campaigns.language_in_words(p_language text) returns text
language sql immutable set search_path = '' as $$
  select case p_language
    when 'cs' then 'Czech'
    when 'uk' then 'Ukrainian'
    when 'ru' then 'Russian'
    when 'en' then 'English'
    when 'bg' then 'Bulgarian'
    else p_language
  end
$$;
comment on function campaigns.language_in_words is 'The English name of a language, as sentences for operators have it.';

create function campaigns.variant_for(p_campaign campaigns.campaigns, p_language text, p_variables jsonb) returns campaigns.templates
language sql stable set search_path = '' as $$
  -- As campaigns.choose_template, but for the line of the message, which may still be missing.
  select template.*
  from campaigns.templates as template
  cross join lateral (select split_part(template.language, '_', 1) as language) as spoken
  where template.club_id = p_campaign.club_id
    and template.name = p_campaign.template_name
    and campaigns.is_usable(template)
    and spoken.language in (p_language, p_campaign.fallback_language)
    and campaigns.can_fill(template.parameters, p_variables)
  order by spoken.language = p_language desc, template.language
  limit 1
$$;
comment on function campaigns.variant_for is
  'The variant of a campaign''s template in a language, else in its fallback, that is usable and can be filled from these variables; null: none.';

create function campaigns.campaign_ways(p_club_id bigint, p_campaign_id bigint, p_as_of date)
returns table (
  language text, has_first_name boolean, has_last_visit boolean, clients bigint, variables jsonb, template_language text,
  spoken_language text, body text, parameters text[]
)
language sql stable set search_path = '' rows 10 as $$
  with way as (
    select
      client.language,
      client.first_name is not null as has_first_name,
      member.days_since_last_visit is not null as has_last_visit,
      count(*) as clients,
      jsonb_strip_nulls(jsonb_build_object(
        'first_name', repeat('x', max(length(client.first_name))),
        'visits_total', max(member.visits_total),
        'days_since_last_visit', max(member.days_since_last_visit)
      )) as variables
    from campaigns.audience(p_club_id, p_as_of, p_campaign_id) as member
    join crm.clients as client
      on client.club_id = p_club_id
      and client.client_id = member.client_id
    group by client.language, client.first_name is not null, member.days_since_last_visit is not null
  )
  select
    way.language,
    way.has_first_name,
    way.has_last_visit,
    way.clients,
    way.variables,
    variant.language,
    split_part(variant.language, '_', 1),
    variant.body,
    variant.parameters
  from way
  join campaigns.campaigns as campaign
    on campaign.club_id = p_club_id
    and campaign.campaign_id = p_campaign_id
  left join lateral campaigns.variant_for(campaign, way.language, way.variables) as variant on true
$$;
comment on function campaigns.campaign_ways is
  'The ways in which a campaign''s message would go on a day, with how many clients, the longest of their variables, and the template''s variant or null.';
grant execute on function campaigns.language_in_words, campaigns.variant_for, campaigns.campaign_ways to authenticated;
