-- Clients whose visit count passed 10 within [D−6, D]: at least 10 at D, fewer at D−7.
select metrics.define(
  p_code => 'milestone_10',
  p_position => 160,
  p_counts => 'client.visits_total >= 10
    and client.visits_total - client.visits_7d < 10',
  p_period_days => 7,
  p_title => '10 visits reached, 7 days',
  p_tooltip => 'Clients whose visit number 10 was in the last 7 days.',
  p_formula => 'Clients with 10 or more visits today and fewer than 10 seven days ago',
  p_unit => 'clients',
  p_direction => 'neutral',
  p_smallest_sample => 1,
  p_translations => '{
    "cs": {"title": "10. návštěva, posledních 7 dní", "tooltip": "Klienti, jejichž 10. návštěva proběhla v posledních 7 dnech."},
    "uk": {"title": "10-те відвідування, останні 7 днів", "tooltip": "Клієнти, чиє 10-те відвідування припало на останні 7 днів."},
    "ru": {"title": "10-е посещение, последние 7 дней", "tooltip": "Клиенты, чьё 10-е посещение пришлось на последние 7 дней."},
    "bg": {"title": "Посещение № 10, последните 7 дни", "tooltip": "Клиенти, чието посещение № 10 е било през последните 7 дни."}
  }'
);
