-- Both sides of each figure, at one moment. What a platform writes on a client's card stays in its raw row; the adapter names the
-- field. A card without that number is left out on both sides.
create function crm.number_on_card(p_raw jsonb, p_field text) returns numeric
language sql immutable set search_path = '' as $$
  select case when p_raw ->> p_field ~ '^-?[0-9]{1,12}([.][0-9]{1,9})?$' then (p_raw ->> p_field)::numeric end
$$;
comment on function crm.number_on_card is 'A number of the platform''s raw row, also one written as text; null when there is none.';

create function crm.count_visits(p_club_id bigint, p_field text, p_as_of date)
returns table (client_id bigint, platform_visits bigint, our_visits bigint)
language sql stable set search_path = '' as $$
  with card as (
    select client.client_id, crm.number_on_card(client.raw, p_field) as visits
    from crm.clients as client
    where client.club_id = p_club_id and client.deleted_at is null
  ),
  counted as (
    select booking.client_id, count(*) as visits
    from crm.bookings as booking
    where booking.club_id = p_club_id
      and booking.status = 'attended'
      and not booking.is_deleted
      and booking.local_date <= p_as_of
    group by booking.client_id
  )
  select card.client_id, card.visits::bigint, coalesce(counted.visits, 0)
  from card
  left join counted on counted.client_id = card.client_id
  where card.visits is not null
$$;
comment on function crm.count_visits is
  'One row per not deleted client whose card shows a count of visits: the platform''s, and ours up to the day.';

create function crm.sum_payments(p_club_id bigint, p_field text, p_minor_digits integer, p_as_of date)
returns table (client_id bigint, platform_minor bigint, our_minor bigint)
language sql stable set search_path = '' as $$
  with card as (
    select
      client.client_id,
      round(crm.number_on_card(client.raw, p_field) * power(10::numeric, p_minor_digits))::bigint as minor
    from crm.clients as client
    where client.club_id = p_club_id and client.deleted_at is null
  ),
  paid as (
    select payment.client_id, sum(payment.amount_minor)::bigint as minor
    from crm.payments as payment
    where payment.club_id = p_club_id
      and not payment.is_deleted
      and payment.local_date <= p_as_of
    group by payment.client_id
  )
  select card.client_id, card.minor, coalesce(paid.minor, 0)
  from card
  left join paid on paid.client_id = card.client_id
  where card.minor is not null
$$;
comment on function crm.sum_payments is
  'One row per not deleted client whose card shows an amount: the platform''s in minor units, and our payments up to the day.';

create function crm.count_bookings(p_club_id bigint, p_date date) returns bigint
language sql stable set search_path = '' as $$
  select count(*)
  from crm.bookings as booking
  where booking.club_id = p_club_id
    and booking.local_date = p_date
    and not booking.is_deleted
$$;
comment on function crm.count_bookings is 'How many bookings a local day has that are not deleted, of anyone or no one, whatever became of them.';

create function crm.keep_visit_differences(p_club_id bigint, p_field text, p_as_of date, p_now timestamptz)
returns table (platform_visits bigint, our_visits bigint, differing_clients bigint)
language plpgsql set search_path = '' as $$
begin
  delete from crm.visit_differences as known where known.club_id = p_club_id;
  return query
    with counted as materialized (
      select both_sides.* from crm.count_visits(p_club_id, p_field, p_as_of) as both_sides
    ),
    kept as (
      insert into crm.visit_differences (club_id, client_id, platform_visits, our_visits, read_at)
      select p_club_id, counted.client_id, counted.platform_visits, counted.our_visits, p_now
      from counted
      where counted.platform_visits <> counted.our_visits
    )
    select
      sum(counted.platform_visits)::bigint,
      sum(counted.our_visits)::bigint,
      count(*) filter (where counted.platform_visits <> counted.our_visits)
    from counted;
end
$$;
comment on function crm.keep_visit_differences is
  'Compares the visits of all clients, keeps those who differ, and returns both sums; null: no card shows a count.';

create function crm.compare_figures(
  p_club_id bigint,
  p_counts jsonb,
  p_bookings_date date,
  p_client_fields jsonb,
  p_minor_digits integer,
  p_now timestamptz
)
returns table (
  figure text, figure_date date, platform_value bigint, our_value bigint, quarantined bigint, differing_clients bigint
)
language sql set search_path = '' as $$
  select
    'clients',
    core.local_date(p_club_id, p_now),
    (p_counts ->> 'clients')::bigint,
    (select count(*) from crm.clients as client where client.club_id = p_club_id and client.deleted_at is null),
    (
      select count(*)
      from crm.quarantine as held
      where held.club_id = p_club_id
        and held.entity = 'clients'
        and not exists (
          select
          from crm.clients as client
          where client.club_id = p_club_id and client.external_id = held.external_id and client.deleted_at is null
        )
    ),
    null::bigint
  union all
  select
    'bookings',
    p_bookings_date,
    (p_counts ->> 'bookings')::bigint,
    crm.count_bookings(p_club_id, p_bookings_date),
    null,
    null
  union all
  select 'visits', core.local_date(p_club_id, p_now), counted.platform_visits, counted.our_visits, null, counted.differing_clients
  from crm.keep_visit_differences(
    p_club_id, p_client_fields ->> 'visits', core.local_date(p_club_id, p_now), p_now
  ) as counted
  union all
  select
    'sold',
    core.local_date(p_club_id, p_now),
    sum(summed.platform_minor)::bigint,
    sum(summed.our_minor)::bigint,
    null,
    count(*) filter (where summed.platform_minor <> summed.our_minor)
  from crm.sum_payments(
    p_club_id, p_client_fields ->> 'sold', p_minor_digits, core.local_date(p_club_id, p_now)
  ) as summed
$$;
comment on function crm.compare_figures is
  'One row per figure with the platform''s number and ours; null for a number the platform does not show. Keeps the visit differences on the way.';

create function crm.store_figures(
  p_club_id bigint,
  p_counts jsonb,
  p_not_read jsonb,
  p_bookings_date date,
  p_client_fields jsonb,
  p_minor_digits integer,
  p_now timestamptz
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  answer jsonb;
begin
  with compared as materialized (
    select both_sides.*
    from crm.compare_figures(p_club_id, p_counts, p_bookings_date, p_client_fields, p_minor_digits, p_now) as both_sides
  ),
  stored as (
    insert into crm.platform_figures as known (
      club_id, figure, figure_date, platform_value, our_value, quarantined, differing_clients, read_at
    )
    select
      p_club_id,
      compared.figure,
      compared.figure_date,
      compared.platform_value,
      compared.our_value,
      compared.quarantined,
      compared.differing_clients,
      p_now
    from compared
    where compared.platform_value is not null
    on conflict (club_id, figure, figure_date) do update set
      platform_value = excluded.platform_value,
      our_value = excluded.our_value,
      quarantined = excluded.quarantined,
      differing_clients = excluded.differing_clients,
      read_at = excluded.read_at
    returning known.figure
  ),
  settled as (
    delete from crm.unread_figures as known
    using stored
    where known.club_id = p_club_id and known.figure = stored.figure
  ),
  missed as (
    insert into crm.unread_figures as known (club_id, figure, reason, tried_at)
    select
      p_club_id,
      compared.figure,
      coalesce(
        p_not_read ->> compared.figure,
        'The platform shows it on no client''s card: check the rights of the platform''s user.'
      ),
      p_now
    from compared
    where compared.platform_value is null
      -- What a platform never shows is not missed.
      and (p_not_read ? compared.figure or p_client_fields ? compared.figure)
    on conflict (club_id, figure) do update set reason = excluded.reason, tried_at = excluded.tried_at
    returning known.figure, known.reason
  )
  select jsonb_build_object(
    'read', coalesce((select jsonb_agg(stored.figure order by stored.figure) from stored), '[]'),
    'not_read', coalesce((select jsonb_object_agg(missed.figure, missed.reason) from missed), '{}')
  ) into answer;
  return answer;
end
$$;
comment on function crm.store_figures is
  'Stores the platform''s figures with ours of the same moment: {read: […], not_read: {figure: reason}}. p_counts: what it was asked for; p_client_fields: where a client''s raw row shows visits and sold.';
