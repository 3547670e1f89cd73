-- Payments of [D−29, D]: refunds are negative, a deleted client's payments stay, money of no one is kept apart.
create function metrics.revenue_30d(p_club_id bigint, p_as_of date) returns metrics.reading
language sql stable set search_path = '' as $$
  select
    coalesce(sum(payment.amount_minor), 0),
    coalesce(sum(payment.amount_minor), 0),
    null::numeric,
    count(*)
  from crm.payments as payment
  where payment.club_id = p_club_id
    and payment.local_date between p_as_of - 29 and p_as_of
    and not payment.is_deleted
    and payment.client_external_id is not null
$$;

select metrics.define(
  p_code => 'revenue_30d',
  p_position => 240,
  p_title => 'Revenue, 30 days',
  p_tooltip => 'Money received from clients in the last 30 days, refunds taken off.',
  p_formula => 'Sum of payments dated in the last 30 days',
  p_unit => 'money',
  p_direction => 'up',
  p_smallest_sample => 10,
  p_caveat => 'Sales without a client and unpaid sales are not in it.',
  p_translations => '{
    "cs": {"title": "Tržby za 30 dní", "tooltip": "Peníze přijaté od klientů za posledních 30 dní po odečtení vrácených plateb."},
    "uk": {"title": "Виторг за 30 днів", "tooltip": "Гроші, отримані від клієнтів за останні 30 днів, за вирахуванням повернень."},
    "ru": {"title": "Выручка за 30 дней", "tooltip": "Деньги, полученные от клиентов за последние 30 дней, за вычетом возвратов."},
    "bg": {"title": "Приходи за 30 дни", "tooltip": "Парите, получени от клиенти през последните 30 дни, след приспадане на върнатите суми."}
  }'
);
