-- Clients whose first visit of kind personal is in [D−29, D].
select metrics.define(
  p_code => 'pt_first_30d',
  p_position => 120,
  p_counts => 'client.first_pt_visit_date > club.as_of - 30',
  p_title => 'First personal training, 30 days',
  p_tooltip => 'Clients who had their first personal training in the last 30 days.',
  p_formula => 'Clients whose first personal training is in the last 30 days',
  p_unit => 'clients',
  p_direction => 'up',
  p_smallest_sample => 5,
  p_caveat => 'A visit is a personal training by the kind of its service; kinds are guessed from names until an operator decides.',
  p_translations => '{
    "cs": {"title": "První osobní tréninky za 30 dní", "tooltip": "Klienti, kteří měli v posledních 30 dnech svůj první osobní trénink."},
    "uk": {"title": "Перші персональні тренування за 30 днів", "tooltip": "Клієнти, у яких за останні 30 днів відбулося перше персональне тренування."},
    "ru": {"title": "Первые персональные тренировки за 30 дней", "tooltip": "Клиенты, у которых за последние 30 дней прошла первая персональная тренировка."},
    "bg": {"title": "Първи персонални тренировки за 30 дни", "tooltip": "Клиенти, които са имали първата си персонална тренировка през последните 30 дни."}
  }'
);
