-- Whose stats differ between two days only because time passed: those with a visit that crosses the edge of a window, with
-- money or a membership dated between the two. Read from index ranges, so that a week's outage is one wider range.
create function stats.turned_clients(p_club_id bigint, p_from date, p_to date) returns bigint[]
language sql stable set search_path = '' as $$
  with turn as (
    select least(p_from, p_to) as earlier, greatest(p_from, p_to) as later
  ),
  -- The day itself, then the far edges of 7, 30, 60 and 180 days; a visit leaves the last 30 days as it enters the 30 before.
  edge as (
    select turn.earlier - days as after_date, turn.later - days as until_date
    from turn
    cross join (values (0), (7), (30), (60), (180)) as edges (days)
  ),
  turned as (
    select booking.client_id
    from edge
    join crm.bookings as booking
      on booking.club_id = p_club_id
      and booking.status = 'attended'
      and not booking.is_deleted
      and booking.local_date > edge.after_date
      and booking.local_date <= edge.until_date
    union all
    select payment.client_id
    from turn
    join crm.payments as payment
      on payment.club_id = p_club_id
      and not payment.is_deleted
      and payment.local_date > turn.earlier
      and payment.local_date <= turn.later
    union all
    select purchase.client_id
    from turn
    join crm.membership_purchases as purchase
      on purchase.club_id = p_club_id
      and purchase.purchased_date > turn.earlier
      and purchase.purchased_date <= turn.later
  )
  select coalesce(array_agg(distinct turned.client_id), '{}') from turned where turned.client_id is not null
$$;
comment on function stats.turned_clients is
  'Clients whose stats of the one day are not those of the other although nothing was changed; in either direction of time.';
