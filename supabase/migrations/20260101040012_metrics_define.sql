-- Enters a metric: its words, its rule, and from the rule the function metrics.<code>(p_club_id, p_as_of).
-- A metric that no rule over clients can say brings a function of its own.
create function metrics.body_of(p_counts text, p_sums text, p_among text, p_quotient_of text[]) returns text
language sql immutable set search_path = '' as $$
  select case
    when p_quotient_of is not null then format(
      E'  select (metrics.ratio_of(upper.value, lower.value)).*\n'
      '  from metrics.%I(p_club_id, p_as_of) as upper\n'
      '  cross join metrics.%I(p_club_id, p_as_of) as lower',
      p_quotient_of[1], p_quotient_of[2])
    else format(
      E'  select (%s).*\n'
      '  from stats.on_day(p_club_id, p_as_of) as client\n'
      '  cross join metrics.club_on(p_club_id, p_as_of) as club\n'
      '  where %s',
      -- Each rule ends with a line of its own: it may end with a comment.
      case
        when p_sums is not null then format(E'metrics.ratio_of(sum(%s\n  ), count(*))', p_sums)
        when p_among is not null then format(E'metrics.ratio_of(count(*) filter (where %s\n  ), count(*))', p_counts)
        else 'metrics.count_of(count(*))'
      end,
      coalesce(p_among, p_counts))
  end
$$;
comment on function metrics.body_of is 'The query of a metric with such a rule.';

create function metrics.check_rule(
  p_code text, p_counts text, p_sums text, p_among text, p_quotient_of text[], p_has_service_kinds boolean
) returns void
language plpgsql stable set search_path = '' as $$
declare
  problem text := case
    when p_counts is not null and p_sums is not null then 'both counts and sums: give it one of them'
    when p_sums is not null and p_among is null then 'sums among nobody: say of which clients in p_among'
    when p_quotient_of is not null and coalesce(p_counts, p_sums, p_among) is not null then 'is a quotient and has a rule: give it one of them'
    when p_quotient_of is not null and p_has_service_kinds then 'is a quotient and cannot be read by service kind: leave p_has_service_kinds out'
    when cardinality(p_quotient_of) <> 2 then 'must divide two metrics: name them in p_quotient_of'
    when exists (
      select
      from unnest(p_quotient_of) as part (code)
      left join metrics.definitions as definition using (code)
      where definition.code is null
        or definition.quotient_of is not null
    ) then 'can only divide metrics that are defined before it and are no quotients themselves'
    when p_among is not null and coalesce(p_counts, p_sums) is null then 'has p_among alone: say what it counts or sums of them'
  end;
begin
  if problem is not null then
    raise exception 'Metric % %.', p_code, problem using errcode = 'check_violation';
  end if;
end
$$;
comment on function metrics.check_rule is 'Refuses a rule that cannot be read, with a sentence that says the cure.';

create function metrics.define(
  p_code text,
  p_position integer,
  p_title text,
  p_tooltip text,
  p_formula text,
  p_unit text,
  p_direction text,
  p_smallest_sample integer,
  p_caveat text default null,
  p_period_days integer default 30,
  p_counts text default null,
  p_sums text default null,
  p_among text default null,
  p_quotient_of text[] default null,
  p_has_service_kinds boolean default false,
  p_translations jsonb default '{}'
) returns void
language plpgsql set search_path = '' as $$
declare
  has_rule boolean := coalesce(p_counts, p_sums, p_quotient_of[1]) is not null;
  metric regprocedure;
begin
  perform metrics.check_rule(p_code, p_counts, p_sums, p_among, p_quotient_of, p_has_service_kinds);
  if has_rule then
    execute format(
      E'create or replace function metrics.%I(p_club_id bigint, p_as_of date) returns metrics.reading\n'
      'language sql stable set search_path = '''' as $metric$\n%s\n$metric$',
      p_code, metrics.body_of(p_counts, p_sums, p_among, p_quotient_of));
  end if;
  metric := to_regprocedure(format('metrics.%I(bigint, date)', p_code));
  if metric is null then
    raise exception
      'Metric % has neither a rule nor a function metrics.%(p_club_id bigint, p_as_of date): give it one.', p_code, p_code;
  end if;
  if p_has_service_kinds and not has_rule and to_regprocedure(format('metrics.%I(bigint, date, text)', p_code || '_of_kind')) is null then
    raise exception
      'Metric % has no function metrics.%_of_kind(p_club_id bigint, p_as_of date, p_service_kind text): create it first.',
      p_code, p_code;
  end if;

  insert into metrics.definitions as known
    (code, position, title, tooltip, formula, unit, direction, smallest_sample, caveat, period_days, counts, sums, among,
     quotient_of, has_service_kinds, sql)
  values
    (p_code, p_position, p_title, p_tooltip, p_formula, p_unit, p_direction, p_smallest_sample, p_caveat, p_period_days,
     p_counts, p_sums, p_among, p_quotient_of, p_has_service_kinds, pg_get_functiondef(metric))
  on conflict (code) do update set
    position = excluded.position,
    title = excluded.title,
    tooltip = excluded.tooltip,
    formula = excluded.formula,
    unit = excluded.unit,
    direction = excluded.direction,
    smallest_sample = excluded.smallest_sample,
    caveat = excluded.caveat,
    period_days = excluded.period_days,
    counts = excluded.counts,
    sums = excluded.sums,
    among = excluded.among,
    quotient_of = excluded.quotient_of,
    has_service_kinds = excluded.has_service_kinds,
    sql = excluded.sql;

  delete from metrics.translations as translation where translation.code = p_code;
  insert into metrics.translations (code, language, title, tooltip)
  select p_code, word.language, word.title, word.tooltip
  from (
    select 'en' as language, p_title as title, p_tooltip as tooltip
    union all
    select given.key, given.value ->> 'title', given.value ->> 'tooltip'
    from jsonb_each(p_translations) as given
  ) as word;

  execute format('comment on function %s is %L', metric, concat_ws(' ', p_title || ':', p_tooltip, p_caveat));
  execute format('grant execute on function %s to authenticated', metric);
end
$$;
comment on function metrics.define is
  'Enters a metric in the dictionary in all its languages, creates its function from the rule, comments it with the same text and grants it. Fails when there is neither a rule nor a function.';
