-- Personal training per trainer: who began, who goes on, who stopped.
-- One row for the whole club (no trainer), equal to the metrics pt_first_30d, pt_repeat_30d and pt_churn, and one per trainer with
-- a personal training in the last 60 days. First, repeat and churn are with that trainer: a client who changes trainers is the
-- one's churn and the other's first, and neither of the club. Trainings without a trainer are in the club's row only.
create function metrics.personal_training(p_club_id bigint, p_as_of date)
returns table (
  staff_external_id text,
  name text,
  pt_first_30d bigint,
  pt_repeat_30d bigint,
  pt_churn bigint,
  visits_30d bigint,
  clients_30d bigint
)
language sql stable set search_path = '' rows 50 as $$
  with trained as (
    -- One row per client and trainer, and one per client.
    select
      visit.client_id,
      visit.staff_external_id,
      grouping(visit.staff_external_id) = 1 as is_of_club,
      count(*) as visits,
      min(visit.local_date) as first_date,
      count(*) filter (where visit.local_date > p_as_of - 30) as visits_30d,
      count(*) filter (where visit.local_date between p_as_of - 59 and p_as_of - 30) as visits_previous_30d
    from crm.bookings as visit
    where visit.club_id = p_club_id
      and visit.status = 'attended'
      and not visit.is_deleted
      and visit.service_kind = 'personal'
      and visit.client_id is not null
      and visit.local_date <= p_as_of
    group by grouping sets ((visit.client_id, visit.staff_external_id), (visit.client_id))
  ),
  state as materialized (
    select
      trained.staff_external_id,
      trained.is_of_club,
      trained.visits_30d,
      trained.visits_30d > 0 as is_client,
      trained.first_date > p_as_of - 30 as is_first,
      trained.visits_30d > 0 and trained.visits >= 2 as is_repeat,
      trained.visits_30d = 0 as is_churn
    from trained
    join crm.clients as client
      on client.club_id = p_club_id
      and client.client_id = trained.client_id
    where client.deleted_at is null
      and trained.visits_30d + trained.visits_previous_30d > 0
  ),
  counted as (
    select
      null::text as staff_external_id,
      count(*) filter (where state.is_first) as pt_first_30d,
      count(*) filter (where state.is_repeat) as pt_repeat_30d,
      count(*) filter (where state.is_churn) as pt_churn,
      coalesce(sum(state.visits_30d), 0)::bigint as visits_30d,
      count(*) filter (where state.is_client) as clients_30d
    from state
    where state.is_of_club
    union all
    select
      state.staff_external_id,
      count(*) filter (where state.is_first),
      count(*) filter (where state.is_repeat),
      count(*) filter (where state.is_churn),
      sum(state.visits_30d)::bigint,
      count(*) filter (where state.is_client)
    from state
    where state.staff_external_id is not null
    group by state.staff_external_id
  )
  select
    counted.staff_external_id,
    trainer.name,
    counted.pt_first_30d,
    counted.pt_repeat_30d,
    counted.pt_churn,
    counted.visits_30d,
    counted.clients_30d
  from counted
  left join crm.staff as trainer
    on trainer.club_id = p_club_id
    and trainer.external_id = counted.staff_external_id
  order by counted.staff_external_id nulls first
$$;
comment on function metrics.personal_training is
  'One row for the whole club (staff_external_id null) and one per trainer with a personal training in the last 60 days: clients whose first one with the trainer is in the last 30 days, those with one in the last 30 days and two or more in all, those with one in the previous 30 days and none in the last 30; visits and clients of the last 30 days. The name is null for a trainer the platform does not list.';
grant execute on function metrics.personal_training to authenticated;
