-- Segments in the dashboard: who is in them and why, what changed, and every rule asked of one client.
create function api.segment_members(p_club_id bigint, p_segment text default null, p_as_of date default null)
returns table (
  client_id bigint, external_id text, name text, segment text, reason text, since_date date, turns_date date,
  computed_at timestamptz, data_until timestamptz
)
language sql stable set search_path = '' rows 1000 as $$
  with asked as (
    select coalesce(p_as_of, core.local_date(p_club_id, now())) as as_of
  )
  select
    placed.client_id,
    client.external_id,
    client.name,
    placed.segment,
    placed.reason,
    -- Since when is known of the day that is kept.
    case when kept.segment = placed.segment and day.as_of = asked.as_of then kept.since_date end,
    placed.turns_date,
    now(),
    (select crm.last_good_sync(p_club_id))
  from asked
  cross join lateral segments.place(p_club_id, asked.as_of) as placed
  join crm.clients as client
    on client.club_id = p_club_id
    and client.client_id = placed.client_id
  left join segments.client_segments as kept
    on kept.club_id = p_club_id
    and kept.client_id = placed.client_id
  left join segments.club_days as day on day.club_id = p_club_id
  where placed.segment is not null
    and (p_segment is null or placed.segment = p_segment)
  order by client.name, placed.client_id
$$;
comment on function api.segment_members is
  'Members of the segments, or of one, as of a day (the club''s today): why, since when, and the next day on which that may change with no news.';

create view api.segment_changes with (security_invoker = true) as
  -- One row per change of a client's segment.
  select
    change.club_id,
    change.change_id,
    change.client_id,
    client.name as client,
    change.changed_date,
    change.from_segment,
    change.to_segment,
    change.reason,
    change.basis
  from segments.changes as change
  join crm.clients as client using (club_id, client_id);
comment on view api.segment_changes is
  'One row per change of a client''s segment with its reason; null is unsegmented. In the order of changed_date, basis descending, change_id.';

create function api.explain_segment(p_club_id bigint, p_client_id bigint, p_as_of date default null)
returns table (
  "position" integer, segment text, name text, rule text, inputs jsonb, holds boolean, is_winner boolean, verdict text, reason text
)
language sql stable set search_path = '' rows 8 as $$
  select explained.*
  from segments.explain(p_club_id, p_client_id, coalesce(p_as_of, core.local_date(p_club_id, now()))) as explained
$$;
comment on function api.explain_segment is
  'Every rule asked of one client on a day (the club''s today), in order: what it looked at, whether it holds, which one won and why.';

grant select on api.segment_changes to authenticated;
revoke all on function api.segment_members, api.explain_segment from public, anon;
grant execute on function api.segment_members, api.explain_segment to authenticated;
