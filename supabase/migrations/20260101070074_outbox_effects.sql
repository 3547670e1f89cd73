-- What each automated scenario and each one-off campaign did in a period, and what it changed.
-- One row per automated scenario, and per campaign with a candidate in the period. Two ways of counting stand side by side:
--   * the funnel counts messages, by the day they were planned: what became of them, whoever would have come anyway;
--   * lift counts clients, by the day of their first assignment in the period: what the messages changed.
-- A client counts once for lift, however many occasions they had: two answers of one person are not two persons, and a client who
-- was messaged is kept from the next occasion by the cooldown, a control client is not. Only assignments whose window is over count:
-- of the others only those who came early are known, and rates of half-open windows move with the mix of days, not with the effect.
create function outbox.effects(p_club_id bigint, p_from date, p_until date, p_at timestamptz)
returns table (
  scenario text,
  campaign_id bigint,
  planned bigint,
  skipped jsonb,
  drafted bigint,
  approved bigint,
  sent bigint,
  delivered bigint,
  read bigint,
  replied bigint,
  opted_out bigint,
  booked bigint,
  returned bigint,
  revenue_of_returners_minor bigint,
  cost_minor bigint,
  messaged_clients bigint,
  messaged_returned bigint,
  control_clients bigint,
  control_returned bigint,
  waiting_clients bigint,
  return_rate double precision,
  control_rate double precision,
  lift double precision,
  lift_low double precision,
  lift_high double precision,
  verdict text
)
language sql stable set search_path = '' rows 20 as $$
  with journey as materialized (
    select * from outbox.journeys(p_club_id, p_from, p_until, p_at)
  ),
  funnel as (
    select
      journey.scenario,
      journey.campaign_id,
      count(*) as planned,
      count(*) filter (where journey.is_drafted) as drafted,
      count(*) filter (where journey.is_approved) as approved,
      count(journey.sent_at) as sent,
      count(*) filter (where journey.is_delivered) as delivered,
      count(*) filter (where journey.is_read) as read,
      count(*) filter (where journey.is_billed) as billed,
      count(*) filter (where journey.is_replied) as replied,
      count(*) filter (where journey.is_opted_out) as opted_out,
      count(*) filter (where journey.is_booked) as booked,
      count(journey.returned_at) as returned
    from journey
    group by journey.scenario, journey.campaign_id
  ),
  skipped as (
    -- A candidate skipped for the same reason on many days is one.
    select by_reason.scenario, by_reason.campaign_id, jsonb_object_agg(by_reason.reason, by_reason.candidates) as skipped
    from (
      select skip.scenario, skip.campaign_id, skip.reason, count(distinct (skip.client_id, skip.occasion)) as candidates
      from campaigns.skips as skip
      where skip.club_id = p_club_id
        and skip.skipped_date between p_from and p_until
        and skip.skipped_at <= p_at
      group by skip.scenario, skip.campaign_id, skip.reason
    ) as by_reason
    group by by_reason.scenario, by_reason.campaign_id
  ),
  revenue as (
    -- Each payment once, however many messages of the scenario came before it.
    select paid.scenario, paid.campaign_id, sum(paid.amount_minor)::bigint as amount_minor
    from (
      select distinct journey.scenario, journey.campaign_id, payment.payment_id, payment.amount_minor
      from journey
      join crm.payments as payment
        on payment.club_id = p_club_id
        and payment.client_id = journey.client_id
        and not payment.is_deleted
        and payment.local_date >= (journey.sent_at at time zone 'UTC')::date - 1
        and payment.paid_at > journey.sent_at
        and payment.paid_at <= journey.answers_until
      where journey.returned_at is not null
    ) as paid
    group by paid.scenario, paid.campaign_id
  ),
  assigned as (
    select distinct on (assignment.scenario, assignment.campaign_id, assignment.client_id) assignment.*
    from outbox.assignments(p_club_id, p_from, p_until, p_at) as assignment
    order by assignment.scenario, assignment.campaign_id, assignment.client_id, assignment.assigned_at
  ),
  compared as (
    select
      assigned.scenario,
      assigned.campaign_id,
      count(*) filter (where is_over and is_messaged) as messaged_clients,
      count(assigned.returned_at) filter (where is_over and is_messaged) as messaged_returned,
      count(*) filter (where is_over and not is_messaged) as control_clients,
      count(assigned.returned_at) filter (where is_over and not is_messaged) as control_returned,
      count(*) filter (where not is_over) as waiting_clients
    from assigned
    cross join lateral (
      select assigned.window_ends_at <= p_at as is_over, assigned.assigned_group = 'messaged' as is_messaged
    ) as told
    group by assigned.scenario, assigned.campaign_id
  ),
  known as (
    select scenario.code as scenario, null::bigint as campaign_id
    from campaigns.scenarios as scenario
    where scenario.is_automated
    union
    select skipped.scenario, skipped.campaign_id from skipped
    union
    select funnel.scenario, funnel.campaign_id from funnel
  )
  select
    known.scenario,
    known.campaign_id,
    coalesce(funnel.planned, 0),
    coalesce(skipped.skipped, '{}'),
    coalesce(funnel.drafted, 0),
    coalesce(funnel.approved, 0),
    coalesce(funnel.sent, 0),
    coalesce(funnel.delivered, 0),
    coalesce(funnel.read, 0),
    coalesce(funnel.replied, 0),
    coalesce(funnel.opted_out, 0),
    coalesce(funnel.booked, 0),
    coalesce(funnel.returned, 0),
    coalesce(revenue.amount_minor, 0),
    -- Meta tells which messages it bills and not for how much: no price, no cost.
    coalesce(funnel.billed, 0) * setting.message_price_minor,
    coalesce(compared.messaged_clients, 0),
    coalesce(compared.messaged_returned, 0),
    coalesce(compared.control_clients, 0),
    coalesce(compared.control_returned, 0),
    coalesce(compared.waiting_clients, 0),
    compared.messaged_returned::double precision / nullif(compared.messaged_clients, 0),
    compared.control_returned::double precision / nullif(compared.control_clients, 0),
    case when is_enough then apart.difference end,
    case when is_enough then apart.low end,
    case when is_enough then apart.high end,
    case
      when not is_enough then 'not enough data yet'
      when apart.low > 0 then 'works'
      when apart.high < 0 then 'works against'
      else 'no difference seen'
    end
  from known
  join core.settings as setting on setting.club_id = p_club_id
  join campaigns.scenarios as rule on rule.code = known.scenario
  left join funnel
    on funnel.scenario = known.scenario
    and funnel.campaign_id is not distinct from known.campaign_id
  left join skipped
    on skipped.scenario = known.scenario
    and skipped.campaign_id is not distinct from known.campaign_id
  left join revenue
    on revenue.scenario = known.scenario
    and revenue.campaign_id is not distinct from known.campaign_id
  left join compared
    on compared.scenario = known.scenario
    and compared.campaign_id is not distinct from known.campaign_id
  cross join lateral (
    select coalesce(least(compared.messaged_clients, compared.control_clients) >= setting.lift_min_clients, false) as is_enough
  ) as told
  cross join lateral stats.newcombe_interval(
    compared.messaged_returned, compared.messaged_clients, compared.control_returned, compared.control_clients
  ) as apart
  order by rule.priority, known.campaign_id
$$;
comment on function outbox.effects is
  'Per automated scenario and one-off campaign of a period: the funnel of its messages, revenue and cost, and the lift of the messaged over the control group with its 95 % interval and verdict (works, works against, no difference seen, not enough data yet).';
grant execute on function outbox.effects to authenticated;
