-- Parameters of BG/NBD per club, how well they foretold the 30 days they had not seen, and when they were last tried for.
-- One row per club and fit, pooled ones too: the parameters of all clubs are then copied to each.
create table stats.bg_nbd_fits (
  club_id bigint not null references core.clubs on delete cascade,
  fit_id bigint generated always as identity,
  fitted_at timestamptz not null,
  as_of date not null,
  holdout_until date not null,
  basis text not null check (basis in ('own', 'pooled')),
  own_repeat_clients bigint not null check (own_repeat_clients >= 0),
  clients bigint not null check (clients > 0),
  repeat_clients bigint not null check (repeat_clients between 0 and clients),
  r double precision not null check (r > 0 and r < 'infinity'),
  alpha double precision not null constraint alpha_keeps_series_short check (alpha >= 0.1 and alpha < 'infinity'),
  a double precision not null check (a > 0 and a < 'infinity'),
  b double precision not null check (b > 0 and b < 'infinity'),
  log_likelihood double precision not null,
  iterations integer not null,
  has_converged boolean not null,
  primary key (club_id, fit_id),
  constraint holdout_follows_facts check (holdout_until = as_of + 30),
  constraint own_parameters_need_repeat_clients check (basis = 'pooled' or own_repeat_clients >= 200),
  constraint nobody_comes_a_hundred_times_a_day check (r <= 100 * alpha)
);
create index bg_nbd_fits_by_time on stats.bg_nbd_fits (club_id, fitted_at);
comment on table stats.bg_nbd_fits is
  'One row per club and fit of BG/NBD: visits at a rate ~ Gamma(r, rate alpha) a day, staying away after a visit with a chance ~ Beta(a, b).';
comment on column stats.bg_nbd_fits.as_of is 'The day up to which facts were used, 30 days before holdout_until.';
comment on column stats.bg_nbd_fits.holdout_until is 'The last day that was over: the 30 days up to it were foretold, then counted.';
comment on column stats.bg_nbd_fits.basis is
  'own: fitted on this club''s clients; pooled: on those of all clubs, for this one has fewer than 200 repeat clients.';
comment on column stats.bg_nbd_fits.own_repeat_clients is 'Clients of this club who had come back at least once by as_of.';
comment on column stats.bg_nbd_fits.clients is 'Clients the parameters were fitted on: at most 10000, a sample by the hash of their ids.';
comment on column stats.bg_nbd_fits.has_converged is
  'The search settled at a maximum inside its bounds; false: take the numbers with care and look at the calibration.';

create table stats.bg_nbd_calibrations (
  club_id bigint not null,
  fit_id bigint not null,
  decile integer not null check (decile between 1 and 10),
  clients bigint not null,
  predicted_visits double precision not null,
  actual_visits double precision not null,
  predicted_active double precision not null,
  actual_active double precision not null,
  predicted_alive double precision not null,
  primary key (club_id, fit_id, decile),
  foreign key (club_id, fit_id) references stats.bg_nbd_fits (club_id, fit_id) on delete cascade
);
comment on table stats.bg_nbd_calibrations is
  'One row per fit and tenth of the club''s clients, by predicted visits, fewest first: what was foretold for the holdout period beside what happened.';
comment on column stats.bg_nbd_calibrations.predicted_visits is 'Mean of the visits expected within the 30 days after as_of.';
comment on column stats.bg_nbd_calibrations.actual_visits is 'Mean of the visits made in them.';
comment on column stats.bg_nbd_calibrations.predicted_active is 'Mean probability of at least one visit in them.';
comment on column stats.bg_nbd_calibrations.actual_active is 'Share of clients with at least one visit in them.';
comment on column stats.bg_nbd_calibrations.predicted_alive is
  'Mean P(alive) at as_of; no 30 days can prove or refute it, and it is above predicted_active.';

create table stats.bg_nbd_attempts (
  club_id bigint primary key references core.clubs on delete cascade,
  attempted_at timestamptz not null,
  as_of date not null,
  repeat_clients bigint,
  pooled_repeat_clients bigint,
  outcome text not null check (outcome in ('begun', 'fitted', 'too_few', 'failed'))
);
comment on table stats.bg_nbd_attempts is 'One row per club: the last attempt to fit BG/NBD, so that one that led to nothing is repeated a day later.';
comment on column stats.bg_nbd_attempts.repeat_clients is 'Clients of this club who had come back at least once by as_of; null: they could not be counted.';
comment on column stats.bg_nbd_attempts.pooled_repeat_clients is 'The same of all clubs; null while this club has enough of its own.';
comment on column stats.bg_nbd_attempts.outcome is 'begun: under way, or it broke off; too_few: not even all clubs together have 200 repeat clients.';

alter table stats.bg_nbd_fits enable row level security;
alter table stats.bg_nbd_calibrations enable row level security;
alter table stats.bg_nbd_attempts enable row level security;
grant select on stats.bg_nbd_fits, stats.bg_nbd_calibrations, stats.bg_nbd_attempts to authenticated;
create policy "operators read the BG/NBD fits of their clubs" on stats.bg_nbd_fits
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "operators read the BG/NBD calibrations of their clubs" on stats.bg_nbd_calibrations
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "operators read the BG/NBD attempts of their clubs" on stats.bg_nbd_attempts
  for select to authenticated using (club_id in (select core.my_clubs()));

create function stats.bg_nbd_repeat_clients_needed() returns bigint
language sql immutable parallel safe set search_path = '' as $$ select 200::bigint $$;
comment on function stats.bg_nbd_repeat_clients_needed is 'Repeat clients without whom a club has no parameters of its own, and without whom all clubs together have none.';

create function stats.bg_nbd_state(p_club_id bigint)
returns table (
  fit_id bigint, basis text, fitted_at timestamptz, as_of date, holdout_until date, has_converged boolean,
  repeat_clients bigint, repeat_clients_needed bigint, pooled_repeat_clients bigint, attempted_at timestamptz,
  last_outcome text, explanation text
)
language sql stable set search_path = '' as $$
  select
    fit.fit_id,
    fit.basis,
    fit.fitted_at,
    fit.as_of,
    fit.holdout_until,
    fit.has_converged,
    coalesce(attempt.repeat_clients, fit.own_repeat_clients),
    needed.repeat_clients,
    attempt.pooled_repeat_clients,
    attempt.attempted_at,
    attempt.outcome,
    concat_ws(
      ' ',
      case fit.basis
        when 'own' then format('Fitted on this club''s own clients, %s of them repeat clients.', fit.own_repeat_clients)
        when 'pooled' then format(
          'Pooled parameters: this club had %s repeat clients, %s are needed for its own; these were fitted on %s repeat clients of all clubs.',
          fit.own_repeat_clients, needed.repeat_clients, fit.repeat_clients
        )
        else 'No probabilities yet.'
      end,
      case when not fit.has_converged then 'The search for the parameters did not settle: look at the calibration before relying on them.' end,
      case attempt.outcome
        when 'too_few' then format(
          'The last attempt found %s repeat clients in this club and %s in all clubs together, %s are needed; the next is a day later.',
          attempt.repeat_clients, attempt.pooled_repeat_clients, needed.repeat_clients
        )
        when 'failed' then 'The last attempt failed, see the incidents of the club''s numbers; the next is a day later.'
        when 'begun' then 'An attempt has begun; should it break off, the next is a day later.'
        when 'fitted' then null
        else 'The first attempt follows the first complete sync.'
      end
    )
  from core.clubs as club
  cross join (select stats.bg_nbd_repeat_clients_needed() as repeat_clients) as needed
  left join stats.bg_nbd_attempts as attempt on attempt.club_id = club.club_id
  left join lateral (
    select latest.*
    from stats.bg_nbd_fits as latest
    where latest.club_id = club.club_id
    order by latest.fit_id desc
    limit 1
  ) as fit on true
  where club.club_id = p_club_id
$$;
comment on function stats.bg_nbd_state is
  'One row: the fit a club''s probabilities rest on, its own or pooled, how many repeat clients there are and are needed, and the last attempt, in words too.';
grant execute on function stats.bg_nbd_repeat_clients_needed, stats.bg_nbd_state to authenticated;
