-- Clients not deleted; the same at every D.
select metrics.define(
  p_code => 'clients_total',
  p_position => 20,
  p_counts => 'true',
  p_title => 'Clients',
  p_tooltip => 'Everyone in the booking platform who has not been deleted there, whether they ever came or not.',
  p_formula => 'Clients not deleted',
  p_unit => 'clients',
  p_direction => 'up',
  p_smallest_sample => 1,
  p_caveat => 'The same on every day: the platform does not say when a client was created or deleted.',
  p_translations => '{
    "cs": {"title": "Klienti", "tooltip": "Všichni klienti v rezervačním systému, kteří v něm nejsou smazaní, ať už někdy přišli, nebo ne."},
    "uk": {"title": "Клієнти", "tooltip": "Усі клієнти в системі онлайн-запису, яких там не видалено, незалежно від того, чи вони колись приходили."},
    "ru": {"title": "Клиенты", "tooltip": "Все клиенты в системе онлайн-записи, которые там не удалены, независимо от того, приходили ли они когда-нибудь."},
    "bg": {"title": "Клиенти", "tooltip": "Всички клиенти в системата за резервации, които не са изтрити там, независимо дали някога са идвали."}
  }'
);
