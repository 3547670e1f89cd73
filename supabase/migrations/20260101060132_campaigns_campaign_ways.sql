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

create function campaigns.variant_for(p_campaign campaigns.campaigns, p_language text, p_variables jsonb default null) returns campaigns.templates
language sql stable set search_path = '' as $$
  -- As campaigns.choose_template, but for the line of the message, which may still be missing.
  select template.*
  from campaigns.templates as template
  cross join lateral (select split_part(template.language, '_', 1) as language) as spoken
  where template.club_id = p_campaign.club_id
    and template.name = p_campaign.template_name
    and campaigns.is_usable(template)
    and spoken.language in (p_language, p_campaign.fallback_language)
    and campaigns.can_campaign_fill(template.parameters, p_variables, spoken.language)
  order by spoken.language = p_language desc, template.language
  limit 1
$$;
comment on function campaigns.variant_for is
  'The variant of a campaign''s template in a language, else in its fallback, that is usable and can be filled from these variables; null: none. Without variables: for one of whom everything is known.';

create function campaigns.campaign_ways(p_club_id bigint, p_campaign_id bigint, p_as_of date)
returns table (
  language text, name_said_in text[], has_last_visit boolean, clients bigint, variables jsonb, template_language text,
  spoken_language text, body text, parameters text[]
)
language sql stable set search_path = '' rows 10 as $$
  with member as materialized (
    select
      client.first_name,
      client.language,
      audience.visits_total,
      audience.days_since_last_visit
    from campaigns.audience(p_club_id, p_as_of, p_campaign_id) as audience
    join crm.clients as client
      on client.club_id = p_club_id
      and client.client_id = audience.client_id
  ),
  way as (
    select
      member.language,
      coalesce(said.languages, '{}') as name_said_in,
      member.days_since_last_visit is not null as has_last_visit,
      count(*) as clients,
      array_agg(distinct member.first_name) as first_names,
      jsonb_strip_nulls(jsonb_build_object(
        'first_name', max(member.first_name),
        'visits_total', max(member.visits_total),
        'days_since_last_visit', max(member.days_since_last_visit)
      )) as variables
    from member
    left join campaigns.names_said(p_club_id, (select array_agg(member.first_name) from member)) as said
      on said.first_name = member.first_name
    group by member.language, said.languages, member.days_since_last_visit is not null
  )
  select
    way.language,
    way.name_said_in,
    way.has_last_visit,
    way.clients,
    way.variables || longest.address,
    variant.language,
    split_part(variant.language, '_', 1),
    variant.body,
    variant.parameters
  from way
  join campaigns.campaigns as campaign
    on campaign.club_id = p_club_id
    and campaign.campaign_id = p_campaign_id
  left join lateral campaigns.variant_for(campaign, way.language, way.variables) as variant on true
  -- The longest of their names as the template says it.
  cross join lateral (
    select
      case
        when variant.parameters @> array['first_name'] then (
          select jsonb_build_object('first_name', repeat('x', max(length(campaigns.address_of(known.name, split_part(variant.language, '_', 1))))))
          from unnest(way.first_names) as known (name)
        )
        else '{}'
      end as address
  ) as longest
$$;
comment on function campaigns.campaign_ways is
  'The ways in which a campaign''s message would go on a day, with how many clients, the longest of their variables, and the template''s variant or null.';
grant execute on function campaigns.language_in_words, campaigns.variant_for, campaigns.campaign_ways to authenticated;
