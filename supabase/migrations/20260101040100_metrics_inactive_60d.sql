-- Clients whose last visit was 60..179 days ago.
select metrics.define(
  p_code => 'inactive_60d',
  p_position => 100,
  p_counts => 'client.last_visit_date between club.as_of - 179 and club.as_of - 60',
  p_title => 'Inactive 60+ days',
  p_tooltip => 'Clients whose last visit was two to six months ago.',
  p_formula => 'Clients with 60 to 179 days since their last visit',
  p_unit => 'clients',
  p_direction => 'down',
  p_smallest_sample => 5,
  p_translations => '{
    "cs": {"title": "Neaktivní klienti, 60+ dní", "tooltip": "Klienti, jejichž poslední návštěva byla před dvěma až šesti měsíci."},
    "uk": {"title": "Неактивні клієнти, 60+ днів", "tooltip": "Клієнти, чиє останнє відвідування було від двох до шести місяців тому."},
    "ru": {"title": "Неактивные клиенты, 60+ дней", "tooltip": "Клиенты, чьё последнее посещение было от двух до шести месяцев назад."},
    "bg": {"title": "Неактивни клиенти, 60+ дни", "tooltip": "Клиенти, чието последно посещение е било преди два до шест месеца."}
  }'
);
