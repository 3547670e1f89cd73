-- Clients whose first visit is in [D−6, D].
select metrics.define(
  p_code => 'new_clients_7d',
  p_position => 30,
  p_counts => 'client.first_visit_date > club.as_of - 7',
  p_period_days => 7,
  p_has_service_kinds => true,
  p_title => 'New clients, 7 days',
  p_tooltip => 'Clients who came for the first time in the last 7 days.',
  p_formula => 'Clients whose first visit is in the last 7 days',
  p_unit => 'clients',
  p_direction => 'up',
  p_smallest_sample => 5,
  p_translations => '{
    "cs": {"title": "Noví klienti za 7 dní", "tooltip": "Klienti, kteří přišli poprvé v posledních 7 dnech."},
    "uk": {"title": "Нові клієнти за 7 днів", "tooltip": "Клієнти, які вперше прийшли протягом останніх 7 днів."},
    "ru": {"title": "Новые клиенты за 7 дней", "tooltip": "Клиенты, которые впервые пришли в последние 7 дней."},
    "bg": {"title": "Нови клиенти за 7 дни", "tooltip": "Клиенти, които са дошли за първи път през последните 7 дни."}
  }'
);
