-- What a campaign lacks, in sentences: one row each, in the order in which one would see to them.
-- Some only say what will happen; the others prevent the start.
create function campaigns.check_audience(p_club_id bigint, p_campaign campaigns.campaigns, p_as_of date, p_clients bigint)
returns table (place integer, code text, language text, sentence text, prevents_start boolean)
language sql stable set search_path = '' rows 5 as $$
  select given.place, given.code, null::text, given.sentence, true
  from (values
    (
      10, 'last_visit_out_of_order',
      p_campaign.last_visit_from_days > p_campaign.last_visit_until_days,
      'The days since the last visit are out of order: the first number may not be more than the second.'
    ),
    (
      11, 'no_audience',
      p_clients = 0,
      'Nobody fits today: widen the segment, the languages, the days since the last visit or the tags.'
    ),
    (
      12, 'dates_out_of_order',
      p_campaign.ends_date < p_campaign.starts_date,
      'The campaign ends before it starts: its last day must be its first or later.'
    ),
    (
      13, 'dates_over',
      p_campaign.ends_date >= p_campaign.starts_date and p_campaign.ends_date < p_as_of,
      'The last day of the campaign is over: choose later days.'
    ),
    (
      20, 'no_template',
      p_campaign.template_name is null,
      'Choose a template: WhatsApp delivers a campaign only in one that Meta approved.'
    ),
    (
      21, 'template_unknown',
      p_campaign.template_name is not null and not exists (
        select from campaigns.templates as template
        where template.club_id = p_club_id and template.name = p_campaign.template_name and template.status <> 'DELETED'
      ),
      format('There is no template “%s” at Meta: choose another.', p_campaign.template_name)
    )
  ) as given (place, code, is_so, sentence)
  where given.is_so
$$;
comment on function campaigns.check_audience is 'What a campaign lacks whatever the language: somebody to write to, days, a template.';

create function campaigns.check_messages(p_campaign campaigns.campaigns)
returns table (place integer, code text, language text, sentence text, prevents_start boolean)
language sql immutable set search_path = '' rows 5 as $$
  select
    41, 'message_not_one_line', line.key,
    format(
      'The message in %s must be one line without tabs or runs of spaces: WhatsApp refuses anything else in a template.',
      campaigns.language_in_words(line.key)
    ),
    true
  from jsonb_each_text(p_campaign.messages) as line
  where line.value ~ '[\n\r\t]'
    or line.value ~ ' {4}'
    or btrim(line.value) <> line.value
$$;
comment on function campaigns.check_messages is 'Which lines of a campaign WhatsApp would not take in a template.';

create function campaigns.check_campaign(p_club_id bigint, p_campaign_id bigint, p_as_of date)
returns table (code text, language text, sentence text, prevents_start boolean)
language plpgsql stable set search_path = '' rows 10 as $$
declare
  campaign campaigns.campaigns;
begin
  select known.* into campaign
  from campaigns.campaigns as known
  where known.club_id = p_club_id and known.campaign_id = p_campaign_id;
  if not found then
    return;
  end if;

  return query
    with way as materialized (
      select known.* from campaigns.campaign_ways(p_club_id, p_campaign_id, p_as_of) as known
    ),
    -- One row per variant of the template that could be used, Meta and the choice of languages allowing.
    variant as materialized (
      select
        template.*,
        split_part(template.language, '_', 1) as spoken,
        campaigns.is_usable(template) as is_usable,
        campaigns.can_campaign_fill(template.parameters) as is_fillable
      from campaigns.templates as template
      where template.club_id = p_club_id
        and template.name = campaign.template_name
        and template.status <> 'DELETED'
    ),
    -- One row per language of the audience, with the variant for those of whom everything is known.
    spoken as materialized (
      select
        speakers.language,
        speakers.clients,
        best.name is not null as is_served,
        split_part(best.language, '_', 1) as served_in,
        best.parameters,
        exists (
          select from variant
          where variant.spoken in (speakers.language, campaign.fallback_language) and variant.is_usable
        ) as is_approved
      from (
        select way.language, sum(way.clients)::bigint as clients
        from way
        group by way.language
      ) as speakers
      left join lateral campaigns.variant_for(campaign, speakers.language) as best on true
    ),
    lacking as (
      select checks.* from campaigns.check_audience(
        p_club_id, campaign, p_as_of, (select coalesce(sum(spoken.clients), 0)::bigint from spoken)
      ) as checks
      union all
      select
        30, 'language_missing', spoken.language,
        format(
          '%s of the audience %s %s, in which the template can not be sent%s. Have it approved, choose another fallback, or leave the language out.',
          spoken.clients, case spoken.clients when 1 then 'speaks' else 'speak' end, campaigns.language_in_words(spoken.language),
          coalesce(
            (
              select ': ' || rtrim(coalesce(min(variant.stopped_reason), 'Meta has not approved it yet'), '.')
              from variant
              where variant.spoken = spoken.language
              having count(*) > 0
            ),
            ': there is no such variant'
          )
        ),
        true
      from spoken
      where not spoken.is_approved
        and exists (select from variant)
      union all
      select
        31, 'parameter_unknown', variant.spoken,
        format(
          'The template in %s asks for %s, which a campaign can not fill: choose another template.',
          campaigns.language_in_words(variant.spoken),
          (
            select string_agg('{{' || parameter.name || '}}', ', ' order by parameter.name)
            from unnest(variant.parameters) as parameter (name)
            where not campaigns.can_campaign_fill(array[parameter.name])
          )
        ),
        true
      from variant
      where variant.is_usable
        and not variant.is_fillable
        and exists (
          select from spoken
          where spoken.is_approved
            and not spoken.is_served
            and variant.spoken in (spoken.language, campaign.fallback_language)
        )
      union all
      -- A client of whom less is known gets the fallback, if that asks for less, or nothing.
      select
        32, 'facts_missing', missing.language,
        format(
          '%s of the audience who %s %s %s, which the template mentions: %s.',
          missing.clients, case missing.clients when 1 then 'speaks' else 'speak' end, campaigns.language_in_words(missing.language),
          concat_ws(
            ' and ',
            case
              when missing.is_name then format(
                '%s no first name that can be used in %s',
                case missing.clients when 1 then 'has' else 'have' end, campaigns.language_in_words(missing.served_in)
              )
            end,
            case when missing.is_last_visit then 'never visited' end
          ),
          case
            when missing.spoken_language is not null then 'they get it in ' || campaigns.language_in_words(missing.spoken_language)
            else 'they are skipped'
          end
        ),
        false
      from (
        select
          way.language,
          spoken.served_in,
          way.spoken_language,
          spoken.parameters @> array['first_name'] and spoken.served_in <> all (way.name_said_in) as is_name,
          spoken.parameters @> array['days_since_last_visit'] and not way.has_last_visit as is_last_visit,
          sum(way.clients) as clients
        from way
        join spoken on spoken.language = way.language
        where spoken.is_served
          and way.spoken_language is distinct from spoken.served_in
        group by 1, 2, 3, 4, 5
      ) as missing
      union all
      select
        33, 'nobody_reached', null,
        'Nobody would get it: the template mentions what is not known of anybody in the audience.', true
      where exists (select from spoken where spoken.is_served)
        and not exists (select from way where way.template_language is not null)
      union all
      select distinct
        40, 'message_missing', way.spoken_language,
        format('The message in %s is missing: the template has a place for it.', campaigns.language_in_words(way.spoken_language)),
        true
      from way
      where way.parameters @> array['message']
        and campaign.messages ->> way.spoken_language is null
      union all
      select checks.* from campaigns.check_messages(campaign) as checks
      union all
      select
        42, 'too_long', way.spoken_language,
        format(
          'With the message in %s the template has %s characters, and WhatsApp takes 1024: shorten the message by %s.',
          campaigns.language_in_words(way.spoken_language), max(filled.length), max(filled.length) - 1024
        ),
        true
      from way
      join core.clubs as club on club.club_id = p_club_id
      cross join lateral (
        select length(campaigns.render(
          way.body,
          way.variables
            || jsonb_build_object('club', club.name, 'message', coalesce(campaign.messages ->> way.spoken_language, ''))
        )) as length
      ) as filled
      where filled.length > 1024
      group by way.spoken_language
    )
    select lacking.code, lacking.language, lacking.sentence, lacking.prevents_start
    from lacking
    order by lacking.place, lacking.language, lacking.sentence;
end
$$;
comment on function campaigns.check_campaign is
  'What a campaign lacks on a day, in sentences, and whether it prevents the start. No row: it is ready, or there is no such campaign.';
-- The length of a message is that of the message as it is rendered.
grant execute on function campaigns.check_audience, campaigns.check_messages, campaigns.check_campaign, campaigns.render to authenticated;
