-- 120..180 days since the last visit; once per inactivity spell, which ends with a visit.
select campaigns.define_scenario(
  p_code => 'last_chance',
  p_priority => 4,
  p_name => 'Last chance',
  p_fires_for => '120 to 180 days since the last visit',
  p_once_per => 'inactivity spell',
  p_tone => 'urgent, but never pushy',
  p_is_churn => true,
  p_is_exempt_from_cooldown => false,
  p_holds => 'client.last_visit_date between club.as_of - 180 and club.as_of - 120',
  p_occasion => $$'away since ' || client.last_visit_date$$,
  p_once_since => 'client.last_visit_date + 1',
  p_why => $$format('last visit %s, %s in all', client.last_visit_ago, client.visits_total_in_words)$$,
  p_variables => $$'{}'$$,
  p_static_messages => '{
    "cs": "Uběhlo už hodně času a neradi bychom se rozloučili. Ozvěte se nám ještě tento týden, návrat vám co nejvíc usnadníme.",
    "uk": "Минуло вже багато часу, і нам не хочеться прощатися. Напишіть нам цього тижня, і ми допоможемо легко повернутися.",
    "ru": "Прошло уже много времени, и нам не хочется прощаться. Напишите нам на этой неделе, и мы поможем легко вернуться.",
    "en": "It has been a long time, and we would hate to say goodbye. Write to us this week and we will make coming back easy.",
    "bg": "Мина доста време и не бихме искали да се разделим. Пишете ни тази седмица и ще направим връщането ви лесно."
  }'
);
