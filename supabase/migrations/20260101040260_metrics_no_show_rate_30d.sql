-- Of the bookings of [D−29, D] that were attended or missed: the share missed. Not deleted ones, of anyone or of no one.
create function metrics.no_show_rate_30d_of_kind(p_club_id bigint, p_as_of date, p_service_kind text) returns metrics.reading
language sql stable set search_path = '' as $$
  select (metrics.ratio_of(
    count(*) filter (where booking.status = 'no_show'),
    count(*)
  )).*
  from crm.bookings as booking
  where booking.club_id = p_club_id
    and booking.local_date between p_as_of - 29 and p_as_of
    and booking.status in ('attended', 'no_show')
    and not booking.is_deleted
    and (p_service_kind is null or booking.service_kind = p_service_kind)
$$;
comment on function metrics.no_show_rate_30d_of_kind is 'The no-show rate of the bookings of one service kind; null: of all.';
grant execute on function metrics.no_show_rate_30d_of_kind to authenticated;

create function metrics.no_show_rate_30d(p_club_id bigint, p_as_of date) returns metrics.reading
language sql stable set search_path = '' as $$
  select reading.* from metrics.no_show_rate_30d_of_kind(p_club_id, p_as_of, null) as reading
$$;

select metrics.define(
  p_code => 'no_show_rate_30d',
  p_position => 260,
  p_has_service_kinds => true,
  p_title => 'No-show rate, 30 days',
  p_tooltip => 'Of the bookings that were either attended or missed in the last 30 days: how many were missed.',
  p_formula => 'No-shows / (attended bookings + no-shows) in the last 30 days',
  p_unit => 'share',
  p_direction => 'down',
  p_smallest_sample => 30,
  p_caveat => 'Counts bookings, not clients: walk-ins and deleted clients included, bookings nobody marked left out.',
  p_translations => '{
    "cs": {"title": "Podíl zmeškaných rezervací za 30 dní", "tooltip": "Podíl zmeškaných rezervací mezi těmi, které byly v posledních 30 dnech buď využity, nebo zmeškány."},
    "uk": {"title": "Частка неявок за 30 днів", "tooltip": "Частка неявок серед записів, які за останні 30 днів завершилися відвідуванням або неявкою."},
    "ru": {"title": "Доля неявок за 30 дней", "tooltip": "Доля неявок среди записей, которые за последние 30 дней завершились посещением или неявкой."},
    "bg": {"title": "Дял на неявяванията за 30 дни", "tooltip": "Делът на неявяванията сред резервациите, които през последните 30 дни са завършили с посещение или неявяване."}
  }'
);
