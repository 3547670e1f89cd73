-- All metrics of a day at once: every rule is asked of each client in one scan of the rollup, or of one replay.
create function metrics.read_rules(p_club_id bigint, p_as_of date, p_service_kind text default null)
returns table (code text, value numeric, numerator numeric, denominator numeric, sample_size bigint)
language plpgsql stable set search_path = '' rows 30 as $$
declare
  codes text[];
  numerators text;
  denominators text;
  source text := case
    when p_service_kind is not null then 'stats.replay($1, $2, p_service_kind => $5)'
    when stats.stands_at(p_club_id, p_as_of) then 'stats.client_stats'
    else 'stats.on_day($1, $2)'
  end;
  club record;
begin
  select
    array_agg(definition.code order by definition.position),
    string_agg(
      case
        when definition.sums is not null then format(E'sum(%s\n) filter (where %s\n)', definition.sums, definition.among)
        when definition.among is not null
        then format(E'count(*) filter (where (%s\n) and (%s\n))', definition.among, definition.counts)
        else format(E'count(*) filter (where %s\n)', definition.counts)
      end,
      E',\n' order by definition.position
    ),
    string_agg(
      case when definition.among is null then 'null' else format(E'count(*) filter (where %s\n)', definition.among) end,
      E',\n' order by definition.position
    )
  into codes, numerators, denominators
  from metrics.definitions as definition
  where (definition.counts is not null or definition.sums is not null)
    and (p_service_kind is null or definition.has_service_kinds);
  if codes is null then
    return;
  end if;

  select * into club from metrics.club_on(p_club_id, p_as_of);
  return query execute format(
    'select
       reading.code,
       case when reading.is_ratio then reading.numerator / nullif(reading.denominator, 0) else reading.numerator end,
       coalesce(reading.numerator, 0),
       reading.denominator,
       coalesce(reading.denominator, reading.numerator)::bigint
     from (
       select array[%s]::numeric[] as numerators, array[%s]::numeric[] as denominators
       from %s as client
       cross join (select $2 as as_of, $3 as core_min_visits, $4 as vip_threshold_minor) as club
       where client.club_id = $1
     ) as counted
     cross join lateral unnest(%L::text[], counted.numerators, counted.denominators, %L::boolean[])
       as reading (code, numerator, denominator, is_ratio)',
    numerators, denominators, source, codes,
    array(
      select definition.among is not null
      from unnest(codes) with ordinality as listed (code, place)
      join metrics.definitions as definition using (code)
      order by listed.place
    )
  ) using p_club_id, p_as_of, club.core_min_visits, club.vip_threshold_minor, p_service_kind;
end
$$;
comment on function metrics.read_rules is
  'The metrics that are rules over clients, as of a day; of a service kind: those that can be, as if there were no other visits.';

create function metrics.read_functions(p_club_id bigint, p_as_of date, p_service_kind text default null)
returns table (code text, value numeric, numerator numeric, denominator numeric, sample_size bigint)
language plpgsql stable set search_path = '' rows 3 as $$
declare
  metric record;
begin
  for metric in
    select definition.code
    from metrics.definitions as definition
    where coalesce(definition.counts, definition.sums, definition.quotient_of[1]) is null
      and (p_service_kind is null or definition.has_service_kinds)
  loop
    return query execute format(
      'select %L::text, reading.value, reading.numerator, reading.denominator, reading.sample_size from metrics.%I(%s) as reading',
      metric.code,
      case when p_service_kind is null then metric.code else metric.code || '_of_kind' end,
      case when p_service_kind is null then '$1, $2' else '$1, $2, $3' end
    ) using p_club_id, p_as_of, p_service_kind;
  end loop;
end
$$;
comment on function metrics.read_functions is 'The metrics with a function of their own, as of a day; of a service kind: those that can be.';

create function metrics.read_all(p_club_id bigint, p_as_of date)
returns table (code text, value numeric, numerator numeric, denominator numeric, sample_size bigint)
language sql stable set search_path = '' rows 30 as $$
  with reading as materialized (
    select * from metrics.read_rules(p_club_id, p_as_of)
    union all
    select * from metrics.read_functions(p_club_id, p_as_of)
  ),
  quotient as (
    select definition.code, (metrics.ratio_of(upper.value, lower.value)).*
    from metrics.definitions as definition
    join reading as upper on upper.code = definition.quotient_of[1]
    join reading as lower on lower.code = definition.quotient_of[2]
  )
  select every.code, every.value, every.numerator, every.denominator, every.sample_size
  from (select * from reading union all select * from quotient) as every
  join metrics.definitions as definition using (code)
  order by definition.position
$$;
comment on function metrics.read_all is 'One row per metric of the dictionary, in its order, as of a day. Any past day can be read.';

create function metrics.read_by_service_kind(p_club_id bigint, p_as_of date)
returns table (service_kind text, code text, value numeric, numerator numeric, denominator numeric, sample_size bigint)
language sql stable set search_path = '' rows 50 as $$
  select kind.service_kind, reading.*
  from unnest(array['trial', 'group', 'personal', 'open', 'other']) with ordinality as kind (service_kind, place)
  cross join lateral (
    select * from metrics.read_rules(p_club_id, p_as_of, kind.service_kind)
    union all
    select * from metrics.read_functions(p_club_id, p_as_of, kind.service_kind)
  ) as reading
  join metrics.definitions as definition using (code)
  order by definition.position, kind.place
$$;
comment on function metrics.read_by_service_kind is
  'One row per service kind and metric that has them: the metric as if the club had only visits of that kind. Kinds do not add up: a client may come to several.';

create function metrics.clients_behind(p_club_id bigint, p_code text, p_as_of date)
returns table (client_id bigint, external_id text, is_counted boolean)
language plpgsql stable set search_path = '' rows 1000 as $$
declare
  definition metrics.definitions;
begin
  select * into definition from metrics.definitions as known where known.code = p_code;
  if definition.counts is null and definition.sums is null then
    raise exception 'No clients stand behind "%": ask for a metric whose rule is over clients (counts or sums in metrics.definitions).', p_code
      using errcode = 'check_violation';
  end if;
  return query execute format(
    E'select client.client_id, known.external_id, (%s\n) is true
     from stats.on_day($1, $2) as client
     join crm.clients as known using (club_id, client_id)
     cross join metrics.club_on($1, $2) as club
     where %s\n
     order by client.client_id',
    coalesce(definition.counts, 'true'), coalesce(definition.among, definition.counts)
  ) using p_club_id, p_as_of;
end
$$;
comment on function metrics.clients_behind is
  'The clients a reading is made of: those it counts; of a share or mean all it is taken among, with is_counted for the numerator.';

grant execute on function
  metrics.read_rules, metrics.read_functions, metrics.read_all, metrics.read_by_service_kind, metrics.clients_behind
to authenticated;
