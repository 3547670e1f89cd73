-- BG/NBD for the dashboard, and the doors through which the function fit-bg-nbd fits it.
create function api.bg_nbd(p_club_id bigint, p_as_of date default null, p_client_ids bigint[] default null)
returns table (
  client_id bigint, frequency integer, recency_days integer, age_days integer,
  probability_alive double precision, expected_visits_30d double precision, basis text
)
language sql stable rows 1000 set search_path = '' as $$
  select forecast.*
  from stats.bg_nbd(p_club_id, coalesce(p_as_of, core.local_date(p_club_id, now())), p_client_ids) as forecast
$$;
comment on function api.bg_nbd is
  'One row per client who ever visited, or of those named: P(alive) and the visits expected in the 30 days after p_as_of (null: the club''s today), and whether the parameters are the club''s own or pooled; null before the first fit.';

create function api.bg_nbd_state(p_club_id bigint)
returns table (
  fit_id bigint, basis text, fitted_at timestamptz, as_of date, holdout_until date, has_converged boolean,
  repeat_clients bigint, repeat_clients_needed bigint, pooled_repeat_clients bigint, attempted_at timestamptz,
  last_outcome text, explanation text
)
language sql stable set search_path = '' as $$ select state.* from stats.bg_nbd_state(p_club_id) as state $$;
comment on function api.bg_nbd_state is
  'What a club''s probabilities rest on: its own or pooled parameters, how many repeat clients there are and are needed, and the last attempt, in words too.';

create view api.bg_nbd_fits with (security_invoker = true) as
  -- One row per club and fit.
  select
    fit.club_id,
    fit.fit_id,
    fit.fitted_at,
    fit.as_of,
    fit.holdout_until,
    fit.basis,
    fit.own_repeat_clients,
    fit.clients,
    fit.repeat_clients,
    fit.r,
    fit.alpha,
    fit.a,
    fit.b,
    fit.log_likelihood,
    fit.iterations,
    fit.has_converged
  from stats.bg_nbd_fits as fit;
comment on view api.bg_nbd_fits is 'One row per club and fit of BG/NBD: its parameters, and whether they are the club''s own or pooled.';

create view api.bg_nbd_calibrations with (security_invoker = true) as
  -- One row per fit and tenth of the club's clients, by predicted visits.
  select
    calibration.club_id,
    calibration.fit_id,
    fit.fitted_at,
    fit.as_of,
    fit.holdout_until,
    fit.basis,
    calibration.decile,
    calibration.clients,
    calibration.predicted_visits,
    calibration.actual_visits,
    calibration.predicted_active,
    calibration.actual_active,
    calibration.predicted_alive
  from stats.bg_nbd_calibrations as calibration
  join stats.bg_nbd_fits as fit using (club_id, fit_id);
comment on view api.bg_nbd_calibrations is
  'One row per fit and tenth of the clients, fewest predicted visits first: what was foretold for the 30 days up to holdout_until beside what happened.';

create function api.bg_nbd_due(p_now timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('club_id', due.club_id) order by due.place), '[]')
  from stats.bg_nbd_due(p_now) with ordinality as due (club_id, place)
$$;
comment on function api.bg_nbd_due is 'The clubs whose parameters are to be fitted, longest waiting first.';

-- The Data API takes the limit of these from here: each may replay a whole club.
create function api.begin_bg_nbd_fit(p_club_id bigint, p_now timestamptz) returns jsonb
language sql set search_path = '' set statement_timeout = '100s' as $$ select stats.begin_bg_nbd_fit(p_club_id, p_now) $$;
comment on function api.begin_bg_nbd_fit is 'Notes an attempt to fit a club; {repeat_clients, is_enough, facts}.';

create function api.bg_nbd_pooled_facts(p_now timestamptz) returns jsonb
language sql stable set search_path = '' set statement_timeout = '100s' as $$ select stats.bg_nbd_pooled_facts(p_now) $$;
comment on function api.bg_nbd_pooled_facts is 'The facts of all clubs together; {repeat_clients, is_enough, facts}.';

create function api.keep_bg_nbd_fit(p_club_id bigint, p_basis text, p_fit jsonb, p_now timestamptz) returns bigint
language sql set search_path = '' set statement_timeout = '100s' as $$
  select stats.keep_bg_nbd_fit(p_club_id, p_basis, p_fit, p_now)
$$;
comment on function api.keep_bg_nbd_fit is 'Keeps what the attempt under way led to, with its calibration; the fit''s id.';

create function api.note_bg_nbd_shortage(p_club_id bigint, p_pooled_repeat_clients bigint, p_now timestamptz) returns void
language sql set search_path = '' as $$ select stats.note_bg_nbd_shortage(p_club_id, p_pooled_repeat_clients, p_now) $$;
comment on function api.note_bg_nbd_shortage is 'Notes that all clubs together have too few repeat clients.';

create function api.note_bg_nbd_failure(p_club_id bigint, p_message text, p_now timestamptz) returns void
language sql set search_path = '' as $$ select stats.note_bg_nbd_failure(p_club_id, p_message, p_now) $$;
comment on function api.note_bg_nbd_failure is 'Notes why the fit of a club failed, among the incidents of its numbers.';

grant select on api.bg_nbd_fits, api.bg_nbd_calibrations to authenticated, service_role;
revoke all on function api.bg_nbd, api.bg_nbd_state from public, anon;
grant execute on function api.bg_nbd, api.bg_nbd_state to authenticated;
-- Service only: nobody else may even try.
revoke all on function api.bg_nbd_due, api.begin_bg_nbd_fit, api.bg_nbd_pooled_facts, api.keep_bg_nbd_fit, api.note_bg_nbd_shortage,
  api.note_bg_nbd_failure from public, anon, authenticated;
grant execute on function api.bg_nbd_due, api.begin_bg_nbd_fit, api.bg_nbd_pooled_facts, api.keep_bg_nbd_fit,
  api.note_bg_nbd_shortage, api.note_bg_nbd_failure to service_role;
