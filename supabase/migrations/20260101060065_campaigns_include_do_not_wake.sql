-- A club's choice whether a scenario also writes to those who are not to be woken.
-- It holds from the next check on: at planning, at an approval and when a message is claimed.
create function campaigns.include_do_not_wake(p_club_id bigint, p_scenario text, p_includes boolean) returns void
language plpgsql set search_path = '' as $$
begin
  if p_includes is null then
    raise exception 'Whether scenario "%" includes those who are not to be woken must be true or false.', p_scenario
      using errcode = 'check_violation';
  end if;
  if not exists (select from campaigns.scenarios as known where known.code = p_scenario) then
    raise exception 'Scenario "%" is unknown: look up its code in the list of scenarios.', p_scenario using errcode = 'no_data_found';
  end if;

  insert into campaigns.club_scenarios (club_id, scenario, includes_do_not_wake)
  values (p_club_id, p_scenario, p_includes)
  on conflict (club_id, scenario) do update set includes_do_not_wake = excluded.includes_do_not_wake;
end
$$;
comment on function campaigns.include_do_not_wake is
  'Sets whether a club''s scenario also writes to the clients of segments.do_not_wake. Fails for an unknown scenario.';
