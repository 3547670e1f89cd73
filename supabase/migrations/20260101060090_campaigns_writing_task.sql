-- What the writer of one message is given.
-- Facts have ids and hold no name, phone, e-mail or note; address, frame and last_message are for our own code, never for a prompt.
create function campaigns.draft_facts(p_variables jsonb) returns jsonb
language sql immutable set search_path = '' as $$
  -- Facts for the prompt, with ids; no name, phone, e-mail or note.
  select coalesce(jsonb_agg(jsonb_build_object('id', fact.key, 'value', fact.value) order by fact.key), '[]')
  from jsonb_each(p_variables) as fact
  where fact.key in ('days_since_last_visit', 'visits_total', 'milestone', 'usual_service', 'usual_weekday', 'days_since_last_pt_visit')
$$;
comment on function campaigns.draft_facts is 'The facts of a draft that may leave the house, as [{id, value}].';

create function campaigns.voice_facts(p_voice campaigns.voices) returns jsonb
language sql immutable set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', fact.id, 'value', fact.value) order by fact.place), '[]')
  from (
    select 0 as place, 'opening_hours' as id, p_voice.opening_hours as value
    where p_voice.opening_hours is not null
    union all
    select offer.place, 'offer_' || offer.place, offer.words
    from unnest(p_voice.allowed_offers) with ordinality as offer (words, place)
  ) as fact
$$;
comment on function campaigns.voice_facts is 'What a club lets be said about itself, as [{id, value}]: opening_hours, offer_1, offer_2 and so on.';

create function campaigns.last_message(p_club_id bigint, p_client_id bigint) returns text
language sql stable set search_path = '' as $$
  select wording.message
  from campaigns.contacts as contact
  join campaigns.drafts as draft using (club_id, draft_id)
  join campaigns.draft_versions as wording using (club_id, draft_id, version)
  where contact.club_id = p_club_id
    and contact.client_id = p_client_id
  order by contact.contacted_at desc
  limit 1
$$;
comment on function campaigns.last_message is 'The words a client was last sent; null when they never got any.';

create function campaigns.writing_task(
  p_club_id bigint, p_client_id bigint, p_scenario text, p_form text, p_template_name text, p_template_language text,
  p_variables jsonb, p_voice campaigns.voices
) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'scenario', scenario.code,
    'scenario_tone', scenario.tone,
    'language', static.language,
    'form', p_form,
    'facts', campaigns.draft_facts(p_variables) || campaigns.voice_facts(p_voice),
    'address', campaigns.address_of(p_variables ->> 'first_name', static.language),
    'voice', jsonb_build_object(
      'version', p_voice.version, 'tone', p_voice.tone, 'forbidden_words', to_jsonb(p_voice.forbidden_words)
    ),
    'last_message', campaigns.last_message(p_club_id, p_client_id),
    'frame', campaigns.whole_message(p_club_id, p_form, template, p_variables, p_voice, '{{message}}'),
    'has_opt_out_button', p_form = 'template' and template.components @? '$[*].buttons[*] ? (@.type == "QUICK_REPLY")',
    'max_length', case p_form
      when 'free_text' then 600
      -- What WhatsApp leaves of its 1024 characters, and never more than fits on a phone's lock screen.
      else least(200, greatest(1, 1024 - length(
        campaigns.render(template.body, campaigns.fill_parameters(p_club_id, template, p_variables, ''))
      )))
    end,
    'static_message', case p_form
      -- The line alone would begin without a greeting: it borrows the template's.
      when 'free_text' then btrim(regexp_replace(
        campaigns.render(template.body, campaigns.fill_parameters(p_club_id, template, p_variables, static.message)), '\s+', ' ', 'g'
      ))
      else static.message
    end
  )
  from campaigns.scenarios as scenario
  join campaigns.templates as template
    on template.club_id = p_club_id
    and template.name = p_template_name
    and template.language = p_template_language
  join campaigns.static_messages as static
    on static.scenario = scenario.code
    and static.language = split_part(p_template_language, '_', 1)
  where scenario.code = p_scenario
$$;
comment on function campaigns.writing_task is
  'What the writer of one message is given: scenario, language, form, facts, voice, frame, the longest it may be, and the static line.';
