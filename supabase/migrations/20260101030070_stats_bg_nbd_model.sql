-- BG/NBD in closed form (Fader, Hardie & Lee 2005): what its parameters and one client's frequency, recency and age say of the future.
-- Any unit of time, the same for alpha, recency, age and horizon; ours is days. Null in, null out.
create function stats.bg_nbd_probability_alive(
  p_r double precision,
  p_alpha double precision,
  p_a double precision,
  p_b double precision,
  p_frequency integer,
  p_recency double precision,
  p_age double precision
) returns double precision
language sql immutable strict parallel safe set search_path = '' as $$
  -- 1 / (1 + odds of having left), the odds in logarithms and cut off where they would overflow: beyond e^600 nothing is told apart.
  select case
    when p_frequency = 0 then 1
    else 1 / nullif(
      1 + exp(greatest(-600, least(600,
        ln(p_a) - ln(p_b + p_frequency - 1) + (p_r + p_frequency) * (ln(p_alpha + p_age) - ln(p_alpha + p_recency))
      ))),
      0
    )
  end
$$;
comment on function stats.bg_nbd_probability_alive is
  'P(alive): how probable it is that a client has not left for good. 1 for one visit: by the model nobody leaves before a second one.';

create function stats.bg_nbd_probability_visit(
  p_r double precision,
  p_alpha double precision,
  p_a double precision,
  p_b double precision,
  p_frequency integer,
  p_recency double precision,
  p_age double precision,
  p_horizon double precision
) returns double precision
language sql immutable strict parallel safe set search_path = '' as $$
  -- Who is still there comes at all unless the first gap outlasts the horizon.
  select stats.bg_nbd_probability_alive(p_r, p_alpha, p_a, p_b, p_frequency, p_recency, p_age)
    * (1 - exp(greatest(-600, (p_r + p_frequency) * (ln(p_alpha + p_age) - ln(p_alpha + p_age + p_horizon)))))
$$;
comment on function stats.bg_nbd_probability_visit is
  'How probable it is that a client comes at least once within the horizon: below P(alive), for who is still there may come later.';

-- The paper's expectation has a hypergeometric function and divides by a − 1 and a + b + x − 1, either of which may be nought. The same
-- number as a sum without a subtraction: were nobody to leave, a client who is still there would make N visits within the horizon,
-- N negative binomial; of n such visits, Q(n) = sum over j ≤ n of E[(1 − p)^(j−1)] are made, p ~ Beta(a, b + x). It is never
-- negative, and ends once what is left out is below 10^-12 of it.
create function stats.bg_nbd_expected_visits(
  p_r double precision,
  p_alpha double precision,
  p_a double precision,
  p_b double precision,
  p_frequency integer,
  p_recency double precision,
  p_age double precision,
  p_horizon double precision
) returns double precision
language plpgsql immutable strict parallel safe set search_path = '' as $$
declare
  shape constant double precision := p_r + p_frequency;
  stays constant double precision := p_b + p_frequency;
  step constant double precision := p_horizon / nullif(p_alpha + p_age + p_horizon, 0);
  -- Of N = n beside that of N = 0: multiplied from one n to the next, scaled down before it overflows.
  weight double precision := 1;
  total double precision := 1;
  expected double precision := 0;
  made double precision := 0;
  next_made double precision := 1;
  ratio double precision;
begin
  if p_horizon = 0 then
    return 0;
  end if;
  for visits in 1..100000 loop
    weight := weight * (shape + visits - 1) * step / nullif(visits, 0);
    made := made + next_made;
    -- Postgres raises an error for what is too small to be told from nought.
    next_made := case
      when next_made > 1e-200 then next_made * (stays + visits - 1) / nullif(p_a + stays + visits - 1, 0)
      else 0
    end;
    total := total + weight;
    expected := expected + weight * made;
    -- From here on no weight is more than this share of the one before, and no further visit adds more than one.
    ratio := greatest(step, (shape + visits) * step / nullif(visits + 1, 0));
    if ratio < 1 and weight * ratio * (made + 1 / nullif(1 - ratio, 0)) <= 1e-12 * (1 - ratio) * expected then
      return expected / nullif(total, 0)
        * stats.bg_nbd_probability_alive(p_r, p_alpha, p_a, p_b, p_frequency, p_recency, p_age);
    end if;
    if weight > 1e200 then
      weight := weight * 1e-200;
      total := total * 1e-200;
      expected := expected * 1e-200;
    end if;
  end loop;
  raise exception 'The expected visits of r = %, alpha = %, x = %, T = % within % take more than 100000 terms: give an alpha that is larger beside the horizon.',
    p_r, p_alpha, p_frequency, p_age, p_horizon
    using errcode = 'program_limit_exceeded';
end
$$;
comment on function stats.bg_nbd_expected_visits is
  'How many visits a client is expected to make within the horizon, given frequency, recency and age; having perhaps left is counted in.';

grant execute on function stats.bg_nbd_probability_alive, stats.bg_nbd_probability_visit, stats.bg_nbd_expected_visits to authenticated;
