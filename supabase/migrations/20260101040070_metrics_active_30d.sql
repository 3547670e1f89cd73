-- Clients with a visit in [D−29, D].
select metrics.define(
  p_code => 'active_30d',
  p_position => 70,
  p_counts => 'client.visits_30d > 0',
  p_has_service_kinds => true,
  p_title => 'Active, 30 days',
  p_tooltip => 'Clients who came at least once in the last 30 days.',
  p_formula => 'Clients with a visit in the last 30 days',
  p_unit => 'clients',
  p_direction => 'up',
  p_smallest_sample => 10,
  p_translations => '{
    "cs": {"title": "Aktivní klienti za 30 dní", "tooltip": "Klienti, kteří v posledních 30 dnech přišli alespoň jednou."},
    "uk": {"title": "Активні клієнти за 30 днів", "tooltip": "Клієнти, які за останні 30 днів приходили щонайменше один раз."},
    "ru": {"title": "Активные клиенты за 30 дней", "tooltip": "Клиенты, которые за последние 30 дней приходили хотя бы один раз."},
    "bg": {"title": "Активни клиенти за 30 дни", "tooltip": "Клиенти, които са идвали поне веднъж през последните 30 дни."}
  }'
);
