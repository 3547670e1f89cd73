-- A person, for messaging: the clients who share a phone get one message and have one opt-out. In the numbers they stay apart.
-- One row per club and phone of clients who are not deleted; a client without a phone is nobody's person.
create view crm.persons with (security_invoker = true) as
  select
    client.club_id,
    client.phone,
    array_agg(client.client_id order by client.client_id) as client_ids,
    count(*) as clients,
    -- The client we have known longest: an id never changes, so whoever is synced later with this phone does not take over.
    -- "The most active" would need visits, which this room may not read, and would change from day to day.
    min(client.client_id) as main_client_id
  from crm.clients as client
  where client.phone is not null
    and client.deleted_at is null
  group by client.club_id, client.phone;
comment on view crm.persons is 'One row per club and phone: the not deleted clients who share it, one person for messaging.';
grant select on crm.persons to authenticated;
