-- A voice as a person enters it, and the change to it: what can not be is refused with a sentence, what was there is kept.
-- Whoever saves over a version they have not seen is told so, and nothing is written.
create function campaigns.voice_obstacle(p_field text, p_text text, p_longest integer, p_may_have_address boolean) returns text
language sql immutable set search_path = '' as $$
  select case
    when length(p_text) > p_longest
      then format('%s is too long: %s characters, and %s are the most.', p_field, length(p_text), p_longest)
    -- Line breaks and other control characters, and what is there without being seen: text could hide in it.
    when p_text ~ (
      '[\u0001-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0e\ufeff\ufff9-\ufffb'
      || '\U000e0000-\U000e0fff]'
    )
      then format('%s holds a line break or a character that can not be seen: type it anew, on one line.', p_field)
    when p_text ~ '[{}]'
      then format('%s holds a curly bracket: placeholders are not filled in here. Leave the brackets out.', p_field)
    when not p_may_have_address and p_text ~* '://|www\.|@|\+[0-9][0-9 ()-]{6,}'
      then format(
        '%s holds a link, an e-mail address or a phone number, which no message may have: only the signature may.', p_field
      )
  end
$$;
comment on function campaigns.voice_obstacle is 'Why a text can not be part of a voice, as a sentence; null when it can.';

create function campaigns.check_voice(p_voice campaigns.voices) returns void
language plpgsql immutable set search_path = '' as $$
declare
  obstacle text;
begin
  select found.sentence into obstacle
  from (
    select 1 as place, 0 as part, case
      when coalesce(p_voice.tone, '') = '' then 'The tone is empty: say in a few words how the club speaks.'
      else campaigns.voice_obstacle('The tone', p_voice.tone, 300, false)
    end as sentence
    union all
    select 2, 0, campaigns.voice_obstacle('The signature', p_voice.signature, 60, true)
    union all
    select 3, 0, campaigns.voice_obstacle('The line with the opening hours', p_voice.opening_hours, 200, false)
    union all
    select 4, 0, case
      when cardinality(p_voice.allowed_offers) > 10
        then format('There are %s offers, and 10 are the most: leave out those you can do without.', cardinality(p_voice.allowed_offers))
    end
    union all
    select 5, offer.place, campaigns.voice_obstacle(format('The offer “%s”', left(offer.words, 30)), offer.words, 120, false)
    from unnest(p_voice.allowed_offers) with ordinality as offer (words, place)
    union all
    select 6, 0, case
      when cardinality(p_voice.forbidden_words) > 50
        then format('There are %s forbidden words, and 50 are the most.', cardinality(p_voice.forbidden_words))
    end
    union all
    select 7, word.place, case
      when length(word.words) < 2
        then format('The forbidden word “%s” is too short: of one letter, nearly every message would be forbidden.', word.words)
      else campaigns.voice_obstacle(format('The forbidden word “%s”', left(word.words, 30)), word.words, 30, true)
    end
    from unnest(p_voice.forbidden_words) with ordinality as word (words, place)
  ) as found
  where found.sentence is not null
  order by found.place, found.part
  limit 1;
  if obstacle is not null then
    raise exception '%', obstacle using errcode = 'check_violation';
  end if;
end
$$;
comment on function campaigns.check_voice is 'Refuses a voice that can not be, with the first sentence that says why.';

create function campaigns.entered_list(p_lines text[]) returns text[]
language sql immutable set search_path = '' as $$
  select coalesce(array_agg(line.words order by line.place), '{}')
  from (
    -- Of those that differ in nothing but capitals, the first.
    select distinct on (lower(btrim(given.words))) btrim(given.words) as words, given.place
    from unnest(p_lines) with ordinality as given (words, place)
    where btrim(given.words) <> ''
    order by lower(btrim(given.words)), given.place
  ) as line
$$;
comment on function campaigns.entered_list is 'The lines somebody typed, trimmed, without empty ones and repetitions.';

create function campaigns.entered_voice(p_known campaigns.voices, p_voice jsonb) returns campaigns.voices
language plpgsql immutable set search_path = '' as $$
declare
  stray text;
  entered campaigns.voices;
begin
  if jsonb_typeof(p_voice) is distinct from 'object' then
    raise exception 'A voice is entered as an object of its fields.' using errcode = 'check_violation';
  end if;
  select given.key into stray
  from jsonb_object_keys(p_voice) as given (key)
  where given.key <> all (array['tone', 'signature', 'allowed_offers', 'forbidden_words', 'opening_hours'])
  order by given.key
  limit 1;
  if stray is not null then
    raise exception 'A voice has no field "%" that could be entered.', stray using errcode = 'check_violation';
  end if;

  begin
    entered := jsonb_populate_record(p_known, p_voice);
  exception
    when data_exception then
      raise exception 'The voice can not be read: %.', sqlerrm using errcode = 'check_violation';
  end;
  entered.tone := btrim(entered.tone);
  entered.signature := nullif(btrim(entered.signature), '');
  entered.opening_hours := nullif(btrim(entered.opening_hours), '');
  entered.allowed_offers := campaigns.entered_list(entered.allowed_offers);
  entered.forbidden_words := campaigns.entered_list(entered.forbidden_words);
  perform campaigns.check_voice(entered);
  return entered;
end
$$;
comment on function campaigns.entered_voice is
  'A voice with what was entered in the place of what was known; fields that are not named stay. Fails with a sentence for what can not be.';
grant execute on function campaigns.voice_obstacle, campaigns.check_voice, campaigns.entered_list, campaigns.entered_voice
  to authenticated;

create function campaigns.change_voice(p_club_id bigint, p_voice jsonb, p_expected_version integer, p_by text, p_now timestamptz)
returns integer
language plpgsql set search_path = '' as $$
declare
  known campaigns.voices;
  entered campaigns.voices;
  before jsonb;
  after jsonb;
begin
  -- Two who save at once: the later sees what the earlier left.
  perform from core.clubs as club where club.club_id = p_club_id for no key update;
  if not found then
    raise exception 'There is no club %: ask for one in core.clubs.', p_club_id using errcode = 'no_data_found';
  end if;
  known := campaigns.voice_of(p_club_id);
  entered := campaigns.entered_voice(known, p_voice);

  select
    jsonb_object_agg(field.key, field.value),
    jsonb_object_agg(field.key, to_jsonb(entered) -> field.key)
  into before, after
  from jsonb_each(to_jsonb(known)) as field
  where field.value <> to_jsonb(entered) -> field.key;
  if after is null then
    return known.version;
  end if;
  if known.version is distinct from p_expected_version then
    raise exception
      'Somebody saved another voice while you wrote yours (version %). Nothing of yours was saved: look at what they changed, and save again if yours is to stand.',
      known.version using errcode = 'object_not_in_prerequisite_state';
  end if;

  insert into campaigns.voices (
    club_id, version, tone, signature, allowed_offers, forbidden_words, opening_hours, changed_by, changed_at
  )
  values (
    p_club_id, known.version + 1, entered.tone, entered.signature, entered.allowed_offers, entered.forbidden_words,
    entered.opening_hours, p_by, p_now
  );
  perform core.audit(
    p_club_id, p_by, 'voice.changed', 'voice:' || known.version + 1, jsonb_build_object('before', before, 'after', after), p_now
  );
  return known.version + 1;
end
$$;
comment on function campaigns.change_voice is
  'Saves the named fields of a club''s voice as its next version, and audits what was before and after; returns the version. Fails with a sentence for what can not be, and when p_expected_version is not the newest.';
