-- A reading against the one a period before, from the kept history: both are of days, never of a day that has just begun and one
-- that was whole.
create function metrics.changes_on(p_club_id bigint, p_as_of date)
returns table (
  code text, as_of date, value numeric, previous_as_of date, previous_value numeric, change numeric, is_large_enough boolean
)
language sql stable set search_path = '' rows 30 as $$
  select
    definition.code,
    p_as_of,
    recent.value,
    previous.as_of,
    previous.value,
    recent.value - previous.value,
    -- A count that fell from many to few says something; a share must rest on enough on both sides.
    case
      when recent.denominator is null then greatest(recent.sample_size, previous.sample_size)
      else least(recent.sample_size, previous.sample_size)
    end >= definition.smallest_sample
  from metrics.definitions as definition
  join metrics.snapshots as recent
    on recent.club_id = p_club_id
    and recent.code = definition.code
    and recent.service_kind = 'all'
    and recent.as_of = p_as_of
  join metrics.snapshots as previous
    on previous.club_id = p_club_id
    and previous.code = definition.code
    and previous.service_kind = 'all'
    and previous.as_of = p_as_of - definition.period_days
  order by definition.position
$$;
comment on function metrics.changes_on is
  'One row per metric with a kept reading of the day and of its period before: the difference, and whether the sample is large enough to mean it.';
grant execute on function metrics.changes_on to authenticated;
