-- What a client mostly did in their last 60 visits: one row per client named who ever visited.
-- A tie goes to the service first in the alphabet, or to the day first in the week.
create function campaigns.usual_habits(p_club_id bigint, p_as_of date, p_client_ids bigint[])
returns table (client_id bigint, usual_service text, usual_weekday text)
language sql stable set search_path = '' rows 100 as $$
  select
    client.client_id,
    mode() within group (order by service.title) filter (where service.title <> ''),
    lower(trim(to_char(
      date '2024-01-01' + (mode() within group (order by extract(isodow from visit.local_date)::integer)) - 1, 'Day'
    )))
  from unnest(p_client_ids) as client (client_id)
  cross join lateral (
    select known.local_date, known.service_external_ids[1] as service_external_id
    from crm.visits as known
    where known.club_id = p_club_id
      and known.client_id = client.client_id
      and known.local_date <= p_as_of
    order by known.local_date desc, known.booking_id desc
    limit 60
  ) as visit
  left join crm.services as service
    on service.club_id = p_club_id
    and service.external_id = visit.service_external_id
  group by client.client_id
$$;
comment on function campaigns.usual_habits is
  'The service (its title) and the English day of the week that each of these clients mostly chose in their last 60 visits; null when unknown.';
grant execute on function campaigns.usual_habits to authenticated;
