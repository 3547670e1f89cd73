-- Who a client is, for the page about one of them.
create view api.clients with (security_invoker = true) as
  -- One row per client of the booking platform who is not deleted there.
  select
    client.club_id,
    client.client_id,
    client.external_id,
    client.name
  from crm.clients as client
  where client.deleted_at is null;
comment on view api.clients is 'One row per client who is not deleted: the name, and the number on the booking platform.';
grant select on api.clients to authenticated;
