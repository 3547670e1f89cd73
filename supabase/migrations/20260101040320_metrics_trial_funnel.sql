-- The trial funnel: first visit → second visit within 14 days → membership within 30 → active at 60. Each step asks for the one
-- before it. Whose deadline is not over (it is, the day after it) waits and is not lost. In step with the metric
-- trial_conversion: any first visit counts, a membership before it puts a client out, one on its day is bought in time.
create function metrics.trial_steps(p_club_id bigint, p_as_of date, p_from date, p_until date)
returns table (
  client_id bigint,
  first_visit_date date,
  steps_reached integer,
  next_step text,
  deadline_date date
)
language sql stable set search_path = '' rows 1000 as $$
  with newcomer as materialized (
    select client.client_id, client.first_visit_date, client.first_membership_date
    from metrics.first_dates(p_club_id, p_as_of) as client
    where client.first_visit_date between p_from and p_until
      and (client.first_membership_date < client.first_visit_date) is not true
  ),
  outcome as (
    select
      newcomer.client_id,
      newcomer.first_visit_date,
      (
        select count(*) >= 2
        from crm.bookings as visit
        where visit.club_id = p_club_id
          and visit.client_id = newcomer.client_id
          and visit.status = 'attended'
          and not visit.is_deleted
          and visit.local_date between newcomer.first_visit_date and least(newcomer.first_visit_date + 14, p_as_of)
      ) as came_again,
      coalesce(
        newcomer.first_membership_date between newcomer.first_visit_date and newcomer.first_visit_date + 30, false
      ) as bought_membership,
      exists (
        select
        from crm.bookings as visit
        where visit.club_id = p_club_id
          and visit.client_id = newcomer.client_id
          and visit.status = 'attended'
          and not visit.is_deleted
          and visit.local_date between newcomer.first_visit_date + 31 and least(newcomer.first_visit_date + 60, p_as_of)
      ) as is_active_at_60
    from newcomer
  )
  select
    outcome.client_id,
    outcome.first_visit_date,
    reached.steps,
    (array['second_visit', 'membership', 'active_at_60'])[reached.steps],
    outcome.first_visit_date + (array[14, 30, 60])[reached.steps]
  from outcome
  cross join lateral (
    select
      case
        when not outcome.came_again then 1
        when not outcome.bought_membership then 2
        when not outcome.is_active_at_60 then 3
        else 4
      end as steps
  ) as reached
$$;
comment on function metrics.trial_steps is
  'One row per client of the trial funnel whose first visit is in [p_from, p_until] and who had no membership before it: how many of the four steps were reached, which comes next and its last day (null after the last step).';

create function metrics.trial_funnel(p_club_id bigint, p_as_of date, p_from date, p_until date)
returns table (
  "position" integer,
  step text,
  clients bigint,
  share_of_first numeric,
  share_of_previous numeric,
  waiting bigint,
  lost bigint
)
language sql stable set search_path = '' rows 4 as $$
  with step as (
    select *
    from (values
      (1, 'first_visit'),
      (2, 'second_visit'),
      (3, 'membership'),
      (4, 'active_at_60')
    ) as steps (ordinal, code)
  ),
  counted as (
    select
      step.ordinal,
      step.code,
      count(*) filter (where newcomer.steps_reached >= step.ordinal) as clients,
      count(*) filter (where newcomer.next_step = step.code and newcomer.deadline_date >= p_as_of) as waiting,
      count(*) filter (where newcomer.next_step = step.code and newcomer.deadline_date < p_as_of) as lost
    from step
    left join metrics.trial_steps(p_club_id, p_as_of, p_from, p_until) as newcomer on true
    group by step.ordinal, step.code
  )
  select
    counted.ordinal,
    counted.code,
    counted.clients,
    counted.clients::numeric / nullif(first_value(counted.clients) over in_order, 0),
    counted.clients::numeric / nullif(lag(counted.clients) over in_order, 0),
    counted.waiting,
    counted.lost
  from counted
  window in_order as (order by counted.ordinal)
  order by counted.ordinal
$$;
comment on function metrics.trial_funnel is
  'One row per step, of clients whose first visit F is in [p_from, p_until] and who had no membership before F: first_visit; second_visit (two visits in [F, F+14]; two records on one day are two); membership (the first one bought in [F, F+30]); active_at_60 (a visit in [F+31, F+60]). A step counts only who reached the one before. Shares 0..1 of the first and of the previous step, a lower bound while somebody waits; clients of the previous step = clients + waiting (last day not over) + lost.';

create function metrics.trial_dropouts(p_club_id bigint, p_as_of date, p_from date, p_until date)
returns table (
  client_id bigint,
  external_id text,
  first_visit_date date,
  lost_at text
)
language sql stable set search_path = '' rows 1000 as $$
  select
    newcomer.client_id,
    client.external_id,
    newcomer.first_visit_date,
    newcomer.next_step
  from metrics.trial_steps(p_club_id, p_as_of, p_from, p_until) as newcomer
  join crm.clients as client
    on client.club_id = p_club_id
    and client.client_id = newcomer.client_id
  where newcomer.deadline_date < p_as_of
  order by newcomer.first_visit_date, newcomer.client_id
$$;
comment on function metrics.trial_dropouts is
  'One row per client lost in metrics.trial_funnel, with the step not reached in time: second_visit, membership or active_at_60.';

grant execute on function metrics.trial_steps, metrics.trial_funnel, metrics.trial_dropouts to authenticated;
