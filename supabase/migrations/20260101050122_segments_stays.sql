-- How long clients stay in a segment: each stay, and the median.
-- A stay is of whole days: what did not last until the end of a day is none, and who left and came back within it never left.
create view segments.stays with (security_invoker = true) as
  -- Every change ends a stay, and so would the next one: where a client is now has no end yet.
  with ending as (
    select
      change.club_id,
      change.client_id,
      change.changed_date as ended_date,
      (array_agg(change.from_segment order by change.basis desc, change.change_id))[1] as segment,
      (array_agg(change.reason order by change.basis, change.change_id desc))[1] as reason
    from segments.changes as change
    group by change.club_id, change.client_id, change.changed_date
    having (array_agg(change.from_segment order by change.basis desc, change.change_id))[1]
      is distinct from (array_agg(change.to_segment order by change.basis, change.change_id desc))[1]
    union all
    select kept.club_id, kept.client_id, null, kept.segment, null
    from segments.client_segments as kept
  ),
  stay as (
    select
      ending.club_id,
      ending.client_id,
      ending.segment,
      lag(ending.ended_date) over of_client as began_date,
      ending.ended_date,
      lag(ending.reason) over of_client as reason
    from ending
    window of_client as (partition by ending.club_id, ending.client_id order by ending.ended_date nulls last)
  )
  select
    stay.club_id,
    stay.client_id,
    stay.segment,
    stay.began_date,
    stay.ended_date,
    coalesce(stay.ended_date, day.as_of) - stay.began_date as days,
    stay.reason
  from stay
  join segments.club_days as day on day.club_id = stay.club_id
  where stay.segment is not null;
comment on view segments.stays is
  'One row per stay of a client in a segment; began_date null: they were in it when the history begins; ended_date null: they still are. The reason is that of its beginning.';
grant select on segments.stays to authenticated;

create function segments.stay_lengths(p_club_id bigint, p_as_of date)
returns table (segment text, finished bigint, running bigint, median_days double precision, median_days_with_running integer)
language plpgsql stable set search_path = '' set plan_cache_mode = 'force_custom_plan' rows 8 as $$
declare
  until_date date := (select known.until_date from segments.known_days(p_club_id) as known);
begin
  if p_as_of > until_date then
    raise exception 'The segments of club % are known until %: ask for that day or an earlier one.', p_club_id, until_date
      using errcode = 'check_violation';
  end if;
  return query
    with stay as materialized (
      select
        known.segment,
        known.ended_date is not null and known.ended_date <= p_as_of as is_finished,
        least(coalesce(known.ended_date, p_as_of), p_as_of) - known.began_date as days
      from segments.stays as known
      where known.club_id = p_club_id
        and known.began_date <= p_as_of
    ),
    summary as (
      select
        stay.segment,
        count(*) filter (where stay.is_finished) as finished,
        count(*) filter (where not stay.is_finished) as running,
        percentile_cont(0.5) within group (order by stay.days) filter (where stay.is_finished) as median_days
      from stay
      group by stay.segment
    ),
    -- Of the stays that lasted so many days or more, how many ended then.
    length as (
      select
        stay.segment,
        stay.days,
        count(*) filter (where stay.is_finished) as ended,
        sum(count(*)) over (partition by stay.segment order by stay.days desc) as at_risk
      from stay
      group by stay.segment, stay.days
    ),
    survival as (
      select
        length.segment,
        length.days,
        case
          when length.ended = length.at_risk then 0
          else exp(
            sum(ln(1 - length.ended / nullif(length.at_risk, 0))) filter (where length.ended < length.at_risk)
              over (partition by length.segment order by length.days)
          )
        end as share
      from length
    ),
    -- A half made of thirds and logarithms may miss by a hair.
    half_life as (
      select survival.segment, min(survival.days) as days
      from survival
      where survival.share <= 0.5 + 1e-9
      group by survival.segment
    )
    select
      definition.code,
      coalesce(summary.finished, 0),
      coalesce(summary.running, 0),
      summary.median_days,
      half_life.days
    from segments.definitions as definition
    left join summary on summary.segment = definition.code
    left join half_life on half_life.segment = definition.code
    order by definition.priority;
end
$$;
comment on function segments.stay_lengths is
  'How long a stay in each segment lasts, in days, as of a day: the median of the finished stays; and of all (Kaplan-Meier: a running stay counts as at least so long; null while half have not ended). Stays that began before the history are left out, since nobody knows when.';
grant execute on function segments.stay_lengths to authenticated;
