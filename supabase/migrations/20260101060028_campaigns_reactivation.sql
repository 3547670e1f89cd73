-- Early churn, or 60..119 days since the last visit; once per inactivity spell, which ends with a visit.
select campaigns.define_scenario(
  p_code => 'reactivation',
  p_priority => 5,
  p_name => 'Reactivation',
  p_fires_for => 'early churn, or 60 to 119 days since the last visit',
  p_once_per => 'inactivity spell',
  p_tone => 'a mild nudge',
  p_is_churn => true,
  p_is_exempt_from_cooldown => false,
  p_holds => $$
    client.last_visit_date between club.as_of - 119 and club.as_of - 60
    or (client.first_visit_date between club.as_of - 90 and club.as_of - 31 and client.visits_30d = 0)
  $$,
  p_occasion => $$'away since ' || client.last_visit_date$$,
  p_once_since => 'client.last_visit_date + 1',
  p_why => $$format('last visit %s, %s in all', client.last_visit_ago, client.visits_total_in_words)$$,
  p_variables => $$'{}'$$,
  p_static_messages => '{
    "cs": "Už jsme se nějakou dobu neviděli. Místo na lekci pro vás rádi podržíme, stačí si vybrat termín.",
    "uk": "Ми давно не бачилися. Залюбки притримаємо для вас місце на тренуванні, просто оберіть зручний час.",
    "ru": "Мы давно не виделись. С радостью придержим для вас место на тренировке, просто выберите удобное время.",
    "en": "It has been a while since we saw you. We would love to keep you a place, just pick a time that suits you.",
    "bg": "Отдавна не сме се виждали. С радост ще ви запазим място за тренировка, просто изберете удобен час."
  }'
);
