-- Payments of [D−29, D] per client who came in them.
select metrics.define(
  p_code => 'arpu_30d',
  p_position => 250,
  p_quotient_of => array['revenue_30d', 'active_30d'],
  p_title => 'Revenue per active client, 30 days',
  p_tooltip => 'Money received in the last 30 days for each client who came in them.',
  p_formula => 'Revenue of the last 30 days / clients active in the last 30 days',
  p_unit => 'money',
  p_direction => 'up',
  p_smallest_sample => 10,
  p_caveat => 'Money of clients who paid and did not come is in it, too.',
  p_translations => '{
    "cs": {"title": "Tržby na aktivního klienta za 30 dní", "tooltip": "Peníze přijaté za posledních 30 dní v přepočtu na jednoho klienta, který v té době přišel."},
    "uk": {"title": "Виторг на активного клієнта за 30 днів", "tooltip": "Гроші, отримані за останні 30 днів, у розрахунку на одного клієнта, який за цей час приходив."},
    "ru": {"title": "Выручка на активного клиента за 30 дней", "tooltip": "Деньги, полученные за последние 30 дней, в расчёте на одного клиента, который за это время приходил."},
    "bg": {"title": "Приходи на активен клиент за 30 дни", "tooltip": "Парите, получени през последните 30 дни, средно на един клиент, който е идвал през това време."}
  }'
);
