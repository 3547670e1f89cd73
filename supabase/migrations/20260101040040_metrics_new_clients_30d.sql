-- Clients whose first visit is in [D−29, D].
select metrics.define(
  p_code => 'new_clients_30d',
  p_position => 40,
  p_counts => 'client.first_visit_date > club.as_of - 30',
  p_has_service_kinds => true,
  p_title => 'New clients, 30 days',
  p_tooltip => 'Clients who came for the first time in the last 30 days.',
  p_formula => 'Clients whose first visit is in the last 30 days',
  p_unit => 'clients',
  p_direction => 'up',
  p_smallest_sample => 5,
  p_translations => '{
    "cs": {"title": "Noví klienti za 30 dní", "tooltip": "Klienti, kteří přišli poprvé v posledních 30 dnech."},
    "uk": {"title": "Нові клієнти за 30 днів", "tooltip": "Клієнти, які вперше прийшли протягом останніх 30 днів."},
    "ru": {"title": "Новые клиенты за 30 дней", "tooltip": "Клиенты, которые впервые пришли в последние 30 дней."},
    "bg": {"title": "Нови клиенти за 30 дни", "tooltip": "Клиенти, които са дошли за първи път през последните 30 дни."}
  }'
);
