-- Clients with at least as many visits in [D−29, D] as the club's setting asks (3 unless changed).
select metrics.define(
  p_code => 'core_clients',
  p_position => 80,
  p_counts => 'client.visits_30d >= club.core_min_visits',
  p_has_service_kinds => true,
  p_title => 'Core clients',
  p_tooltip => 'Clients for whom training is a habit: at least 3 visits in the last 30 days, or as many as the club has set.',
  p_formula => 'Clients with 3 or more visits in the last 30 days',
  p_unit => 'clients',
  p_direction => 'up',
  p_smallest_sample => 10,
  p_caveat => 'One booking record is one visit: a class and a personal training on the same day are two.',
  p_translations => '{
    "cs": {"title": "Kmenoví klienti", "tooltip": "Klienti, pro které je trénink zvykem: alespoň 3 návštěvy v posledních 30 dnech, případně tolik, kolik nastavil klub."},
    "uk": {"title": "Ядро клієнтів", "tooltip": "Клієнти, для яких тренування стали звичкою: щонайменше 3 відвідування за останні 30 днів або стільки, скільки задав клуб."},
    "ru": {"title": "Ядро клиентов", "tooltip": "Клиенты, для которых тренировки стали привычкой: не менее 3 посещений за последние 30 дней или столько, сколько задал клуб."},
    "bg": {"title": "Ядро от клиенти", "tooltip": "Клиенти, за които тренировките са навик: поне 3 посещения през последните 30 дни или толкова, колкото е задал клубът."}
  }'
);
