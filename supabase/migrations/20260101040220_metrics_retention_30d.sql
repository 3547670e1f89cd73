-- Of clients with a visit in [D−59, D−30]: the share with one in [D−29, D].
select metrics.define(
  p_code => 'retention_30d',
  p_position => 220,
  p_among => 'client.visits_previous_30d > 0',
  p_counts => 'client.visits_30d > 0',
  p_has_service_kinds => true,
  p_title => 'Retention, 30 days',
  p_tooltip => 'Of the clients who came in the 30 days before: how many came again in the last 30.',
  p_formula => 'Clients with a visit in both the previous and the last 30 days / clients with a visit in the previous 30 days',
  p_unit => 'share',
  p_direction => 'up',
  p_smallest_sample => 30,
  p_translations => '{
    "cs": {"title": "Retence klientů za 30 dní", "tooltip": "Podíl těch, kdo v posledních 30 dnech přišli znovu, mezi klienty, kteří přišli v předchozích 30 dnech."},
    "uk": {"title": "Утримання клієнтів за 30 днів", "tooltip": "Частка тих, хто за останні 30 днів прийшов знову, серед клієнтів, які приходили в попередні 30 днів."},
    "ru": {"title": "Удержание клиентов за 30 дней", "tooltip": "Доля тех, кто за последние 30 дней пришёл снова, среди клиентов, которые приходили в предыдущие 30 дней."},
    "bg": {"title": "Задържане на клиенти за 30 дни", "tooltip": "Делът на тези, които са дошли отново през последните 30 дни, сред клиентите, идвали през предходните 30 дни."}
  }'
);
