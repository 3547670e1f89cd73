-- Visits of [D−29, D] per client who came in them.
select metrics.define(
  p_code => 'visits_per_active',
  p_position => 230,
  p_among => 'client.visits_30d > 0',
  p_sums => 'client.visits_30d',
  p_has_service_kinds => true,
  p_title => 'Visits per active client',
  p_tooltip => 'How often those who came in the last 30 days came, on average.',
  p_formula => 'Visits in the last 30 days / clients active in the last 30 days',
  p_unit => 'visits',
  p_direction => 'up',
  p_smallest_sample => 10,
  p_translations => '{
    "cs": {"title": "Návštěvy na aktivního klienta", "tooltip": "Průměrný počet návštěv za posledních 30 dní na jednoho klienta, který v té době přišel."},
    "uk": {"title": "Відвідувань на активного клієнта", "tooltip": "Середня кількість відвідувань за останні 30 днів на одного клієнта, який за цей час приходив."},
    "ru": {"title": "Посещений на активного клиента", "tooltip": "Среднее число посещений за последние 30 дней на одного клиента, который за это время приходил."},
    "bg": {"title": "Посещения на активен клиент", "tooltip": "Средният брой посещения през последните 30 дни на един клиент, който е идвал през това време."}
  }'
);
