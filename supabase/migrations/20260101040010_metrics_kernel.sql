-- The kernel: one dictionary, one signature, one row shape. A metric is a call of metrics.define with its rule: SQL over
-- `client`, a row of stats.client_stats, and `club`, the day and the thresholds. From the rule comes the function
-- metrics.<code>(p_club_id, p_as_of), and metrics.read_all, which asks all rules of each client once.
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
  smallest_sample integer not null check (smallest_sample > 0),
  period_days integer not null check (period_days > 0),
  counts text,
  sums text,
  among text,
  quotient_of text[] check (cardinality(quotient_of) = 2),
  has_service_kinds boolean not null,
  sql text not null,
  constraint rule_counts_or_sums check (counts is null or sums is null),
  constraint sum_is_among_somebody check (sums is null or among is not null),
  constraint quotient_has_no_rule check (quotient_of is null or (counts is null and sums is null))
);
comment on table metrics.definitions is 'One row per metric: what it is called, what it means, how it is computed. The pages hold no metric text.';
comment on column metrics.definitions.direction is 'Which way is good: up, down, or neither.';
comment on column metrics.definitions.smallest_sample is 'Below this sample size a reading is too small to mean much.';
comment on column metrics.definitions.period_days is 'A reading is compared with that of so many days before.';
comment on column metrics.definitions.counts is 'Which clients count, as a condition; among the clients of `among` if there is one.';
comment on column metrics.definitions.sums is 'What is added up of each client of `among`.';
comment on column metrics.definitions.among is 'Which clients the share or mean is of; null for a count.';
comment on column metrics.definitions.quotient_of is 'The two metrics whose values are divided.';
comment on column metrics.definitions.has_service_kinds is 'Whether it can be read of the visits of one service kind.';
comment on column metrics.definitions.sql is 'The very function that is run.';

create table metrics.translations (
  code text not null references metrics.definitions,
  language text not null check (language in ('cs', 'uk', 'ru', 'en', 'bg')),
  title text not null check (title <> ''),
  tooltip text not null check (tooltip <> ''),
  primary key (code, language)
);
comment on table metrics.translations is 'One row per metric and language: its title and tooltip for the operator''s language.';

alter table metrics.definitions enable row level security;
alter table metrics.translations enable row level security;
grant select on metrics.definitions, metrics.translations to authenticated;
create policy "everyone signed in reads the dictionary" on metrics.definitions
  for select to authenticated using (true);
create policy "everyone signed in reads the dictionary in their language" on metrics.translations
  for select to authenticated using (true);

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

create function metrics.club_on(p_club_id bigint, p_as_of date)
returns table (as_of date, core_min_visits integer, vip_threshold_minor bigint)
language sql stable set search_path = '' rows 1 as $$
  select p_as_of, setting.core_min_visits, stats.vip_threshold(p_club_id, p_as_of)
  from core.settings as setting
  where setting.club_id = p_club_id
$$;
comment on function metrics.club_on is 'What a rule may ask of the club: one row with the day and the club''s thresholds; none for an unknown club.';

grant execute on function metrics.count_of, metrics.ratio_of, metrics.club_on to authenticated;
