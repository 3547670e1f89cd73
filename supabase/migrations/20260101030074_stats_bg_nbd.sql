-- For every client who ever visited: how probable it is that they are still active, and how many visits to expect in the next 30 days.
-- Facts are off the rollup where it stands at the day, replayed for any other; parameters are those of the club's latest fit.
create function stats.bg_nbd_facts(p_club_id bigint, p_as_of date, p_client_ids bigint[] default null)
returns table (client_id bigint, frequency integer, recency_days integer, age_days integer)
language sql stable rows 1000 set search_path = '' as $$
  select
    client.client_id,
    client.visits_total - 1,
    client.last_visit_date - client.first_visit_date,
    p_as_of - client.first_visit_date
  from stats.on_day(p_club_id, p_as_of, p_client_ids) as client
  where client.first_visit_date is not null
$$;
comment on function stats.bg_nbd_facts is
  'One row per client who visited up to p_as_of: visits after the first, days from the first to the last, days from the first to p_as_of.';

create function stats.bg_nbd(p_club_id bigint, p_as_of date, p_client_ids bigint[] default null)
returns table (
  client_id bigint, frequency integer, recency_days integer, age_days integer,
  probability_alive double precision, expected_visits_30d double precision, basis text
)
language sql stable rows 1000 set search_path = '' as $$
  with fit as materialized (
    select latest.*
    from stats.bg_nbd_fits as latest
    where latest.club_id = p_club_id
    order by latest.fit_id desc
    limit 1
  )
  select
    fact.client_id,
    fact.frequency,
    fact.recency_days,
    fact.age_days,
    stats.bg_nbd_probability_alive(fit.r, fit.alpha, fit.a, fit.b, fact.frequency, fact.recency_days, fact.age_days),
    stats.bg_nbd_expected_visits(fit.r, fit.alpha, fit.a, fit.b, fact.frequency, fact.recency_days, fact.age_days, 30),
    fit.basis
  from stats.bg_nbd_facts(p_club_id, p_as_of, p_client_ids) as fact
  left join fit on true
$$;
comment on function stats.bg_nbd is
  'One row per client who ever visited, or of those named: P(alive) and the visits expected in [D+1, D+30], by BG/NBD with the club''s own or pooled parameters; null without a fit. One visit in all: P(alive) is 1, for by the model nobody leaves before the second.';
grant execute on function stats.bg_nbd_facts, stats.bg_nbd to authenticated;
