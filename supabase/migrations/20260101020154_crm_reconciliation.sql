-- What the figures mean, and the latest of each with both sides and the difference.
create function crm.known_figures()
returns table (place integer, figure text, unit text, explanation text, caveat text)
language sql immutable set search_path = '' as $$
  values
    (
      1,
      'clients',
      'clients',
      'The platform''s own total of its list of clients, against our clients who are not deleted.',
      null::text
    ),
    (
      2,
      'bookings',
      'bookings',
      'Bookings of one day that are not deleted, of anyone or no one, whatever became of them: the platform''s own total of that day, against ours.',
      null
    ),
    (
      3,
      'visits',
      'visits',
      'The sum of the visits the platform shows on its clients'' cards, against their attended bookings up to the day.',
      'The platform counts visits by rules of its own and may know some that it lists no booking for. Who came while the rebuild was reading shows as a difference until the next one.'
    ),
    (
      4,
      'sold',
      'money',
      'The sum of what the platform says its clients spent, against their payments up to the day, refunds subtracted, in minor units.',
      'The platform may count what was sold, ours is the money received: an unpaid sale or a deposit is a difference of meaning. What was paid while the rebuild was reading shows as a difference until the next one.'
    )
$$;
comment on function crm.known_figures is 'One row per figure a platform may show: its unit, what both sides count, and where the meaning may differ.';
grant execute on function crm.known_figures to authenticated;

create view crm.reconciliation with (security_invoker = true) as
  -- One row per club and figure that was ever tried: the latest reading, and why the last attempt failed where it did.
  select
    club.club_id,
    known.place,
    known.figure,
    latest.figure_date,
    latest.platform_value,
    latest.our_value,
    latest.our_value - latest.platform_value as difference,
    known.unit,
    latest.quarantined,
    latest.differing_clients,
    latest.read_at,
    known.explanation,
    known.caveat,
    missed.reason as not_read_reason,
    missed.tried_at as not_read_at
  from core.clubs as club
  cross join crm.known_figures() as known
  left join lateral (
    select reading.*
    from crm.platform_figures as reading
    where reading.club_id = club.club_id and reading.figure = known.figure
    order by reading.figure_date desc
    limit 1
  ) as latest on true
  left join crm.unread_figures as missed on missed.club_id = club.club_id and missed.figure = known.figure
  where latest.read_at is not null or missed.tried_at is not null;
comment on view crm.reconciliation is
  'One row per club and figure: the platform''s number, ours, and ours minus the platform''s; not_read_reason says why the last attempt failed.';
grant select on crm.reconciliation to authenticated, service_role;
