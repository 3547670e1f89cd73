-- What may be wrong with the numbers, said before anybody asks, and the one button that mends it.
create view api.number_incidents with (security_invoker = true) as
  -- One row per open incident of a club.
  select
    comparison.club_id,
    'rollup_differs' as incident,
    comparison.compared_at as noticed_at,
    comparison.clients_different as clients,
    format(
      'The nightly check recomputed %s clients as of %s: of %s the stored facts were others.',
      comparison.clients_compared, comparison.as_of, comparison.clients_different
    ) as detail
  from stats.comparisons as comparison
  where comparison.clients_different > 0
    and comparison.repaired_at is null
  union all
  select
    failure.club_id,
    'step_failed',
    failure.first_failed_at,
    null,
    format(
      '%s has failed %s, last: %s',
      failure.step, case failure.times when 1 then 'once' else failure.times || ' times' end, failure.message
    )
  from stats.failures as failure;
comment on view api.number_incidents is
  'One row per open incident of a club''s numbers: a nightly comparison with differences nobody had repaired, or a scheduled step that fails.';

create view api.number_differences with (security_invoker = true) as
  -- One row per client of a comparison that differed.
  select
    difference.club_id,
    difference.comparison_id,
    comparison.compared_at,
    comparison.as_of,
    comparison.repaired_at,
    difference.client_id,
    difference.fields
  from stats.differences as difference
  join stats.comparisons as comparison using (club_id, comparison_id);
comment on view api.number_differences is 'One row per client whose stored facts were not the recomputed ones: each field with both values.';

create function api.repair_numbers(p_club_id bigint) returns bigint
-- Security definer: nobody signed in may write tables; this door checks who knocks.
-- The Data API takes the limit from here: everybody may have to be recomputed.
language plpgsql security definer set search_path = '' set statement_timeout = '100s' as $$
declare
  clients bigint;
begin
  if coalesce(core.my_role(p_club_id), '') not in ('owner', 'operator') then
    raise exception 'Only an owner or operator of the club may have its numbers recomputed.' using errcode = 'insufficient_privilege';
  end if;
  clients := stats.repair(p_club_id, auth.uid(), now());
  perform core.audit(
    p_club_id, 'operator:' || auth.uid(), 'numbers.repaired', 'club:' || p_club_id, jsonb_build_object('clients', clients), now()
  );
  perform segments.tick(p_club_id, now());
  return clients;
end
$$;
comment on function api.repair_numbers is
  'Recomputes the clients of all open incidents of a club now and notes who asked; returns how many. For owners and operators.';

grant select on api.number_incidents, api.number_differences to authenticated;
revoke all on function api.repair_numbers from public, anon, service_role;
grant execute on function api.repair_numbers to authenticated;
