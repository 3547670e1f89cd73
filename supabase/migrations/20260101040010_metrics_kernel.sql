-- The kernel: one dictionary, one signature, one row shape. A metric is a function metrics.<code>(p_club_id, p_as_of)
-- and a call of metrics.define beside it.
create type metrics.reading as (
  value numeric,
  numerator numeric,
  denominator numeric,
  sample_size bigint
);
comment on type metrics.reading is
  'Counts and sums: numerator = value, denominator null. Ratios: value = numerator / denominator, null when that is 0.';

create table metrics.definitions (
  code text primary key check (code ~ '^[a-z][a-z0-9_]*$'),
  position integer not null unique,
  title text not null,
  tooltip text not null,
  formula text not null,
  unit text not null check (unit in ('clients', 'share', 'visits', 'money')),
  direction text not null check (direction in ('up', 'down', 'neutral')),
  caveat text,
  smallest_sample integer not null check (smallest_sample > 0)
);
comment on table metrics.definitions is 'One row per metric: what it is called, what it means, how it is computed. The pages hold no metric text.';
comment on column metrics.definitions.direction is 'Which way is good: up, down, or neither.';
comment on column metrics.definitions.smallest_sample is 'Below this sample size a reading is too small to mean much.';

alter table metrics.definitions enable row level security;
grant select on metrics.definitions to authenticated;
create policy "everyone signed in reads the dictionary" on metrics.definitions
  for select to authenticated using (true);

create function metrics.define(
  p_code text,
  p_position integer,
  p_title text,
  p_tooltip text,
  p_formula text,
  p_unit text,
  p_direction text,
  p_smallest_sample integer,
  p_caveat text default null
) returns void
language plpgsql set search_path = '' as $$
declare
  metric regprocedure := to_regprocedure(format('metrics.%I(bigint, date)', p_code));
begin
  if metric is null then
    raise exception 'Metric % has no function metrics.%(p_club_id bigint, p_as_of date): create it first.', p_code, p_code;
  end if;
  insert into metrics.definitions as known
    (code, position, title, tooltip, formula, unit, direction, smallest_sample, caveat)
  values (p_code, p_position, p_title, p_tooltip, p_formula, p_unit, p_direction, p_smallest_sample, p_caveat)
  on conflict (code) do update set
    position = excluded.position,
    title = excluded.title,
    tooltip = excluded.tooltip,
    formula = excluded.formula,
    unit = excluded.unit,
    direction = excluded.direction,
    smallest_sample = excluded.smallest_sample,
    caveat = excluded.caveat;
  execute format('comment on function %s is %L', metric, concat_ws(' ', p_title || ':', p_tooltip, p_caveat));
  execute format('grant execute on function %s to authenticated', metric);
end
$$;
comment on function metrics.define is
  'Enters a metric in the dictionary, comments its function with the same text and grants it. Fails when the function is missing.';

create function metrics.count_of(p_rows bigint) returns metrics.reading
language sql immutable set search_path = '' as $$
  select p_rows::numeric, p_rows::numeric, null::numeric, p_rows
$$;
comment on function metrics.count_of is 'The reading of a count: value and numerator are the count, and so is the sample.';

create function metrics.ratio_of(p_numerator numeric, p_denominator numeric) returns metrics.reading
language sql immutable set search_path = '' as $$
  select
    p_numerator / nullif(p_denominator, 0),
    coalesce(p_numerator, 0),
    coalesce(p_denominator, 0),
    coalesce(p_denominator, 0)::bigint
$$;
comment on function metrics.ratio_of is 'The reading of a share or mean: null when the denominator is 0, the sample is the denominator.';

grant execute on function metrics.count_of, metrics.ratio_of to authenticated;

create function metrics.read_all(p_club_id bigint, p_as_of date)
returns table (code text, value numeric, numerator numeric, denominator numeric, sample_size bigint)
language plpgsql stable set search_path = '' as $$
declare
  metric text;
begin
  for metric in select definition.code from metrics.definitions as definition order by definition.position loop
    return query execute format(
      'select %L::text, reading.value, reading.numerator, reading.denominator, reading.sample_size
       from metrics.%I($1, $2) as reading',
      metric, metric
    ) using p_club_id, p_as_of;
  end loop;
end
$$;
comment on function metrics.read_all is 'One row per metric of the dictionary, in its order, as of a day. Any past day can be read.';
grant execute on function metrics.read_all to authenticated;
