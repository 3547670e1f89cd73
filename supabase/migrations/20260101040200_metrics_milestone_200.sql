-- Clients whose visit count passed 200 within [D−6, D]: at least 200 at D, fewer at D−7.
select metrics.define(
  p_code => 'milestone_200',
  p_position => 200,
  p_counts => 'client.visits_total >= 200
    and client.visits_total - client.visits_7d < 200',
  p_period_days => 7,
  p_title => '200 visits reached, 7 days',
  p_tooltip => 'Clients whose visit number 200 was in the last 7 days.',
  p_formula => 'Clients with 200 or more visits today and fewer than 200 seven days ago',
  p_unit => 'clients',
  p_direction => 'neutral',
  p_smallest_sample => 1,
  p_translations => '{
    "cs": {"title": "200. návštěva, posledních 7 dní", "tooltip": "Klienti, jejichž 200. návštěva proběhla v posledních 7 dnech."},
    "uk": {"title": "200-те відвідування, останні 7 днів", "tooltip": "Клієнти, чиє 200-те відвідування припало на останні 7 днів."},
    "ru": {"title": "200-е посещение, последние 7 дней", "tooltip": "Клиенты, чьё 200-е посещение пришлось на последние 7 дней."},
    "bg": {"title": "Посещение № 200, последните 7 дни", "tooltip": "Клиенти, чието посещение № 200 е било през последните 7 дни."}
  }'
);
