-- What crm-sync calls at the end of a rebuild, with the service key only: a thin door to crm.store_figures.
create function api.store_figures(
  p_club_id bigint,
  p_counts jsonb,
  p_not_read jsonb,
  p_bookings_date date,
  p_client_fields jsonb,
  p_minor_digits integer,
  p_now timestamptz
) returns jsonb
-- As api.close_listing: years of bookings take more than the Data API's usual few seconds.
language sql set search_path = '' set statement_timeout = '100s' as $$
  select crm.store_figures(p_club_id, p_counts, p_not_read, p_bookings_date, p_client_fields, p_minor_digits, p_now)
$$;
comment on function api.store_figures is
  'Stores what the platform counts beside what we count: {read, not_read}, by figure.';

revoke all on function api.store_figures from public, anon, authenticated;
grant execute on function api.store_figures to service_role;
