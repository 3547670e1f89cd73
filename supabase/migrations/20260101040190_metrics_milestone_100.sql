-- Clients whose visit count passed 100 within [D−6, D]: at least 100 at D, fewer at D−7.
select metrics.define(
  p_code => 'milestone_100',
  p_position => 190,
  p_counts => 'client.visits_total >= 100
    and client.visits_total - client.visits_7d < 100',
  p_period_days => 7,
  p_title => '100 visits reached, 7 days',
  p_tooltip => 'Clients whose visit number 100 was in the last 7 days.',
  p_formula => 'Clients with 100 or more visits today and fewer than 100 seven days ago',
  p_unit => 'clients',
  p_direction => 'neutral',
  p_smallest_sample => 1,
  p_translations => '{
    "cs": {"title": "100. návštěva, posledních 7 dní", "tooltip": "Klienti, jejichž 100. návštěva proběhla v posledních 7 dnech."},
    "uk": {"title": "100-те відвідування, останні 7 днів", "tooltip": "Клієнти, чиє 100-те відвідування припало на останні 7 днів."},
    "ru": {"title": "100-е посещение, последние 7 дней", "tooltip": "Клиенты, чьё 100-е посещение пришлось на последние 7 дней."},
    "bg": {"title": "Посещение № 100, последните 7 дни", "tooltip": "Клиенти, чието посещение № 100 е било през последните 7 дни."}
  }'
);
