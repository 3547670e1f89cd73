-- Rows that name a client we do not know yet count for no client until the client appears; this gives them to the client.
create function crm.resolve_clients() returns trigger
language plpgsql set search_path = '' as $$
begin
  update crm.bookings as booking
  set client_id = appeared.client_id
  from appeared
  where booking.club_id = appeared.club_id
    and booking.client_external_id = appeared.external_id
    and booking.client_id is null;

  update crm.payments as payment
  set client_id = appeared.client_id
  from appeared
  where payment.club_id = appeared.club_id
    and payment.client_external_id = appeared.external_id
    and payment.client_id is null;

  update crm.memberships as membership
  set client_id = appeared.client_id
  from appeared
  where membership.club_id = appeared.club_id
    and membership.client_external_id = appeared.external_id
    and membership.client_id is null;

  update crm.membership_sales as sale
  set client_id = appeared.client_id
  from appeared
  where sale.club_id = appeared.club_id
    and sale.client_external_id = appeared.external_id
    and sale.client_id is null;
  return null;
end
$$;

create index payments_without_known_client on crm.payments (club_id, client_external_id)
  where client_id is null and client_external_id is not null;
create index memberships_without_known_client on crm.memberships (club_id, client_external_id)
  where client_id is null and client_external_id is not null;
create index membership_sales_without_known_client on crm.membership_sales (club_id, client_external_id)
  where client_id is null and client_external_id is not null;

create trigger clients_resolve
  after insert on crm.clients
  referencing new table as appeared
  for each statement execute function crm.resolve_clients();
