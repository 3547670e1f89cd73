-- Clients whose visit count passed 25 within [D−6, D]: at least 25 at D, fewer at D−7.
select metrics.define(
  p_code => 'milestone_25',
  p_position => 170,
  p_counts => 'client.visits_total >= 25
    and client.visits_total - client.visits_7d < 25',
  p_period_days => 7,
  p_title => '25 visits reached, 7 days',
  p_tooltip => 'Clients whose visit number 25 was in the last 7 days.',
  p_formula => 'Clients with 25 or more visits today and fewer than 25 seven days ago',
  p_unit => 'clients',
  p_direction => 'neutral',
  p_smallest_sample => 1,
  p_translations => '{
    "cs": {"title": "25. návštěva, posledních 7 dní", "tooltip": "Klienti, jejichž 25. návštěva proběhla v posledních 7 dnech."},
    "uk": {"title": "25-те відвідування, останні 7 днів", "tooltip": "Клієнти, чиє 25-те відвідування припало на останні 7 днів."},
    "ru": {"title": "25-е посещение, последние 7 дней", "tooltip": "Клиенты, чьё 25-е посещение пришлось на последние 7 дней."},
    "bg": {"title": "Посещение № 25, последните 7 дни", "tooltip": "Клиенти, чието посещение № 25 е било през последните 7 дни."}
  }'
);
