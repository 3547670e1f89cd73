-- Who would move from which segment to which if a club had other thresholds.
-- Equal to what happens when they are changed, in one scan that asks every rule twice; writes nothing.
create function segments.check_thresholds(p_thresholds jsonb) returns void
language plpgsql stable set search_path = '' as $$
declare
  unknown text;
begin
  if jsonb_typeof(p_thresholds) is distinct from 'object' then
    raise exception 'Thresholds are codes with their values: give an object such as {"lost_min_days": 365}.'
      using errcode = 'invalid_parameter_value';
  end if;
  select min(given.code) into unknown
  from jsonb_object_keys(p_thresholds) as given (code)
  where not exists (select from segments.thresholds as known where known.code = given.code);
  if unknown is not null then
    raise exception 'There is no threshold "%": change one of %.',
      unknown, (select string_agg(known.code, ', ' order by known.position) from segments.thresholds as known)
      using errcode = 'invalid_parameter_value';
  end if;
end
$$;
comment on function segments.check_thresholds is 'Refuses what names no threshold of the segments, with a sentence.';

create function segments.preview(p_club_id bigint, p_as_of date, p_thresholds jsonb)
returns table (from_segment text, to_segment text, clients bigint)
language plpgsql stable set search_path = '' rows 20 as $$
declare
  setting core.settings;
begin
  perform segments.check_thresholds(p_thresholds);
  select kept.* into setting from core.settings as kept where kept.club_id = p_club_id;
  if not found then
    return;
  end if;
  perform core.changed_settings(setting, p_thresholds);

  -- The rules are asked again of a `club` with the other thresholds, which there hides the one that is.
  return query execute segments.query(
    p_club_id, p_as_of,
    'placed.segment, moved.segment, count(*)',
    segments.source_on(p_club_id, p_as_of, false),
    format(
      'cross join lateral (select %s as segment from (select %s) as club offset 0) as moved
       where client.last_visit_date is not null
       group by placed.segment, moved.segment',
      segments.winner_sql(),
      segments.club_sql(p_as_of, segments.thresholds_on(p_club_id, p_as_of, p_thresholds))
    ),
    p_is_fenced => true
  ) using null::bigint[];
end
$$;
comment on function segments.preview is
  'How many clients who ever visited would be in which segment with these thresholds ({code: value}), and are in which now; null: unsegmented. Fails with a sentence.';

grant execute on function segments.check_thresholds, segments.preview to authenticated;
