-- Clients with a visit in [D−6, D].
select metrics.define(
  p_code => 'active_7d',
  p_position => 60,
  p_counts => 'client.visits_7d > 0',
  p_period_days => 7,
  p_has_service_kinds => true,
  p_title => 'Active, 7 days',
  p_tooltip => 'Clients who came at least once in the last 7 days.',
  p_formula => 'Clients with a visit in the last 7 days',
  p_unit => 'clients',
  p_direction => 'up',
  p_smallest_sample => 10,
  p_translations => '{
    "cs": {"title": "Aktivní klienti za 7 dní", "tooltip": "Klienti, kteří v posledních 7 dnech přišli alespoň jednou."},
    "uk": {"title": "Активні клієнти за 7 днів", "tooltip": "Клієнти, які за останні 7 днів приходили щонайменше один раз."},
    "ru": {"title": "Активные клиенты за 7 дней", "tooltip": "Клиенты, которые за последние 7 дней приходили хотя бы один раз."},
    "bg": {"title": "Активни клиенти за 7 дни", "tooltip": "Клиенти, които са идвали поне веднъж през последните 7 дни."}
  }'
);
