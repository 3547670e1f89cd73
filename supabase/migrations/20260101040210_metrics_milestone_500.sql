-- Clients whose visit count passed 500 within [D−6, D]: at least 500 at D, fewer at D−7.
select metrics.define(
  p_code => 'milestone_500',
  p_position => 210,
  p_counts => 'client.visits_total >= 500
    and client.visits_total - client.visits_7d < 500',
  p_period_days => 7,
  p_title => '500 visits reached, 7 days',
  p_tooltip => 'Clients whose visit number 500 was in the last 7 days.',
  p_formula => 'Clients with 500 or more visits today and fewer than 500 seven days ago',
  p_unit => 'clients',
  p_direction => 'neutral',
  p_smallest_sample => 1,
  p_translations => '{
    "cs": {"title": "500. návštěva, posledních 7 dní", "tooltip": "Klienti, jejichž 500. návštěva proběhla v posledních 7 dnech."},
    "uk": {"title": "500-те відвідування, останні 7 днів", "tooltip": "Клієнти, чиє 500-те відвідування припало на останні 7 днів."},
    "ru": {"title": "500-е посещение, последние 7 дней", "tooltip": "Клиенты, чьё 500-е посещение пришлось на последние 7 дней."},
    "bg": {"title": "Посещение № 500, последните 7 дни", "tooltip": "Клиенти, чието посещение № 500 е било през последните 7 дни."}
  }'
);
