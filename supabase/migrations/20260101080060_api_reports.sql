-- Cohorts and funnels for the dashboard: the rows of metrics.<name> with when they were computed and until when the mirror is
-- complete. What they mean is written at the functions of metrics.
create function api.first_visit_cohorts(p_club_id bigint, p_as_of date, p_months integer default 24)
returns table (
  cohort_month date,
  month_number integer,
  clients bigint,
  active bigint,
  retention numeric,
  is_complete boolean,
  computed_at timestamptz,
  data_until timestamptz
)
language sql stable set search_path = '' as $$
  select report.*, now(), (select crm.last_good_sync(p_club_id))
  from metrics.first_visit_cohorts(p_club_id, p_as_of, p_months) as report
$$;
comment on function api.first_visit_cohorts is 'metrics.first_visit_cohorts with its freshness: computed_at, and data_until, the last good sync.';

create function api.trial_funnel(p_club_id bigint, p_as_of date, p_from date, p_until date)
returns table (
  "position" integer,
  step text,
  clients bigint,
  share_of_first numeric,
  share_of_previous numeric,
  waiting bigint,
  lost bigint,
  computed_at timestamptz,
  data_until timestamptz
)
language sql stable set search_path = '' as $$
  select report.*, now(), (select crm.last_good_sync(p_club_id))
  from metrics.trial_funnel(p_club_id, p_as_of, p_from, p_until) as report
$$;
comment on function api.trial_funnel is 'metrics.trial_funnel with its freshness: computed_at, and data_until, the last good sync.';

create function api.trial_dropouts(p_club_id bigint, p_as_of date, p_from date, p_until date)
returns table (
  client_id bigint,
  external_id text,
  first_visit_date date,
  lost_at text,
  computed_at timestamptz,
  data_until timestamptz
)
language sql stable set search_path = '' as $$
  select report.*, now(), (select crm.last_good_sync(p_club_id))
  from metrics.trial_dropouts(p_club_id, p_as_of, p_from, p_until) as report
$$;
comment on function api.trial_dropouts is 'metrics.trial_dropouts with its freshness: computed_at, and data_until, the last good sync.';

create function api.onboarding_curve(p_club_id bigint, p_as_of date)
returns table (
  day integer,
  visits_from integer,
  visits_until integer,
  clients bigint,
  stayed bigint,
  share numeric,
  computed_at timestamptz,
  data_until timestamptz
)
language sql stable set search_path = '' as $$
  select report.*, now(), (select crm.last_good_sync(p_club_id))
  from metrics.onboarding_curve(p_club_id, p_as_of) as report
$$;
comment on function api.onboarding_curve is 'metrics.onboarding_curve with its freshness: computed_at, and data_until, the last good sync.';

create function api.visit_hours(p_club_id bigint, p_as_of date, p_days integer default 90)
returns table (
  weekday integer,
  hour integer,
  visits bigint,
  clients bigint,
  computed_at timestamptz,
  data_until timestamptz
)
language sql stable set search_path = '' as $$
  select report.*, now(), (select crm.last_good_sync(p_club_id))
  from metrics.visit_hours(p_club_id, p_as_of, p_days) as report
$$;
comment on function api.visit_hours is 'metrics.visit_hours with its freshness: computed_at, and data_until, the last good sync.';

create function api.personal_training(p_club_id bigint, p_as_of date)
returns table (
  staff_external_id text,
  name text,
  pt_first_30d bigint,
  pt_repeat_30d bigint,
  pt_churn bigint,
  visits_30d bigint,
  clients_30d bigint,
  computed_at timestamptz,
  data_until timestamptz
)
language sql stable set search_path = '' as $$
  select report.*, now(), (select crm.last_good_sync(p_club_id))
  from metrics.personal_training(p_club_id, p_as_of) as report
$$;
comment on function api.personal_training is 'metrics.personal_training with its freshness: computed_at, and data_until, the last good sync.';

create function api.revenue_by_kind(p_club_id bigint, p_as_of date, p_days integer default 30)
returns table (
  kind text,
  amount_minor bigint,
  payments bigint,
  computed_at timestamptz,
  data_until timestamptz
)
language sql stable set search_path = '' as $$
  select report.*, now(), (select crm.last_good_sync(p_club_id))
  from metrics.revenue_by_kind(p_club_id, p_as_of, p_days) as report
$$;
comment on function api.revenue_by_kind is 'metrics.revenue_by_kind with its freshness: computed_at, and data_until, the last good sync.';

revoke all on function
  api.first_visit_cohorts,
  api.trial_funnel,
  api.trial_dropouts,
  api.onboarding_curve,
  api.visit_hours,
  api.personal_training,
  api.revenue_by_kind
from public, anon;
grant execute on function
  api.first_visit_cohorts,
  api.trial_funnel,
  api.trial_dropouts,
  api.onboarding_curve,
  api.visit_hours,
  api.personal_training,
  api.revenue_by_kind
to authenticated;
