-- How a member is addressed by name in a sentence.
-- In Czech, Ukrainian and Bulgarian a name changes when its bearer is addressed: only a name of the list is used, none is ever guessed.
-- Russian and English address by the name as it is; there it only has to look like one. Doubt means no name: a greeting without one is
-- never wrong.
-- The functions are in plpgsql for its kept plans: planning asks them for thousands of names.
create table campaigns.vocatives (
  language text not null check (language in ('cs', 'uk', 'bg')),
  name text not null,
  vocative text not null,
  primary key (language, name)
);
comment on table campaigns.vocatives is 'The form by which a first name addresses its bearer, one row per language and name.';

alter table campaigns.vocatives enable row level security;
grant select on campaigns.vocatives to authenticated;
create policy "everyone signed in reads the vocatives" on campaigns.vocatives for select to authenticated using (true);

create function campaigns.is_surname(p_word text) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
  return length(p_word) >= 5
    and lower(p_word) <> all (array['jakov', 'yakov', 'iakov', 'yaakov', 'lyubov', 'ljubov', 'liubov', 'иаков', 'любов'])
    and lower(p_word) ~ (
      '(ov|ev|ova|eva|sky|[áý]|ák|enko|chuk|čuk|shvili|ović|ovič|ovich|ević|evič|evich'
      || '|ов|ев|ёв|єв|ова|ева|ёва|єва|ский|цкий|ская|цкая|ський|цький|ська|цька|ски|енко|чук|щук|юк|дзе|швили|швілі'
      || '|ович|евич|йович|овна|евна|ична|івна|ївна)$'
    );
end
$$;
comment on function campaigns.is_surname is 'Whether a word ends as only surnames and patronymics do.';

-- What receptions and apps leave in the field of a first name, and what somebody enters to see whether it comes back in a message.
create function campaigns.is_no_name(p_word text) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
  return string_to_array(lower(p_word), '-') && array[
    'test', 'tester', 'testing', 'demo', 'sample', 'asdf', 'qwerty', 'abc', 'xyz',
    'client', 'klient', 'klientka', 'customer', 'member', 'guest', 'host', 'visitor', 'user', 'person', 'child', 'kid', 'baby',
    'admin', 'administrator', 'root', 'system', 'assistant', 'prompt', 'ignore', 'reception', 'recepce', 'manager', 'trainer', 'coach',
    'unknown', 'anonym', 'anonymous', 'nobody', 'none', 'null', 'nil', 'undefined', 'nan', 'empty', 'blank', 'name', 'firstname',
    'surname', 'lastname', 'jmeno', 'jméno', 'new', 'old', 'delete', 'deleted', 'duplicate', 'error', 'true', 'false',
    'free', 'discount', 'sale', 'gift', 'voucher', 'promo', 'bonus', 'price', 'offer', 'trial', 'stop', 'call', 'phone', 'email',
    'mail', 'gym', 'fitness', 'club', 'sport', 'yoga', 'pilates', 'crossfit', 'instagram', 'whatsapp', 'telegram', 'facebook', 'google',
    'mr', 'mrs', 'ms', 'miss', 'mister', 'dr', 'sir', 'madam', 'pan', 'pani', 'paní', 'ing', 'mgr', 'boss', 'king', 'god',
    'mom', 'mum', 'dad', 'mama', 'papa', 'wife', 'husband', 'friend', 'yes', 'no', 'ok', 'hi', 'hello', 'na', 'the', 'and', 'you', 'me',
    'тест', 'тестов', 'демо', 'клиент', 'клиентка', 'клієнт', 'гость', 'гостья', 'посетитель', 'человек', 'ребенок', 'ребёнок',
    'админ', 'администратор', 'система', 'ресепшн', 'ресепшен', 'менеджер', 'тренер', 'неизвестно', 'неизвестный', 'неизвестная',
    'аноним', 'никто', 'имя', 'фамилия', 'отчество', 'пусто', 'нет', 'да', 'новый', 'новая', 'старый', 'удалить', 'удален', 'удалён',
    'дубль', 'ошибка', 'скидка', 'акция', 'распродажа', 'бесплатно', 'даром', 'подарок', 'ваучер', 'сертификат', 'бонус', 'промо',
    'цена', 'абонемент', 'пробное', 'пробный', 'пробная', 'стоп', 'телефон', 'почта', 'клуб', 'спорт', 'фитнес', 'зал', 'йога',
    'господин', 'госпожа', 'мама', 'папа', 'муж', 'жена', 'друг', 'подруга', 'сын', 'дочь', 'брат', 'сестра', 'мужчина', 'женщина',
    'девушка', 'парень', 'привет', 'игнорируй'
  ];
end
$$;
comment on function campaigns.is_no_name is 'Whether a word that looks like a name, or a part of it, is known to be none.';

create function campaigns.one_name(p_first_name text) returns text
language plpgsql immutable set search_path = '' as $$
declare
  words text[];
begin
  if p_first_name is null or length(p_first_name) > 100 then
    return null;
  end if;
  words := string_to_array(
    translate(btrim(normalize(p_first_name, nfc), E' \t\r\n\u00a0'), E'\u00a0''ʼ`´′‘', ' ’’’’’’'), ' '
  );
  -- Of two first names nobody knows by which the bearer goes; a surname or patronymic behind the name is left away.
  if cardinality(words) > 2 or (cardinality(words) = 2 and not campaigns.is_surname(words[2])) then
    return null;
  end if;
  return (
    select string_agg(
      case
        -- D’Arcy and O’Brien; a Ukrainian name goes on in small letters after the apostrophe.
        when part.word ~ '^[a-z]’.' then upper(left(part.word, 3)) || substr(part.word, 4)
        else upper(left(part.word, 1)) || substr(part.word, 2)
      end,
      '-' order by part.place
    )
    from unnest(string_to_array(lower(words[1]), '-')) with ordinality as part (word, place)
  );
end
$$;
comment on function campaigns.one_name is
  'The one first name that a text holds, with capitals where names have them: JANA is Jana, jean-luc is Jean-Luc; null when it is not one.';

create function campaigns.looks_like_name(p_name text, p_language text) returns boolean
language plpgsql immutable set search_path = '' as $$
declare
  letters constant text := lower(p_name);
begin
  return length(p_name) between 2 and 20
    and case p_language
      when 'ru' then
        letters ~ '^([а-яё]+’|[а-яё]{2,}-)?[а-яё]{2,}$'
        and letters ~ '[аеёиоуыэюя]'
        and letters !~ '^[ьъы]'
        -- These endings are as often a surname's, and the field of a first name may hold one; the names in the list are none.
        and (
          letters !~ '(ин|ын|ина|ына|ян|ых|ич|ец|як|ач|ук|ник)$'
          or letters = any (array[
            'августин', 'амин', 'бенджамин', 'валентин', 'вениамин', 'кевин', 'константин', 'мартин', 'робин', 'эрвин',
            'демьян', 'емельян', 'касьян', 'лукьян', 'маркиян', 'севастьян', 'ян', 'доминик',
            'аделина', 'акулина', 'алина', 'альбина', 'амина', 'ангелина', 'антонина', 'арина', 'валентина', 'василина', 'веселина',
            'галина', 'дарина', 'дина', 'екатерина', 'жасмина', 'жозефина', 'зарина', 'зина', 'ивелина', 'ирина', 'карина', 'каролина',
            'катарина', 'кристина', 'лина', 'магдалина', 'марина', 'мартина', 'нина', 'павлина', 'полина', 'регина', 'рина', 'сабина',
            'тина', 'фаина', 'эвелина', 'элина', 'эльвина', 'юстина', 'ярина', 'ясмина'
          ])
        )
      when 'en' then
        letters ~ '^([a-zà-öø-įĵ-ķĺ-ňŋ-žơưșțạ-ỹ]+’|[a-zà-öø-įĵ-ķĺ-ňŋ-žơưșțạ-ỹ]{2,}-)?[a-zà-öø-įĵ-ķĺ-ňŋ-žơưșțạ-ỹ]{2,}$'
        and normalize(letters, nfd) ~ '[aeiouyæøœ]'
      else false
    end
    and letters !~ '(.)\1\1'
    and not campaigns.is_no_name(p_name)
    and not campaigns.is_surname(p_name);
end
$$;
comment on function campaigns.looks_like_name is 'Whether a word may stand as a first name in Russian or English, by its letters alone.';

create function campaigns.address_of(p_first_name text, p_language text) returns text
language plpgsql stable set search_path = '' as $$
declare
  given constant text := campaigns.one_name(p_first_name);
begin
  if p_language in ('cs', 'uk', 'bg') then
    return (
      select known.vocative from campaigns.vocatives as known where known.language = p_language and known.name = given
    );
  end if;
  return case when campaigns.looks_like_name(given, p_language) then given end;
end
$$;
comment on function campaigns.address_of is 'The form by which a first name addresses its bearer in a language; null when none is certain.';
grant execute on function campaigns.is_surname, campaigns.is_no_name, campaigns.one_name, campaigns.looks_like_name, campaigns.address_of
  to authenticated;
