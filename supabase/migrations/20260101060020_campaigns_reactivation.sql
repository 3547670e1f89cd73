-- Early churn, or 60..119 days since the last visit; once per inactivity spell, which ends with a visit.
create function campaigns.fits_reactivation(p_club_id bigint, p_as_of date)
returns table (client_id bigint, occasion text, once_since date, why text, variables jsonb)
language sql stable set search_path = '' rows 100 as $$
  select
    client.client_id,
    'away since ' || client.last_visit_date,
    client.last_visit_date + 1,
    format('last visit %s days ago, %s visits in all', p_as_of - client.last_visit_date, client.visits_total),
    jsonb_build_object(
      'days_since_last_visit', p_as_of - client.last_visit_date,
      'visits_total', client.visits_total
    )
  from stats.on_day(p_club_id, p_as_of) as client
  where client.last_visit_date between p_as_of - 119 and p_as_of - 60
    or (client.first_visit_date between p_as_of - 90 and p_as_of - 31 and client.visits_30d = 0)
$$;

select campaigns.define_scenario(
  p_code => 'reactivation',
  p_priority => 5,
  p_name => 'Reactivation',
  p_fires_for => 'early churn, or 60 to 119 days since the last visit',
  p_once_per => 'inactivity spell',
  p_tone => 'a mild nudge',
  p_is_churn => true,
  p_is_exempt_from_cooldown => false,
  p_static_messages => '{
    "cs": "Už jsme se nějakou dobu neviděli. Místo na lekci pro vás rádi podržíme, stačí si vybrat termín.",
    "uk": "Ми давно не бачилися. Залюбки притримаємо для вас місце на тренуванні, просто оберіть зручний час.",
    "ru": "Мы давно не виделись. С радостью придержим для вас место на тренировке, просто выберите удобное время.",
    "en": "It has been a while since we saw you. We would love to keep you a place, just pick a time that suits you.",
    "bg": "Отдавна не сме се виждали. С радост ще ви запазим място за тренировка, просто изберете удобен час."
  }'
);
