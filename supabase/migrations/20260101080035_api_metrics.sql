-- The numbers for the dashboard: readings with their change and their stamp, lines, the dictionary, and the people behind.
create function api.read_metrics(p_club_id bigint, p_as_of date, p_language text default 'en')
returns table (
  code text, title text, tooltip text, formula text, unit text, direction text, caveat text, smallest_sample integer,
  value numeric, numerator numeric, denominator numeric, sample_size bigint, is_large_enough boolean,
  change numeric, change_as_of date, previous_as_of date, previous_value numeric, is_change_large_enough boolean,
  computed_at timestamptz, data_until timestamptz
)
language sql stable set search_path = '' as $$
  -- The change is of days that are over: a morning is not compared with a whole day.
  with change as materialized (
    select changed.*
    from metrics.changes_on(p_club_id, least(p_as_of, core.local_date(p_club_id, now()) - 1)) as changed
  ),
  stamp as (
    select
      case
        when stats.stands_at(p_club_id, p_as_of)
        then (select day.refreshed_at from stats.club_days as day where day.club_id = p_club_id)
        else now()
      end as computed_at,
      crm.last_good_sync(p_club_id) as data_until
  )
  select
    definition.code,
    coalesce(word.title, definition.title),
    coalesce(word.tooltip, definition.tooltip),
    definition.formula,
    definition.unit,
    definition.direction,
    definition.caveat,
    definition.smallest_sample,
    reading.value,
    reading.numerator,
    reading.denominator,
    reading.sample_size,
    reading.sample_size >= definition.smallest_sample,
    change.change,
    change.as_of,
    change.previous_as_of,
    change.previous_value,
    change.is_large_enough,
    stamp.computed_at,
    stamp.data_until
  from metrics.read_all(p_club_id, p_as_of) as reading
  join metrics.definitions as definition using (code)
  cross join stamp
  left join metrics.translations as word
    on word.code = definition.code
    and word.language = p_language
  left join change on change.code = definition.code
  order by definition.position
$$;
comment on function api.read_metrics is
  'Every metric of a club as of a day with its dictionary entry in a language, the change of the last whole day against a period before, and when and from what it was computed.';

create view api.metric_definitions with (security_invoker = true) as
  -- One row per metric and language.
  select
    definition.code,
    definition.position,
    word.language,
    word.title,
    word.tooltip,
    definition.formula,
    definition.unit,
    definition.direction,
    definition.caveat,
    definition.smallest_sample,
    definition.period_days,
    definition.has_service_kinds,
    coalesce(definition.counts, definition.sums) is not null as has_clients,
    definition.sql
  from metrics.definitions as definition
  join metrics.translations as word using (code);
comment on view api.metric_definitions is
  'The dictionary: one row per metric and language with title, tooltip, formula, unit, direction, caveat, and the SQL that is run.';

create view api.metric_history with (security_invoker = true) as
  -- One row per club, metric, service kind and day.
  select
    kept.club_id,
    kept.code,
    kept.service_kind,
    kept.as_of,
    kept.basis,
    kept.value,
    kept.numerator,
    kept.denominator,
    kept.sample_size,
    kept.computed_at,
    kept.data_until
  from metrics.snapshots as kept;
comment on view api.metric_history is
  'One row per club, metric, service kind (all: every visit) and day: what was known on the day, or replayed later.';

create function api.metric_lines(p_club_id bigint, p_from date, p_until date)
returns table (code text, points jsonb)
language sql stable set search_path = '' as $$
  select
    kept.code,
    jsonb_agg(jsonb_build_array(kept.as_of, kept.value) order by kept.as_of)
  from metrics.snapshots as kept
  where kept.club_id = p_club_id
    and kept.service_kind = 'all'
    and kept.as_of between p_from and p_until
  group by kept.code
$$;
comment on function api.metric_lines is 'One row per metric with its line, [[day, value], …] from p_from to p_until; days without a reading are absent.';

create view api.location_metrics with (security_invoker = true) as
  -- One row per club and metric: a club is one location of the platform.
  select
    club.club_id,
    club.name as location,
    club.currency,
    definition.code,
    latest.as_of,
    latest.value,
    latest.numerator,
    latest.denominator,
    latest.sample_size,
    latest.computed_at,
    latest.data_until
  from core.clubs as club
  cross join metrics.definitions as definition
  -- Off the end of each line: they are years long.
  cross join lateral (
    select kept.*
    from metrics.snapshots as kept
    where kept.club_id = club.club_id
      and kept.code = definition.code
      and kept.service_kind = 'all'
    order by kept.as_of desc
    limit 1
  ) as latest;
comment on view api.location_metrics is
  'The latest kept reading of every metric of each of my clubs, side by side: a club is a location of the booking platform.';

create function api.clients_behind(p_club_id bigint, p_code text, p_as_of date)
returns table (client_id bigint, external_id text, name text, is_counted boolean)
language sql stable set search_path = '' rows 1000 as $$
  select behind.client_id, behind.external_id, client.name, behind.is_counted
  from metrics.clients_behind(p_club_id, p_code, p_as_of) as behind
  join crm.clients as client
    on client.club_id = p_club_id
    and client.client_id = behind.client_id
  order by behind.is_counted desc, client.name
$$;
comment on function api.clients_behind is
  'The clients a reading is made of, by name; of a share or mean all it is taken among, is_counted for its numerator.';

grant select on api.metric_definitions, api.metric_history, api.location_metrics to authenticated;
revoke all on function api.read_metrics, api.metric_lines, api.clients_behind from public, anon;
grant execute on function api.read_metrics, api.metric_lines, api.clients_behind to authenticated;
