-- The weekly fit of BG/NBD, but for the search itself: whose turn it is, facts to search with, keeping and calibrating what was found.
-- Facts end 30 days before the last day that is over; those 30 days are the holdout period. Nothing of them is fitted on.
create function stats.bg_nbd_due(p_now timestamptz) returns setof bigint
language sql stable rows 10 set search_path = '' as $$
  select club.club_id
  from core.clubs as club
  left join stats.bg_nbd_attempts as attempt using (club_id)
  where (attempt.attempted_at is null or attempt.attempted_at <= p_now - interval '24 hours')
    and not exists (
      select
      from stats.bg_nbd_fits as fit
      where fit.club_id = club.club_id
        and fit.fitted_at > p_now - interval '168 hours'
    )
    and exists (select from stats.club_days as day where day.club_id = club.club_id)
    and crm.last_good_sync(club.club_id) is not null
  order by attempt.attempted_at nulls first, club.club_id
$$;
comment on function stats.bg_nbd_due is
  'Clubs that are to be fitted, longest waiting first: complete once, no fit for a week, and no attempt for a day.';

create function stats.begin_bg_nbd_fit(p_club_id bigint, p_now timestamptz) returns jsonb
language plpgsql set search_path = '' as $$
declare
  facts_until date := core.local_date(p_club_id, p_now) - 31;
  found jsonb;
begin
  if facts_until is null then
    raise exception 'There is no club %: take one of stats.bg_nbd_due.', p_club_id using errcode = 'no_data_found';
  end if;
  with fact as materialized (
    select known.* from stats.bg_nbd_facts(p_club_id, facts_until) as known
  ),
  counted as (
    select count(*) filter (where fact.frequency > 0) as repeat_clients from fact
  ),
  -- The same clients each time, and no kind of them preferred: by the hash of their ids.
  sampled as (
    select fact.* from fact order by hashint8extended(fact.client_id, 0), fact.client_id limit 10000
  ),
  alike as (
    select sampled.frequency, sampled.recency_days, sampled.age_days, count(*) as clients
    from sampled
    group by sampled.frequency, sampled.recency_days, sampled.age_days
  )
  select jsonb_build_object(
    'repeat_clients', counted.repeat_clients,
    'is_enough', counted.repeat_clients >= stats.bg_nbd_repeat_clients_needed(),
    'facts', (
      select coalesce(jsonb_agg(
        jsonb_build_array(alike.frequency, alike.recency_days, alike.age_days, alike.clients)
        order by alike.frequency, alike.recency_days, alike.age_days
      ), '[]')
      from alike
    )
  ) into found
  from counted;

  -- Noted before the search: one that breaks off is not begun anew every few minutes, ahead of all others.
  insert into stats.bg_nbd_attempts (club_id, attempted_at, as_of, repeat_clients, outcome)
  values (p_club_id, p_now, facts_until, (found ->> 'repeat_clients')::bigint, 'begun')
  on conflict (club_id) do update set
    attempted_at = excluded.attempted_at,
    as_of = excluded.as_of,
    repeat_clients = excluded.repeat_clients,
    pooled_repeat_clients = null,
    outcome = excluded.outcome;
  return found;
end
$$;
comment on function stats.begin_bg_nbd_fit is
  'Notes an attempt and returns its facts: {repeat_clients, is_enough, facts: [[frequency, recency, age, clients], …]}, of at most 10000 clients.';

create function stats.bg_nbd_pooled_facts(p_now timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  with club as materialized (
    select known.club_id, core.local_date(known.club_id, p_now) - 31 as as_of
    from core.clubs as known
    join stats.club_days as day using (club_id)
    where crm.last_good_sync(known.club_id) is not null
  ),
  sampled as (
    select club.club_id, club.as_of, rollup.client_id
    from club
    join stats.client_stats as rollup on rollup.club_id = club.club_id and rollup.first_visit_date <= club.as_of
    order by hashint8extended(rollup.client_id, 0), rollup.client_id, club.club_id
    limit 10000
  ),
  chosen as materialized (
    select sampled.club_id, sampled.as_of, array_agg(sampled.client_id) as client_ids
    from sampled
    group by sampled.club_id, sampled.as_of
  ),
  alike as (
    select fact.frequency, fact.recency_days, fact.age_days, count(*) as clients
    from chosen
    cross join lateral stats.bg_nbd_facts(chosen.club_id, chosen.as_of, chosen.client_ids) as fact
    group by fact.frequency, fact.recency_days, fact.age_days
  ),
  counted as (
    select coalesce(sum(alike.clients) filter (where alike.frequency > 0), 0)::bigint as repeat_clients from alike
  )
  select jsonb_build_object(
    'repeat_clients', counted.repeat_clients,
    'is_enough', counted.repeat_clients >= stats.bg_nbd_repeat_clients_needed(),
    'facts', (
      select coalesce(jsonb_agg(
        jsonb_build_array(alike.frequency, alike.recency_days, alike.age_days, alike.clients)
        order by alike.frequency, alike.recency_days, alike.age_days
      ), '[]')
      from alike
    )
  )
  from counted
$$;
comment on function stats.bg_nbd_pooled_facts is
  'Facts of all clubs that were complete once, each up to its own day: {repeat_clients, is_enough, facts}, of at most 10000 clients.';

create function stats.keep_bg_nbd_fit(p_club_id bigint, p_basis text, p_fit jsonb, p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  attempt stats.bg_nbd_attempts;
  kept stats.bg_nbd_fits;
begin
  update stats.bg_nbd_attempts as known
  set outcome = 'fitted', pooled_repeat_clients = case when p_basis = 'pooled' then (p_fit ->> 'repeat_clients')::bigint end
  where known.club_id = p_club_id and known.outcome = 'begun'
  returning known.* into attempt;
  if not found then
    raise exception 'No fit of club % is under way: begin one with stats.begin_bg_nbd_fit.', p_club_id using errcode = 'check_violation';
  end if;

  insert into stats.bg_nbd_fits (
    club_id, fitted_at, as_of, holdout_until, basis, own_repeat_clients, clients, repeat_clients, r, alpha, a, b,
    log_likelihood, iterations, has_converged
  )
  select
    p_club_id, p_now, attempt.as_of, attempt.as_of + 30, p_basis, attempt.repeat_clients, given.clients, given.repeat_clients,
    given.r, given.alpha, given.a, given.b, given.log_likelihood, given.iterations, given.has_converged
  from jsonb_to_record(p_fit) as given (
    clients bigint, repeat_clients bigint, r double precision, alpha double precision, a double precision, b double precision,
    log_likelihood double precision, iterations integer, has_converged boolean
  )
  returning * into kept;
  perform stats.calibrate_bg_nbd(kept);
  perform stats.note_success(p_club_id, 'fit-bg-nbd');
  return kept.fit_id;
end
$$;
comment on function stats.keep_bg_nbd_fit is
  'Keeps the parameters that the attempt under way led to, own or pooled, with their calibration; returns the fit''s id.';

create function stats.calibrate_bg_nbd(p_fit stats.bg_nbd_fits) returns void
language sql set search_path = '' as $$
  with predicted as materialized (
    select
      fact.client_id,
      stats.bg_nbd_probability_alive(
        p_fit.r, p_fit.alpha, p_fit.a, p_fit.b, fact.frequency, fact.recency_days, fact.age_days
      ) as alive,
      stats.bg_nbd_probability_visit(
        p_fit.r, p_fit.alpha, p_fit.a, p_fit.b, fact.frequency, fact.recency_days, fact.age_days, 30
      ) as active,
      stats.bg_nbd_expected_visits(
        p_fit.r, p_fit.alpha, p_fit.a, p_fit.b, fact.frequency, fact.recency_days, fact.age_days, 30
      ) as visits
    from stats.bg_nbd_facts(p_fit.club_id, p_fit.as_of) as fact
  ),
  actual as materialized (
    select visit.client_id, count(*) as visits
    from crm.visits as visit
    where visit.club_id = p_fit.club_id
      and visit.local_date > p_fit.as_of
      and visit.local_date <= p_fit.holdout_until
    group by visit.client_id
  ),
  client as (
    select
      ntile(10) over (order by predicted.visits, predicted.client_id) as decile,
      predicted.alive,
      predicted.active,
      predicted.visits as predicted_visits,
      coalesce(actual.visits, 0) as actual_visits
    from predicted
    left join actual using (client_id)
  )
  insert into stats.bg_nbd_calibrations (
    club_id, fit_id, decile, clients, predicted_visits, actual_visits, predicted_active, actual_active, predicted_alive
  )
  select
    p_fit.club_id,
    p_fit.fit_id,
    client.decile,
    count(*),
    avg(client.predicted_visits),
    avg(client.actual_visits),
    avg(client.active),
    avg(case when client.actual_visits > 0 then 1 else 0 end),
    avg(client.alive)
  from client
  group by client.decile
$$;
comment on function stats.calibrate_bg_nbd is
  'Keeps, by tenth of all the club''s clients, what a fit foretold for its holdout period beside the visits that were made.';

create function stats.note_bg_nbd_shortage(p_club_id bigint, p_pooled_repeat_clients bigint, p_now timestamptz) returns void
language sql set search_path = '' as $$
  update stats.bg_nbd_attempts as attempt
  set outcome = 'too_few', pooled_repeat_clients = p_pooled_repeat_clients, attempted_at = p_now
  where attempt.club_id = p_club_id;
  -- Having too few clients is no failure.
  select stats.note_success(p_club_id, 'fit-bg-nbd')
$$;
comment on function stats.note_bg_nbd_shortage is 'Notes that not even all clubs together have enough repeat clients; the next attempt is a day later.';

create function stats.note_bg_nbd_failure(p_club_id bigint, p_message text, p_now timestamptz) returns void
language sql set search_path = '' as $$
  insert into stats.bg_nbd_attempts as attempt (club_id, attempted_at, as_of, outcome)
  select p_club_id, p_now, core.local_date(p_club_id, p_now) - 31, 'failed'
  on conflict (club_id) do update set outcome = excluded.outcome, attempted_at = excluded.attempted_at;
  select stats.note_failure(p_club_id, 'fit-bg-nbd', p_message, p_now)
$$;
comment on function stats.note_bg_nbd_failure is 'Notes why a club''s fit failed where its operators see it; the next attempt is a day later.';
