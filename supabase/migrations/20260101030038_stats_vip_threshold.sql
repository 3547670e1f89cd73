-- The LTV from which a client is VIP: the club's fixed amount, else percentile_disc(0.9) of LTV over clients whose LTV is above
-- zero. Null: there is no such client, and nobody is VIP.
create function stats.vip_percentile(p_club_id bigint, p_as_of date) returns bigint
language sql stable set search_path = '' as $$
  with paid as (
    select sum(payment.amount_minor) as ltv_minor
    from crm.payments as payment
    join crm.clients as client
      on client.club_id = payment.club_id
      and client.client_id = payment.client_id
    where payment.club_id = p_club_id
      and not payment.is_deleted
      and payment.local_date <= p_as_of
      and client.deleted_at is null
    group by payment.client_id
  )
  select percentile_disc(0.9) within group (order by paid.ltv_minor)::bigint
  from paid
  where paid.ltv_minor > 0
$$;
comment on function stats.vip_percentile is 'The 90th percentile of LTV above zero as of a day, from the payments, in minor units; null without any.';

create function stats.vip_percentile_of_rollup(p_club_id bigint) returns bigint
language sql stable set search_path = '' as $$
  -- The same number off an index: a sale a minute must not sort the whole club. percentile_disc rounds 0.9 × n up, in doubles.
  with paying as (
    select count(*) as clients
    from stats.client_stats as client
    where client.club_id = p_club_id
      and client.ltv_minor > 0
  )
  select client.ltv_minor
  from stats.client_stats as client
  where client.club_id = p_club_id
    and client.ltv_minor > 0
  order by client.ltv_minor desc
  offset (select paying.clients - ceil(0.9::double precision * paying.clients)::bigint from paying)
  limit 1
$$;
comment on function stats.vip_percentile_of_rollup is 'stats.vip_percentile of the day the rollup stands at.';

create function stats.stands_at(p_club_id bigint, p_as_of date) returns boolean
language sql stable set search_path = '' as $$
  select exists (
    select from stats.club_days as day where day.club_id = p_club_id and day.as_of = p_as_of
  ) and not exists (
    select from stats.dirty_clients as dirty where dirty.club_id = p_club_id
  )
$$;
comment on function stats.stands_at is 'Whether the rollup holds for a day as it is, with nobody waiting to be recomputed.';

create function stats.vip_percentile_on(p_club_id bigint, p_as_of date) returns bigint
language sql stable set search_path = '' as $$
  select case
    when stats.stands_at(p_club_id, p_as_of)
    then (select day.vip_percentile_minor from stats.club_days as day where day.club_id = p_club_id)
    else stats.vip_percentile(p_club_id, p_as_of)
  end
$$;
comment on function stats.vip_percentile_on is 'stats.vip_percentile, kept with the rollup where that stands at the day.';

create function stats.vip_threshold(p_club_id bigint, p_as_of date) returns bigint
language sql stable set search_path = '' as $$
  select coalesce(
    (select setting.vip_threshold_minor from core.settings as setting where setting.club_id = p_club_id),
    stats.vip_percentile_on(p_club_id, p_as_of)
  )
$$;
comment on function stats.vip_threshold is 'LTV from which a client is VIP, in minor units; null when there is none.';

grant execute on function
  stats.vip_percentile, stats.vip_percentile_of_rollup, stats.stands_at, stats.vip_percentile_on, stats.vip_threshold
to authenticated;
