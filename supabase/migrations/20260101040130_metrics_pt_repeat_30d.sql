-- Clients with a visit of kind personal in [D−29, D] and at least two of them in all.
select metrics.define(
  p_code => 'pt_repeat_30d',
  p_position => 130,
  p_counts => 'client.pt_visits_30d > 0
    and client.pt_visits_total >= 2',
  p_title => 'Repeat personal training, 30 days',
  p_tooltip => 'Clients who had a personal training in the last 30 days, and not for the first time.',
  p_formula => 'Clients with a personal training in the last 30 days and 2 or more in all',
  p_unit => 'clients',
  p_direction => 'up',
  p_smallest_sample => 5,
  p_caveat => 'Two personal trainings on one day are two.',
  p_translations => '{
    "cs": {"title": "Opakované osobní tréninky za 30 dní", "tooltip": "Klienti, kteří měli v posledních 30 dnech osobní trénink, a to ne poprvé."},
    "uk": {"title": "Повторні персональні тренування за 30 днів", "tooltip": "Клієнти, у яких за останні 30 днів було персональне тренування, і то не вперше."},
    "ru": {"title": "Повторные персональные тренировки за 30 дней", "tooltip": "Клиенты, у которых за последние 30 дней была персональная тренировка, причём не впервые."},
    "bg": {"title": "Повторни персонални тренировки за 30 дни", "tooltip": "Клиенти, които са имали персонална тренировка през последните 30 дни, и то не за първи път."}
  }'
);
