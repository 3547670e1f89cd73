-- Whom the automated scenarios fit on a day: one row per client and scenario, before any check.
-- The rules of all scenarios go into one query, so that the clients are read once whatever the number of scenarios. Nothing in it is
-- worth remembering from one client to the next: the planner would.
create function campaigns.fits_query(p_club_id bigint, p_as_of date, p_scenarios text[], p_source text) returns text
language sql stable set search_path = '' as $$
  select segments.query(
    p_club_id,
    p_as_of,
    'client.client_id, fit.*, placed.segment, client.ltv_minor',
    p_source,
    format(
      E'cross join lateral (\n%s\n) as fit (scenario, priority, occasion, once_since, why, variables)\nwhere %s',
      string_agg(
        format(
          E'select %L::text, %s, (%s)::text, (%s)::date, (%s)::text,\n'
          '  jsonb_build_object(''days_since_last_visit'', client.days_since_last_visit, ''visits_total'', client.visits_total) || %s\n'
          'where %s',
          scenario.code, scenario.priority, scenario.occasion, scenario.once_since, scenario.why, scenario.variables,
          segments.by_date_sql(scenario.holds)
        ),
        E'\nunion all\n' order by scenario.priority
      ),
      -- The same rules once more, where they can be asked while the clients are read: few fit any.
      string_agg(format('(%s)', segments.by_date_sql(scenario.holds)), E'\nor ' order by scenario.priority)
    ),
    p_is_fenced => true
  )
  from campaigns.scenarios as scenario
  where scenario.code = any (p_scenarios)
$$;
comment on function campaigns.fits_query is 'The query that finds whom any of these scenarios fits in a source of client stats; $1 are the clients where the source asks for them.';

create function campaigns.fits_scenarios(p_club_id bigint, p_as_of date, p_scenario text default null)
returns table (
  client_id bigint, scenario text, priority integer, occasion text, once_since date, why text, variables jsonb, segment text,
  ltv_minor bigint
)
language plpgsql stable set search_path = '' set enable_memoize = 'off' rows 10000 as $$
declare
  asked text[];
  chosen record;
  among bigint[];
begin
  asked := array(
    select known.code
    from campaigns.scenarios as known
    left join campaigns.club_scenarios as choice
      on choice.club_id = p_club_id and choice.scenario = known.code
    where known.is_automated
      and case when p_scenario is null then coalesce(choice.is_enabled, true) else known.code = p_scenario end
  );

  for chosen in
    select known.among, array_agg(known.code) as codes
    from campaigns.scenarios as known
    where known.code = any (asked)
    group by known.among
  loop
    among := null;
    if chosen.among is not null then
      execute format('select array(%s)', chosen.among) into among using p_club_id, p_as_of;
    end if;
    return query execute campaigns.fits_query(
      p_club_id, p_as_of, chosen.codes, segments.source_on(p_club_id, p_as_of, chosen.among is not null)
    ) using among;
  end loop;
end
$$;
comment on function campaigns.fits_scenarios is
  'Every client and enabled automated scenario that fit on a day, before any check; or whom one scenario would fit, enabled or not.';
grant execute on function campaigns.fits_query, campaigns.fits_scenarios to authenticated;
