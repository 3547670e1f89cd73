-- Wishes that are no clear STOP: "don't write to me any more", "where did you get my number", "delete my data", anger, threats.
-- A person decides what is meant; meanwhile the member is paused. To show a person one message too many costs a glance, so the signs are wide.
-- A sign is some words in a row: * stands for any ending, … for up to four words between, ^ and $ for the beginning and the end.
create function outbox.wish_signs() returns table (language text, signs text)
language sql immutable set search_path = '' as $$
  values
    ('cs', $signs$
      ^ stop, ^ prosím stop, nepište, nepiš, nepsat, nepisujte, neotravuj*, otravuj*, otravné, neobtěžuj*, obtěžuj*, obtěžován*,
      neposílej*, neposílat, neposlejte, nezasílej*, nezasílat, nekontaktuj*, nekontaktovat, nevolejte, neruš*, nechci … zpráv*, nechci … psát,
      nechci … psali, nechci … dostávat, nechci … dostavat, nechci … odebírat, nechci … reklam*, nechci … nabídky, nechci … sms, nechci … kontakt*, nechci nic,
      už nechci, ^ nechci $, nepřeji si, nepřeju si, nemám zájem, nezájem, bez zájmu, dejte mi pokoj, dej mi pokoj, dejte pokoj,
      nechte mě, nech mě, přestaňte, přestaň, skončete, konec zpráv, odhlás*, odhlaš*, vyřaď*, vyřadit, vyškrtn*, zrušit … odběr*, zrušte … odběr*,
      ukončit … odběr*, ukončete, odkud … číslo, odkud … kontakt, odkud na mě, odkud mě, kde jste … vzal*, kde jste … číslo, kde jste … kontakt,
      kde berete, kde máte … číslo, jak jste … číslo, jak jste … kontakt, kdo … dal … číslo, kdo … dal … kontakt, smaž*, smazat, smazání, vymaž*,
      vymazat, výmaz, odstraň*, odstranit … číslo, odstranit … údaj*, zapomeňte na mě, spam*, reklama, reklamu, reklamy, reklam, reklamní*,
      obchodní sdělení, obchodních sdělení, nevyžádan*, gdpr, úoou, úřad* pro ochranu, ochran* … údaj*, osobní* údaj*, právník*, advokát*, žalob*, stížnost*,
      stěžovat*, nesouhlasím, bez … souhlasu, nedal* … souhlas, souhlas … nedal*, odvol* … souhlas, souhlas … odvol*, souhlas … zpět,
      zablok*, blokuj*, nahlásím, nahlásit, trestní oznámení, špatné číslo, spletli, omyl
    $signs$),
    ('uk', $signs$
      ^ стоп, не пишіть, не пиши, не писати, не писали, не надсилай*, не надсилати, не надсилали, не присилай*, не присилати, не шліть, не слати,
      не відправляйте, не турбуй*, не турбувати, не дзвоніть, не треба … писати, не треба … надсилати, не треба … присилати, не треба … повідомлен*,
      не потрібно … писати, не потрібно … надсилати, не потрібні … повідомлен*, не хочу … отримувати, не хочу … повідомлен*, не хочу … розсил*,
      не хочу … реклам*, не хочу … писали, більше не хочу, ^ не хочу $, не бажаю, досить … писати, досить … надсилати, досить … спамити, ^ досить, ^ годі,
      припиніть, припини, перестаньте, перестань, дістали, набридли, набридло, відчепіться, відчепись, відстаньте, залиште … спокої, дайте спокій,
      дайте мені спокій, звідки у вас, звідки … номер, звідки … контакт, де … взяли, хто … дав … номер, хто … надав … номер, видаліть, видалити … номер,
      видалити … дані, видалити … контакт, зітріть, приберіть, забудьте … номер, відписатися, відписатись, відписк*, відпишіть … мене, розсилк*, спам*,
      реклама, рекламу, реклами, рекламою, рекламн*, скарг*, скаржит*, поскаржусь, до суду, у суд, юрист*, адвокат*, поліц*, персональн* дан*, особист* дан*,
      захист … даних, gdpr, заблокую, заблокував, заблокувала, блокую, згод* … не дава*, не дава* … згод*, без … згоди, відкликаю, відкликати … згод*,
      не підписув*, не цікаво, нецікаво, не цікавить, не цікавлять, помилились номером, помилилися номером, не той номер, ви помилились, ви помилилися,
      незаконн*, навʼязлив*, скасувати … підписк*, скасуйте … підписк*
    $signs$),
    ('ru', $signs$
      не пишите, не пиши, не писать, не писали, не писала, не присылайте, не присылать, не присылали, не шлите, не слать, не отправляйте, не отправлять,
      не беспокойте, не тревожьте, не тревожить, не звоните, не надо … писать, не надо … присылать, не надо … слать, не надо … сообщен*, не нужно … писать,
      не нужно … присылать, не нужны … сообщен*, не нужна … рассылк*, не нужна … реклам*, не хочу … получать, не хочу … сообщен*, не хочу … рассыл*,
      не хочу … реклам*, не хочу … писали, больше не хочу, ^ не хочу $, не желаю, хватит … писать, хватит … слать, хватит … присылать, хватит … спамить,
      ^ хватит, прекратите, прекрати, перестаньте, перестань, достали, надоели, надоело, отстаньте, отстань, отвалите, отвяжитесь, оставьте … покое,
      откуда у вас, откуда … номер, откуда … контакт, где … взяли, кто … дал … номер, как … узнали … номер, удалите, удалить … номер, удалить … данные,
      удалить … контакт, сотрите, стереть … номер, уберите, забудьте … номер, отписаться, отписать … меня, отпишите … меня, отписк*, рассылк*,
      рассылок, спам*, рекламу, реклама, рекламы, рекламой, рекламн*, жалоб*, жаловаться, пожалуюсь, роскомнадзор*, в суд, юрист*, адвокат*, полиц*,
      персональн* данн*, личн* данн*, защит* данных, заблокир*, блокирую, в бан, согласия … не давал*, согласие … не давал*, не давал* … соглас*, без … согласия,
      отзываю, отозвать … соглас*, не подписывал*, не интересно, неинтересно, не интересует, не интересуют, ошиблись номером, не тот номер, вы ошиблись,
      незаконн*, навязчив*, отмен* … подписк*
    $signs$),
    ('en', $signs$
      please stop, just stop, stop sending, stop writing, stop texting, stop messaging, stop contacting, stop this, stop it, stop bothering,
      stop spamming, stop calling, dont write, dont ever write, dont … message me, dont … text me, dont … contact me, dont … call me, dont … email me, dont send,
      do not write, do not … message me, do not … text me, do not … contact me, do not … call me, do not … email me, do not send, do not contact,
      never write, never … message me, never … text me, never … contact me, no more messages, no more texts, no more ads, no more marketing,
      unsubscri*, unsub, opt out, opt me out, opted out, take me off, remove me, remove my, remove … number, delete my, delete me, delete … number, delete … data,
      delete … details, erase, forget me, where did you get, where … my number, how did you get, how … got my number, who gave you, leave me alone,
      spam*, harass*, annoying, annoyed, bothering me, bother me, gdpr, lawyer*, solicitor*, legal action, complain*, report you, report this, reporting you,
      block you, blocking you, block this, block your, not interested, no interest, never agreed, never subscribed, never signed up, didnt agree,
      did not agree, didnt consent, did not consent, didnt sign up, my consent, without … consent, without … permission, revoke*, advert*, ads, unsolicited, unwanted,
      wrong number, wrong person, data protection, privacy, dont want … message*, dont want … text*, dont want … receive, dont want … get, dont want … offers,
      dont want … hear, dont want … contact*, dont want this, dont want these, dont want any, dont want it, dont want your, do not want … message*,
      do not want … text*, do not want … receive, do not want … get, do not want … offers, do not want … hear, do not want … contact*, do not wish, dont wish,
      no longer want, no longer wish, no longer interested, cease, go away, fed up, sick of, too many messages, mailing list, lose my number, cancel … subscription, end … subscription
    $signs$),
    ('bg', $signs$
      не ми пиш*, не пишете … повече, не ми пращ*, не ми изпращ*, не пращайте, не изпращайте, не ми се пише, недей, недейте, не желая, не искам … съобщен*,
      не искам … получавам, не искам … реклам*, не искам … пишете, не искам … пращате, не искам … изпращате, не искам повече, ^ не искам $, спрете, спри,
      спирайте, престанете, престани, ^ стига, стига толкова, стига вече, омръзна*, досадн*, писна*, досаждате, оставете ме, остави ме, откъде имате, откъде … номер, откъде … взехте,
      от къде … номер, от къде имате, кой … даде, кой … дал, как … намерихте … номер, изтрийте, изтрий, изтриване, заличете, премахнете, премахни,
      махнете, махни, забравете … номер, отпишете, отписв*, отпиша, спам*, реклама, реклами, рекламите, рекламата, рекламн*, кзлд, комисия* за защита,
      лични* данни, личните ми данни, защита … данни, gdpr, адвокат*, юрист*, на съд, полиц*, жалба, оплача, оплаквам, оплакване, ще ви блокирам, блокирам, блокирал*,
      съгласие … не съм, не съм … съгласие, не съм … съгласен, не съм … съгласна, не давам … съгласие, оттеглям, без … съгласие, не съм се записвал*, не съм се абонирал*,
      не се интересувам, не ме интересува*, не ме занимавайте, не ме безпокойте, не ме търсете, не ми звънете, не ме притеснявайте, грешен номер, сгрешили,
      сбъркали, тормоз*, незаконн*, нежелан*
    $signs$)
$$;
comment on function outbox.wish_signs is 'What people write who perhaps want no more messages, or fear for their data, by language.';

create function outbox.wish_pattern() returns text
language sql immutable set search_path = '' as $$
  select string_agg(sign.pattern, '|')
  from outbox.wish_signs() as given
  cross join lateral regexp_split_to_table(given.signs, ',') as written (sign)
  cross join lateral (
    select string_agg(
      case word.word
        when '^' then '^'
        when '…' then '(?: [a-z0-9]+){0,4}'
        when '$' then ' $'
        else ' ' || outbox.folded(word.word) || case when word.word like '%*' then '[a-z]*' else '(?= )' end
      end,
      '' order by word.place
    ) as pattern
    from regexp_split_to_table(btrim(written.sign, E' \n'), '\s+') with ordinality as word (word, place)
  ) as sign
$$;
comment on function outbox.wish_pattern is 'What a folded message with a sign of an unclear wish looks like, with a space before and after it.';

create function outbox.may_be_opt_out(p_text text) returns boolean
language plpgsql immutable set search_path = '' as $$
declare
  folded constant text := outbox.folded(left(p_text, 2000));
begin
  -- A stop sign says something too, where there is nothing else.
  return coalesce(
    case when folded = '' then p_text ~ '[🛑⛔🚫🔕]' else ' ' || folded || ' ' ~ outbox.wish_pattern() end,
    false
  );
end
$$;
comment on function outbox.may_be_opt_out is
  'Whether a message that is no opt-out perhaps wishes for one, or asks about the writer''s data: for a person to decide.';
