-- Clients whose first visit is in [D−90, D−31] and who have no visit in [D−29, D].
select metrics.define(
  p_code => 'early_churn',
  p_position => 90,
  p_counts => 'client.first_visit_date between club.as_of - 90 and club.as_of - 31
    and client.visits_30d = 0',
  p_has_service_kinds => true,
  p_title => 'Early churn',
  p_tooltip => 'Newcomers who started one to three months ago and have not come in the last 30 days.',
  p_formula => 'Clients whose first visit was 31 to 90 days ago, without a visit in the last 30 days',
  p_unit => 'clients',
  p_direction => 'down',
  p_smallest_sample => 5,
  p_translations => '{
    "cs": {"title": "Časný odliv klientů", "tooltip": "Nováčci, kteří začali chodit před jedním až třemi měsíci a v posledních 30 dnech nepřišli."},
    "uk": {"title": "Ранній відтік клієнтів", "tooltip": "Новачки, які почали ходити від одного до трьох місяців тому й не приходили за останні 30 днів."},
    "ru": {"title": "Ранний отток клиентов", "tooltip": "Новички, которые начали ходить от одного до трёх месяцев назад и не приходили за последние 30 дней."},
    "bg": {"title": "Ранен отлив на клиенти", "tooltip": "Нови клиенти, които са започнали да идват преди един до три месеца, но не са идвали през последните 30 дни."}
  }'
);
