-- Clients not deleted; the same at every D.
create function metrics.clients_total(p_club_id bigint, p_as_of date) returns metrics.reading
language sql stable set search_path = '' as $$
  select (metrics.count_of(count(*))).*
  from crm.clients as client
  where client.club_id = p_club_id
    and client.deleted_at is null
$$;

select metrics.define(
  p_code => 'clients_total',
  p_position => 20,
  p_title => 'Clients',
  p_tooltip => 'Everyone in the booking platform who has not been deleted there, whether they ever came or not.',
  p_formula => 'Clients not deleted',
  p_unit => 'clients',
  p_direction => 'up',
  p_smallest_sample => 1,
  p_caveat => 'The same on every day: the platform does not say when a client was created or deleted.'
);
