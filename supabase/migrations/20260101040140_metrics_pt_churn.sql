-- Clients with a visit of kind personal in [D−59, D−30] and none in [D−29, D].
select metrics.define(
  p_code => 'pt_churn',
  p_position => 140,
  p_counts => 'client.pt_visits_previous_30d > 0
    and client.pt_visits_30d = 0',
  p_title => 'Personal training churn',
  p_tooltip => 'Clients who had a personal training in the 30 days before, and none in the last 30.',
  p_formula => 'Clients with a personal training 30 to 59 days ago and none in the last 30 days',
  p_unit => 'clients',
  p_direction => 'down',
  p_smallest_sample => 5,
  p_translations => '{
    "cs": {"title": "Odliv z osobních tréninků", "tooltip": "Klienti, kteří měli osobní trénink v předchozích 30 dnech, ale v posledních 30 dnech žádný."},
    "uk": {"title": "Відтік із персональних тренувань", "tooltip": "Клієнти, у яких було персональне тренування в попередні 30 днів, але не було жодного за останні 30 днів."},
    "ru": {"title": "Отток с персональных тренировок", "tooltip": "Клиенты, у которых была персональная тренировка в предыдущие 30 дней, но не было ни одной за последние 30 дней."},
    "bg": {"title": "Отлив от персоналните тренировки", "tooltip": "Клиенти, които са имали персонална тренировка през предходните 30 дни, но нито една през последните 30 дни."}
  }'
);
