-- Clients whose last visit was 180 days ago or longer.
select metrics.define(
  p_code => 'inactive_180d',
  p_position => 110,
  p_counts => 'client.last_visit_date <= club.as_of - 180',
  p_title => 'Inactive 180+ days',
  p_tooltip => 'Clients whose last visit was half a year ago or longer.',
  p_formula => 'Clients with 180 or more days since their last visit',
  p_unit => 'clients',
  p_direction => 'down',
  p_smallest_sample => 5,
  p_caveat => 'Clients who never came are not in it.',
  p_translations => '{
    "cs": {"title": "Neaktivní klienti, 180+ dní", "tooltip": "Klienti, jejichž poslední návštěva byla před půl rokem nebo ještě dříve."},
    "uk": {"title": "Неактивні клієнти, 180+ днів", "tooltip": "Клієнти, чиє останнє відвідування було пів року тому або раніше."},
    "ru": {"title": "Неактивные клиенты, 180+ дней", "tooltip": "Клиенты, чьё последнее посещение было полгода назад или раньше."},
    "bg": {"title": "Неактивни клиенти, 180+ дни", "tooltip": "Клиенти, чието последно посещение е било преди половин година или по-отдавна."}
  }'
);
