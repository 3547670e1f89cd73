-- The thresholds of the segments in the settings: what they are, what others would do, and their change.
create function api.segment_thresholds(p_club_id bigint)
returns table (
  code text, "position" integer, title text, meaning text, unit text, value bigint, default_value bigint
)
language sql stable set search_path = '' rows 10 as $$
  select
    known.code,
    known.position,
    known.title,
    known.meaning,
    known.unit,
    (to_jsonb(setting) ->> known.code)::bigint,
    pg_get_expr(initial.adbin, initial.adrelid)::bigint
  from core.settings as setting
  cross join segments.thresholds as known
  join pg_catalog.pg_attribute as kept
    on kept.attrelid = 'core.settings'::regclass
    and kept.attname = known.code
  left join pg_catalog.pg_attrdef as initial
    on initial.adrelid = kept.attrelid
    and initial.adnum = kept.attnum
  where setting.club_id = p_club_id
  order by known.position
$$;
comment on function api.segment_thresholds is
  'The thresholds of a club''s segments in words, with the club''s value and the default; money in minor units, null: taken from the payments.';

create function api.preview_thresholds(p_club_id bigint, p_thresholds jsonb, p_as_of date default null)
returns table (from_segment text, to_segment text, clients bigint)
language sql stable set search_path = '' rows 20 as $$
  select moved.from_segment, moved.to_segment, moved.clients
  from segments.preview(p_club_id, coalesce(p_as_of, core.local_date(p_club_id, now())), p_thresholds) as moved
  left join segments.definitions as source on source.code = moved.from_segment
  left join segments.definitions as target on target.code = moved.to_segment
  order by source.priority, target.priority
$$;
comment on function api.preview_thresholds is
  'How many clients these thresholds ({code: value}) would move from which segment to which, and how many stay, on a day (the club''s today); null: unsegmented.';

create function api.change_thresholds(p_club_id bigint, p_thresholds jsonb) returns bigint
-- Security definer: nobody signed in may write tables; this door checks who knocks.
-- The Data API takes the limit from here: everybody is decided again.
language plpgsql security definer set search_path = '' set statement_timeout = '100s' as $$
begin
  if coalesce(core.my_role(p_club_id), '') not in ('owner', 'operator') then
    raise exception 'Only an owner or operator of the club may change its thresholds.' using errcode = 'insufficient_privilege';
  end if;
  perform segments.check_thresholds(p_thresholds);
  -- What happened since the last tick is no work of the thresholds: it is taken in first and not counted.
  perform segments.tick(p_club_id, now());
  perform core.change_settings(p_club_id, p_thresholds, 'operator:' || auth.uid(), now());
  return segments.tick(p_club_id, now());
end
$$;
comment on function api.change_thresholds is
  'Changes thresholds of a club ({code: value}), notes who did, and moves its clients at once; returns how many changed segment. For owners and operators.';

revoke all on function api.segment_thresholds, api.preview_thresholds from public, anon;
grant execute on function api.segment_thresholds, api.preview_thresholds to authenticated;
revoke all on function api.change_thresholds from public, anon, service_role;
grant execute on function api.change_thresholds to authenticated;
