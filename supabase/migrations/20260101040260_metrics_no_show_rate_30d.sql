-- Of the bookings of [D−29, D] that were attended or missed: the share missed. Not deleted ones, of anyone or of no one.
create function metrics.no_show_rate_30d(p_club_id bigint, p_as_of date) returns metrics.reading
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
$$;

select metrics.define(
  p_code => 'no_show_rate_30d',
  p_position => 260,
  p_title => 'No-show rate, 30 days',
  p_tooltip => 'Of the bookings that were either attended or missed in the last 30 days: how many were missed.',
  p_formula => 'No-shows / (attended bookings + no-shows) in the last 30 days',
  p_unit => 'share',
  p_direction => 'down',
  p_smallest_sample => 30,
  p_caveat => 'Counts bookings, not clients: walk-ins and deleted clients included, bookings nobody marked left out.'
);
