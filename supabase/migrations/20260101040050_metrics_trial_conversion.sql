-- Of clients whose first visit is in [D−59, D−30] and who had no membership before it: the share who bought one within
-- 30 days. *Before* is an earlier date: a purchase on the day of the first visit converts.
select metrics.define(
  p_code => 'trial_conversion',
  p_position => 50,
  p_among => 'client.first_visit_date between club.as_of - 59 and club.as_of - 30
    and (client.first_membership_date < client.first_visit_date) is not true',
  p_counts => 'client.first_membership_date between client.first_visit_date and client.first_visit_date + 30',
  p_title => 'Trial conversion',
  p_tooltip => 'Of the newcomers of one to two months ago: how many bought a membership within 30 days of their first visit.',
  p_formula => 'First membership 0 to 30 days after the first visit / clients whose first visit was 30 to 59 days ago, '
    || 'without a membership before it',
  p_unit => 'share',
  p_direction => 'up',
  p_smallest_sample => 20,
  p_caveat => 'Any first visit counts, whatever the service. A later refund or expiry of the membership changes nothing.',
  p_translations => '{
    "cs": {"title": "Konverze zkušebních návštěv", "tooltip": "Podíl těch, kdo si koupili členství do 30 dnů od své první návštěvy, mezi nováčky, kteří poprvé přišli před jedním až dvěma měsíci."},
    "uk": {"title": "Конверсія пробних відвідувань", "tooltip": "Частка тих, хто купив абонемент протягом 30 днів від свого першого відвідування, серед новачків, які вперше прийшли один-два місяці тому."},
    "ru": {"title": "Конверсия пробных посещений", "tooltip": "Доля тех, кто купил абонемент в течение 30 дней со своего первого посещения, среди новичков, которые впервые пришли один-два месяца назад."},
    "bg": {"title": "Конверсия на пробните посещения", "tooltip": "Делът на тези, които са купили членство до 30 дни от първото си посещение, сред новите клиенти, дошли за първи път преди един до два месеца."}
  }'
);
