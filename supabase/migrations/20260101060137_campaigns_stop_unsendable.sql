-- A campaign stops by itself when its template can not be sent any more as it was approved; and it is finished after its last day.
create function campaigns.unsendable(p_campaign campaigns.campaigns) returns text
language sql stable set search_path = '' as $$
  -- Of a text that changed, only those count which a message could still go out in.
  select coalesce(
    (
      select format(
        'Meta shows another text of the template “%s” in %s than the one that was approved when the campaign was started.',
        template.name, campaigns.language_in_words(split_part(template.language, '_', 1))
      )
      from campaigns.templates as template
      where template.club_id = p_campaign.club_id
        and template.name = p_campaign.template_name
        and campaigns.is_usable(template)
        and split_part(template.language, '_', 1) = any (p_campaign.spoken_languages || p_campaign.fallback_language)
        and p_campaign.approved_texts ->> template.language <> concat_ws(E'\n\n', template.body, template.footer)
      order by template.language
      limit 1
    ),
    (
      select format(
        'The template “%s” can not be sent to those who speak %s any more, and no other variant takes over%s',
        p_campaign.template_name, campaigns.language_in_words(spoken.language),
        coalesce(': ' || min(template.stopped_reason), '.')
      )
      from unnest(p_campaign.spoken_languages) as spoken (language)
      left join campaigns.templates as template
        on template.club_id = p_campaign.club_id
        and template.name = p_campaign.template_name
        and split_part(template.language, '_', 1) = spoken.language
      where campaigns.choose_template(p_campaign.club_id, 'one_off', p_campaign.campaign_id, spoken.language, null) is null
      group by spoken.language
      order by spoken.language
      limit 1
    )
  )
$$;
comment on function campaigns.unsendable is
  'Why a running campaign can not go on as it was approved, as a sentence; null: it can.';

create function campaigns.stop_unsendable(p_club_id bigint, p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  running record;
  ended bigint := 0;
begin
  for running in
    select
      campaign.campaign_id,
      campaign.ends_date < core.local_date(p_club_id, p_now) as is_over,
      campaigns.unsendable(campaign) as reason
    from campaigns.campaigns as campaign
    where campaign.club_id = p_club_id
      and campaign.status = 'running'
    order by campaign.campaign_id
    -- Not for update: whoever notes a skip or a contact of the campaign need not wait for a planning.
    for no key update
  loop
    if running.is_over then
      perform campaigns.end_campaign(
        p_club_id, running.campaign_id, 'finished', 'system:campaigns', 'Its last day is over.', 'campaign_over', p_now
      );
      ended := ended + 1;
    elsif running.reason is not null then
      perform campaigns.end_campaign(
        p_club_id, running.campaign_id, 'stopped', 'system:templates', running.reason, 'no_template', p_now
      );
      ended := ended + 1;
    end if;
  end loop;
  return ended;
end
$$;
comment on function campaigns.stop_unsendable is
  'Finishes a club''s campaigns whose last day is over, and stops those whose template can not be sent as it was approved; returns how many.';
