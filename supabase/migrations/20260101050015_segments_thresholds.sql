-- The thresholds of the rules: which they are, what they mean, and what they are for a club on a day. Their values and their
-- bounds live in core.settings; here are their words.
create table segments.thresholds (
  code text primary key,
  position integer not null unique,
  title text not null,
  meaning text not null,
  unit text not null check (unit in ('days', 'visits', 'money'))
);
comment on table segments.thresholds is 'One row per threshold of the segments: a column of core.settings, in words.';
comment on column segments.thresholds.unit is 'days, visits, or money in minor units.';

alter table segments.thresholds enable row level security;
grant select on segments.thresholds to authenticated;
create policy "everyone signed in reads what the thresholds mean" on segments.thresholds
  for select to authenticated using (true);

insert into segments.thresholds (code, position, title, meaning, unit)
values
  ('vip_threshold_minor', 1, 'VIP from', 'Paid in all; empty: what the top tenth of paying clients have paid', 'money'),
  ('pt_cancelled_min_days', 2, 'PT cancelled from', 'Days since the last personal training', 'days'),
  ('pt_cancelled_max_days', 3, 'PT cancelled until', 'Days since the last personal training', 'days'),
  ('trial_dropoff_min_days', 4, 'Trial drop-off from', 'Days since the only visit', 'days'),
  ('trial_dropoff_max_days', 5, 'Trial drop-off until', 'Days since the only visit', 'days'),
  ('lost_min_days', 6, 'Lost from', 'Days since the last visit', 'days'),
  ('nearly_lost_min_days', 7, 'Nearly lost from', 'Days since the last visit', 'days'),
  ('going_silent_min_days', 8, 'Going silent from', 'Days since the last visit', 'days'),
  ('at_risk_min_days', 9, 'At risk from', 'Days since the last visit', 'days'),
  ('regular_min_visits', 10, 'Regular from', 'Visits in the last 30 days', 'visits');

create function segments.thresholds_on(p_club_id bigint, p_as_of date, p_changes jsonb default '{}') returns jsonb
language sql stable set search_path = '' as $$
  -- Without a fixed VIP threshold, the percentile of the day stands for it.
  select coalesce(
    (
      select
        (select jsonb_object_agg(known.code, chosen.value -> known.code) from segments.thresholds as known)
        || jsonb_build_object(
          'vip_threshold_minor',
          coalesce((chosen.value ->> 'vip_threshold_minor')::bigint, stats.vip_percentile_on(p_club_id, p_as_of))
        )
      from (
        select to_jsonb(setting) || p_changes as value
        from core.settings as setting
        where setting.club_id = p_club_id
      ) as chosen
    ),
    '{}'
  )
$$;
comment on function segments.thresholds_on is
  'A club''s thresholds on a day as {code: number}, with these changes; vip_threshold_minor null: nobody has paid. {} for an unknown club.';

create function segments.club_sql(p_as_of date, p_thresholds jsonb) returns text
language sql stable set search_path = '' as $$
  select format(
    '%L::date as as_of, %s',
    p_as_of,
    string_agg(
      format(
        '%L::%s as %I', p_thresholds ->> known.code, case known.unit when 'money' then 'bigint' else 'integer' end, known.code
      ),
      ', ' order by known.position
    )
  )
  from segments.thresholds as known
$$;
comment on function segments.club_sql is 'The columns of `club` as SQL constants: the day, and these thresholds.';

create function segments.rule_in_words(p_rule text, p_thresholds jsonb) returns text
language plpgsql stable set search_path = '' as $$
declare
  words text := p_rule;
  threshold record;
begin
  for threshold in
    select
      known.code,
      case
        when known.unit = 'money'
        then regexp_replace(round((p_thresholds ->> known.code)::bigint / 100.0, 2)::text, '\.00$', '')
        else p_thresholds ->> known.code
      end as value
    from segments.thresholds as known
  loop
    words := replace(words, '{' || threshold.code || '}', coalesce(threshold.value, 'none yet'));
  end loop;
  return words;
end
$$;
comment on function segments.rule_in_words is
  'The words of a rule with thresholds in the place of their codes in braces; money in whole units, null: none yet.';

grant execute on function segments.thresholds_on, segments.club_sql, segments.rule_in_words to authenticated;
