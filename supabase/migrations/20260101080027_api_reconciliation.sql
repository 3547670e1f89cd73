-- The platform's numbers beside ours, for whoever asks whether ours can be trusted.
create view api.reconciliation with (security_invoker = true) as
  -- One row per club and figure that was ever tried, in the order of `place`.
  select
    compared.club_id,
    compared.place,
    compared.figure,
    compared.figure_date,
    compared.platform_value,
    compared.our_value,
    compared.difference,
    compared.unit,
    compared.quarantined,
    compared.differing_clients,
    compared.read_at,
    compared.explanation,
    compared.caveat,
    compared.not_read_reason,
    compared.not_read_at
  from crm.reconciliation as compared;
comment on view api.reconciliation is
  'One row per club and figure: the platform''s number, ours, ours minus the platform''s, and why the last attempt failed where it did.';
grant select on api.reconciliation to authenticated, service_role;

create function api.visit_differences(p_club_id bigint)
returns table (
  client_id bigint, external_id text, name text, platform_visits bigint, our_visits bigint, difference bigint, read_at timestamptz
)
language sql stable set search_path = '' as $$
  select
    differing.client_id,
    client.external_id,
    client.name,
    differing.platform_visits,
    differing.our_visits,
    differing.our_visits - differing.platform_visits,
    differing.read_at
  from crm.visit_differences as differing
  join crm.clients as client on client.club_id = differing.club_id and client.client_id = differing.client_id
  where differing.club_id = p_club_id
  order by abs(differing.our_visits - differing.platform_visits) desc, differing.client_id
$$;
comment on function api.visit_differences is
  'The clients for whom the platform counted other visits than we did when it was last asked, the most different first.';
revoke all on function api.visit_differences from public, anon;
grant execute on function api.visit_differences to authenticated, service_role;
