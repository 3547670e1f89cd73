-- What stands around the line that is written for a member: the greeting and farewell of a template, or the signature, mark and
-- way to opt out of a message of our own. Personal data is filled in here and never in a prompt.
create function campaigns.render(p_body text, p_parameters jsonb) returns text
language sql immutable set search_path = '' as $$
  -- In one pass, as WhatsApp does it: what a parameter holds is never taken for another one.
  select coalesce(
    string_agg(
      case
        when piece.words ~ '^\{\{[a-z0-9_]+\}\}$' then coalesce(p_parameters ->> btrim(piece.words, '{}'), piece.words)
        else piece.words
      end,
      '' order by piece.place
    ),
    ''
  )
  from regexp_split_to_table(p_body, '(?=\{\{)|(?<=\}\})') with ordinality as piece (words, place)
$$;
comment on function campaigns.render is 'A template''s body with its named parameters filled in; one that is not known stays as it is.';


create function campaigns.fill_parameters(
  p_club_id bigint, p_template campaigns.templates, p_variables jsonb, p_message text
) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(
    jsonb_object_agg(
      parameter.name,
      case parameter.name
        when 'message' then p_message
        when 'club' then club.name
        -- A template greets: the name stands in the form that addresses its bearer.
        when 'first_name' then campaigns.address_of(p_variables ->> 'first_name', split_part(p_template.language, '_', 1))
        else p_variables ->> parameter.name
      end
    ),
    '{}'
  )
  from unnest(p_template.parameters) as parameter (name)
  join core.clubs as club on club.club_id = p_club_id
$$;
comment on function campaigns.fill_parameters is 'What each parameter of a template is for one member, {name: text}; null where it is not known.';
grant execute on function campaigns.render, campaigns.fill_parameters to authenticated;

create function campaigns.free_text_footer(p_language text) returns text
language sql immutable set search_path = '' as $$
  select case p_language
    when 'cs' then 'Obchodní sdělení · Odhlášení: odpovězte STOP'
    when 'uk' then 'Рекламне повідомлення · Відмова: надішліть СТОП'
    when 'ru' then 'Рекламное сообщение · Отказ: отправьте СТОП'
    when 'bg' then 'Търговско съобщение · Отказ: изпратете СТОП'
    else 'Commercial message · To opt out, reply STOP'
  end
$$;
comment on function campaigns.free_text_footer is
  'The line under a message without a template: what it is and how to get no more of them, as the law asks.';

create function campaigns.whole_message(
  p_club_id bigint, p_form text, p_template campaigns.templates, p_variables jsonb, p_voice campaigns.voices, p_message text
) returns text
language sql stable set search_path = '' as $$
  select case p_form
    when 'free_text' then
      p_message || E'\n\n' || coalesce(p_voice.signature, club.name) || E'\n'
      || campaigns.free_text_footer(split_part(p_template.language, '_', 1))
    else concat_ws(
      E'\n\n',
      campaigns.render(p_template.body, campaigns.fill_parameters(p_club_id, p_template, p_variables, p_message)),
      p_template.footer
    )
  end
  from core.clubs as club
  where club.club_id = p_club_id
$$;
comment on function campaigns.whole_message is 'The whole message as the member will read it.';
