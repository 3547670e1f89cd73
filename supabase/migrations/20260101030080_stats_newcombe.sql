-- How far two shares are apart, and within what bounds: one row, whatever the counts.
-- Newcombe's hybrid score interval (1998, method 10): the two Wilson intervals of the shares, put together by how far each of
-- their ends lies from its share; without continuity correction. It holds for small groups and for shares near 0 and 1, where
-- the textbook interval of a difference leaves [-1, 1] or shrinks to nothing.
create function stats.wilson_interval(p_successes bigint, p_total bigint)
returns table (share double precision, low double precision, high double precision)
language plpgsql immutable set search_path = '' rows 1 as $$
declare
  -- The 97.5th percentile of the normal distribution: 95 % lie between its two sides.
  z constant double precision := 1.959963984540054;
  total double precision;
  middle double precision;
  reach double precision;
begin
  if p_successes < 0 or p_successes > p_total then
    raise exception '% of % is no share: count the successes among the total, from 0 to all of them.', p_successes, p_total
      using errcode = 'check_violation';
  end if;
  total := nullif(p_total, 0);
  -- Nobody to ask: no share, and no bounds of one.
  if total is null then
    return next;
    return;
  end if;
  share := p_successes / nullif(total, 0);
  middle := (p_successes + z * z / 2) / nullif(total + z * z, 0);
  reach := z * sqrt(total * share * (1 - share) + z * z / 4) / nullif(total + z * z, 0);
  -- The rounding of floats must not put the share itself outside.
  low := least(share, greatest(0, middle - reach));
  high := greatest(share, least(1, middle + reach));
  return next;
end
$$;
comment on function stats.wilson_interval is
  'A share with its 95 % Wilson score interval; nulls when the total is 0. Fails when the successes are not among the total.';

create function stats.newcombe_interval(p_successes_1 bigint, p_total_1 bigint, p_successes_2 bigint, p_total_2 bigint)
returns table (difference double precision, low double precision, high double precision)
language sql immutable set search_path = '' rows 1 as $$
  select
    first.share - second.share,
    first.share - second.share - sqrt((first.share - first.low) ^ 2 + (second.high - second.share) ^ 2),
    first.share - second.share + sqrt((first.high - first.share) ^ 2 + (second.share - second.low) ^ 2)
  from stats.wilson_interval(p_successes_1, p_total_1) as first
  cross join stats.wilson_interval(p_successes_2, p_total_2) as second
$$;
comment on function stats.newcombe_interval is
  'The share of the first less that of the second with its 95 % Newcombe interval (hybrid score, no continuity correction); nulls when a total is 0.';
grant execute on function stats.wilson_interval, stats.newcombe_interval to authenticated;
