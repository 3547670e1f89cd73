-- Who shares a phone with whom, so that an operator sees why one of them got the message for all, and mends a wrong number.
-- One row per club and phone of two clients or more; row-level security of the clients decides what there is to see.
create view api.shared_phones with (security_invoker = true) as
  select
    person.club_id,
    person.phone,
    person.clients,
    person.main_client_id,
    (
      select jsonb_agg(
        jsonb_build_object('client_id', client.client_id, 'external_id', client.external_id, 'name', client.name)
        order by client.client_id
      )
      from crm.clients as client
      where client.club_id = person.club_id
        and client.client_id = any (person.client_ids)
    ) as members
  from crm.persons as person
  where person.clients > 1;
comment on view api.shared_phones is
  'One row per phone that several clients share: members [{client_id, external_id, name}], the longest known first.';
grant select on api.shared_phones to authenticated, service_role;
