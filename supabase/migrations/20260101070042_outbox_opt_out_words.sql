-- STOP and its kin in five languages: what a member writes who wants no more messages, and nothing else.
-- A message is an opt-out when it is one of these words, with or without what it stops and a please around it. A sentence that only
-- contains one is not. Where a word says nothing alone (cancel, end, enough), alone it stops: to write once more is worse than to be asked back.
-- The words are written as people know them; they and the messages are compared folded, so one spelling stands for many.
create function outbox.unmasked(p_word text, p_prefers_latin boolean) returns text
language sql immutable set search_path = '' as $$
  -- A word in two scripts is a word of one, with letters of the other that look the same. Where it could be either, p_prefers_latin says.
  select case
    when p_word !~ '[a-z]' or p_word !~ '[\u0430-\u045f]' then p_word
    when p_prefers_latin and seen.as_latin !~ '[\u0430-\u045f]' or seen.as_cyrillic ~ '[a-z]' then seen.as_latin
    else seen.as_cyrillic
  end
  from (
    select
      translate(p_word, 'асекмнорптхувіѕј', 'acekmhopntxybisj') as as_latin,
      translate(p_word, 'abcehikmnoptxy', 'авсенікмпортху') as as_cyrillic
  ) as seen
$$;
comment on function outbox.unmasked is 'A word in one script: letters that only look like it are taken for what they look like.';

create function outbox.folded(p_text text, p_prefers_latin boolean default false) returns text
language plpgsql immutable set search_path = '' as $$
declare
  folded text := regexp_replace(
    p_text, '[''`´ʹʼ‘’‛\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u2122\u2139\u24c2]', '', 'g'
  );
begin
  -- Without accents, and small: by hand, because what the database does depends on its locale.
  folded := lower(regexp_replace(normalize(folded, nfkd), '[\u0300-\u036f]', '', 'g') collate "C");
  folded := translate(
    folded, 'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЄІҐЅЈłđ', 'абвгдежзиклмнопрстуфхцчшщъыьэюяєіґѕјld'
  );
  folded := regexp_replace(folded, '(?<=[a-z\u0430-\u045f])0', 'o', 'g');
  if folded ~ '[\u0430-\u045f]' then
    folded := (
      select string_agg(outbox.unmasked(word.word, p_prefers_latin), ' ' order by word.place)
      from regexp_split_to_table(folded, '\s+') with ordinality as word (word, place)
    );
    -- In Latin letters, as people write who have no others.
    folded := replace(folded, 'щ', 'sc');
    folded := translate(folded, 'абвгдежзиклмнопрстуфхцчшыъэюяєіґѕјь', 'abvgdezziklmnoprstufhccsiaeuaeigsi');
  end if;
  -- The ways of spelling one sound: sh and š, kh and ch, ya and ja and ia, ts and c; then letters that were held down.
  folded := regexp_replace(folded, 'shch', 'sc', 'g');
  folded := regexp_replace(replace(folded, 'kh', 'h'), '([scz])h', '\1', 'g');
  folded := regexp_replace(folded, 'ts', 'c', 'g');
  folded := regexp_replace(folded, '[iyj]+([aeou])', '\1', 'g');
  folded := regexp_replace(translate(folded, 'yjw', 'iiv'), '([a-z])\1+', '\1', 'g');
  folded := btrim(regexp_replace(folded, '[^a-z0-9]+', ' ', 'g'));
  return case when folded ~ '^[a-z]( [a-z])+$' then replace(folded, ' ', '') else folded end;
end
$$;
comment on function outbox.folded is
  'A text as Latin letters without accents, case, punctuation and doubled letters, in which spellings of one word are the same.';

create function outbox.opt_out_words() returns table (language text, part text, words text)
language sql immutable set search_path = '' as $$
  -- word: stops, alone or with the others. alone: stops only when nothing else is said. object: what it stops. please: goes with all.
  values
    -- Everybody writes STOP, and some with the keyboard in the other script.
    ('any', 'word', 'stop, stop all, stopall, стор, ctop, стпо, stpo, sotp, tsop, stahp, cnjg, іещз, ыещз'),
    ('cs', 'word', $words$
      odhlásit, odhlaste, odhlašte, odhlas, odhlaš, odhlásím, odhlašuji, odhlašuju, odhlášení, odhlašení, odhlášení odběru, odhlásiť,
      odhláste, odhlášte, odhlásti, odhalsit, odhlsit, odhlait, odlhásit, odhlásut, odhlast, stopnout, stopněte, stopni, vyřadit, vyřaďte,
      vyřaď, vyškrtnout, vyškrtněte, vyškrtni, zrušit odběr, zrušte odběr, zruš odběr, zrušení odběru, zrušit newsletter, zrušte newsletter,
      zrušit zasílání, zrušte zasílání, zrušit zprávy, zrušte zprávy, zrušit reklamu, zrušte reklamu, ukončit odběr, ukončete odběr,
      ukončit zasílání, ukončete zasílání, ukončit zprávy, zastavit zasílání, zastavte zasílání, zastavit zprávy, zastavte zprávy,
      konec odběru, konec zasílání, konec zpráv, konec reklam, nezasílat, neposílat
    $words$),
    ('cs', 'alone', 'konec, zrušit, ukončit, skončit, dost, vypnout'),
    ('cs', 'object', $words$
      mě, mne, se, hned, ihned, okamžitě, už, teď, z odběru, odběr, odběru, odběr zpráv, ze seznamu, seznam, z databáze, z newsletteru,
      newsletter, newsletteru, zprávy, zpráv, zprávám, od zpráv, ze zpráv, vaše zprávy, reklamy, reklam, reklamu, reklama, reklamám, sms, spam,
      spamu, whatsapp, marketing, marketingu, z marketingu, zasílání, zasílání zpráv, posílání, obchodní sdělení, obchodních sdělení,
      z obchodních sdělení, od vás, tomu
    $words$),
    ('cs', 'please', $words$
      prosím, prosím vás, prosim pekne, pros, děkuji, děkuju, děkuji vám, díky, dík, dobrý den, dobrý večer, zdravím, ahoj, s pozdravem
    $words$),
    -- Відпишіть мені asks for an answer, and is not among them.
    ('uk', 'word', $words$
      стоп, відписатися, відписатись, відписати, відписка, відписку, відпишіть, відпишіться, відпиши, відписуюсь, відписуюся, відпис,
      відписатсь, відписатися, відписатса, відпистися, відпесатися, видписатися, отписатися, скасувати розсилку, скасуйте розсилку, зупинити,
      зупиніть, зупини, припинити, припиніть, припини, відключити, відключіть, відключи, відмовитися від, відмовитись від,
      відмовляюсь від, видаліть мене з розсилки, видаліть з розсилки, приберіть мене з розсилки, приберіть з розсилки,
      прибрати з розсилки, вимкнути розсилку, вимкніть розсилку, не турбувати
    $words$),
    ('uk', 'alone', 'кінець, скасувати, відмова, відмовитися, відмовитись, відмовляюсь, відмовляюся, досить, годі, вимкнути'),
    ('uk', 'object', $words$
      мене, від розсилки, з розсилки, розсилку, розсилки, розсилка, повідомлення, повідомлень, від повідомлень, рекламу, реклама, реклами,
      від реклами, від вас, негайно, зараз, вже, спам, смс, все, від усього, сповіщення, сповіщень, надсилати, писати
    $words$),
    ('uk', 'please', 'будь ласка, будьласка, будь-ласка, прошу, дякую, дуже дякую, добрий день, доброго дня, добрий вечір, вітаю, привіт'),
    -- Отпишите мне asks for an answer, and is not among them; nor отпишитесь.
    ('ru', 'word', $words$
      стоп, отписаться, отписатся, отписатса, отписаца, отписать, отписка, отписку, отпишите, отпишись, отпиши, отписываюсь, отпишусь, отпис,
      отпистаься, отпсаться, отпесаться, атписаться, отписаьтся, отписатьсч, остановить, остановите, останови, прекратить,
      прекратите, прекрати, отключить, отключите, отключи, отменить рассылку, отмените рассылку, отмена рассылки, отказаться от,
      отказываюсь от, отказ от, удалите меня из рассылки, удалите из рассылки, уберите меня из рассылки, уберите из рассылки,
      исключите меня из рассылки, исключите из рассылки, не беспокоить
    $words$),
    ('ru', 'alone', 'конец, отмена, отменить, отказ, отказаться, отказываюсь, хватит'),
    ('ru', 'object', $words$
      меня, от рассылки, из рассылки, рассылку, рассылки, рассылка, сообщения, сообщений, от сообщений, рекламу, реклама, рекламы, от рекламы,
      от вас, немедленно, сейчас, сразу, уже, спам, смс, все, всё, от всего, уведомления, уведомлений, от уведомлений, писать, присылать
    $words$),
    ('ru', 'please', $words$
      пожалуйста, пожалуста, пожайлуста, пжл, пж, пжлст, прошу, спасибо, спс, здравствуйте, добрый день, добрый вечер, привет
    $words$),
    ('en', 'word', $words$
      unsubscribe, unsubscribed, unsubscribing, unsub, unsuscribe, unsubcribe, unsubscirbe, unsubsribe, unsubscribr, unsubscrib, un subscribe,
      opt out, optout, opt me out, opting out, otp out, remove me, take me off, revoke, do not disturb
    $words$),
    ('en', 'alone', 'cancel, end, quit, enough, no more'),
    ('en', 'object', $words$
      me, all, it, this, that, now, messages, message, messaging, messaging me, texts, texting, texting me, sms, writing, writing me,
      writing to me, sending, sending me, sending messages, sending me messages, contacting me, spamming, spamming me, spam, ads, advertising,
      marketing, promotions, promo, list, from list, from the list, from your list, from this list, from mailing list,
      from your mailing list, from messages, from your messages, from all, the list, your list, your mailing list, whatsapp, immediately
    $words$),
    ('en', 'please', $words$
      please, pls, plz, plase, kindly, thanks, many thanks, thank you, thank you very much, thx, ty, sorry, ok, okay, hi, hello, hey,
      good morning, regards
    $words$),
    ('bg', 'word', $words$
      стоп, спри, спрете, спирай, спирайте, спиране, спрте, спирете, сприте, отписване, отпиши, отпишете, отписвам, отпиша, отписвай,
      отписвайте, отпиш, отпишети, отпишите, отписвне, отписване, прекрати, прекратете, прекратяване, прекратявам, изключи, изключете,
      махни ме, махнете ме, премахни ме, премахнете ме, извадете ме, извади ме, откажи съобщенията, отказвам съобщения,
      отказвам съобщенията, отказ от съобщения, отказ от реклами, не безпокойте
    $words$),
    ('bg', 'alone', 'край, отказ, откажи, отказвам, стига, отмени'),
    ('bg', 'object', $words$
      ме, се, съобщенията, съобщения, рекламите, реклами, реклама, от списъка, от списък, от бюлетина, бюлетина, от съобщенията, от рекламите,
      от рассылката, веднага, сега, вече, спама, спам, смс, маркетинга, да пишете, да ми пишете, да пращате, да ми пращате, да изпращате,
      да ми изпращате, изпращането, абонирането, от всичко, всичко
    $words$),
    ('bg', 'please', 'моля, моля ви, моля те, благодаря, мерси, здравейте, здравей, добър ден')
$$;
comment on function outbox.opt_out_words is 'The words that stop marketing, with what goes around them, as people write them, by language.';

create function outbox.opt_out_pattern() returns text
language sql immutable set search_path = '' as $$
  with phrase as materialized (
    select given.language, given.part, outbox.folded(written.phrase) as folded
    from outbox.opt_out_words() as given
    cross join lateral regexp_split_to_table(given.words, ',') as written (phrase)
  ),
  choice as (
    select
      spoken.language,
      -- STOP goes with the words of every language.
      string_agg(phrase.folded, '|') filter (where phrase.part = 'word' and phrase.language in ('any', spoken.language)) as word,
      string_agg(phrase.folded, '|') filter (where phrase.part = 'alone' and phrase.language = spoken.language) as alone,
      string_agg(phrase.folded, '|') filter (where phrase.part = 'object' and phrase.language = spoken.language) as object,
      string_agg(phrase.folded, '|') filter (where phrase.part = 'please') as please
    from unnest(array['cs', 'uk', 'ru', 'en', 'bg']) as spoken (language)
    cross join phrase
    group by spoken.language
  )
  select '^(?:' || string_agg(
    format('%2$s|(?:(?:%4$s) )*(?:%1$s)(?: (?:%1$s|%3$s|%4$s))*', choice.word, choice.alone, choice.object, choice.please),
    '|' order by choice.language
  ) || ')$'
  from choice
$$;
comment on function outbox.opt_out_pattern is 'What a folded message that is an opt-out looks like.';

create function outbox.is_opt_out(p_text text) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
  -- A pattern without arguments is worked out once in a session. Nobody writes a long STOP.
  return coalesce(
    length(p_text) <= 200 and (
      outbox.folded(p_text) ~ outbox.opt_out_pattern() or outbox.folded(p_text, true) ~ outbox.opt_out_pattern()
    ),
    false
  );
end
$$;
comment on function outbox.is_opt_out is 'Whether a message says in cs, uk, ru, en or bg that its writer wants no more marketing, and says nothing else.';
