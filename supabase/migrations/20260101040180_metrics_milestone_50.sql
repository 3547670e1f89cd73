-- Clients whose visit count passed 50 within [D−6, D]: at least 50 at D, fewer at D−7.
select metrics.define(
  p_code => 'milestone_50',
  p_position => 180,
  p_counts => 'client.visits_total >= 50
    and client.visits_total - client.visits_7d < 50',
  p_period_days => 7,
  p_title => '50 visits reached, 7 days',
  p_tooltip => 'Clients whose visit number 50 was in the last 7 days.',
  p_formula => 'Clients with 50 or more visits today and fewer than 50 seven days ago',
  p_unit => 'clients',
  p_direction => 'neutral',
  p_smallest_sample => 1,
  p_translations => '{
    "cs": {"title": "50. návštěva, posledních 7 dní", "tooltip": "Klienti, jejichž 50. návštěva proběhla v posledních 7 dnech."},
    "uk": {"title": "50-те відвідування, останні 7 днів", "tooltip": "Клієнти, чиє 50-те відвідування припало на останні 7 днів."},
    "ru": {"title": "50-е посещение, последние 7 дней", "tooltip": "Клиенты, чьё 50-е посещение пришлось на последние 7 дней."},
    "bg": {"title": "Посещение № 50, последните 7 дни", "tooltip": "Клиенти, чието посещение № 50 е било през последните 7 дни."}
  }'
);
