-- What was drafted on each day, by whom and at what cost.
-- One row per local day on which anything was. Who wrote a text stands beside its words; what it cost is summed over charges, which
-- know of trials, of translations and of questions whose answer got lost too.
create function campaigns.drafting_days(p_club_id bigint, p_days integer, p_now timestamptz)
returns table (
  day date,
  by_claude bigint,
  repaired bigint,
  static jsonb,
  input_tokens bigint,
  output_tokens bigint,
  mean_latency_ms integer,
  cost_micro_usd bigint,
  reserved_micro_usd bigint
)
language sql stable set search_path = '' rows 30 as $$
  with asked_days as (
    select
      core.local_date(p_club_id, p_now) - (p_days - 1) as from_date,
      (core.local_date(p_club_id, p_now) - (p_days - 1))::timestamp at time zone club.timezone as from_at,
      club.timezone
    from core.clubs as club
    where club.club_id = p_club_id
  ),
  wordings as (
    select
      (wording.written_at at time zone asked_days.timezone)::date as day,
      wording.source,
      coalesce(wording.usage ->> 'fallback_cause', 'unknown') as cause,
      coalesce((wording.usage ->> 'attempts')::integer, 0) > 0 as is_asked,
      coalesce((wording.usage ->> 'is_batch')::boolean, false) as is_batch,
      wording.usage ? 'repaired' as is_repaired,
      (wording.usage ->> 'input_tokens')::bigint as input_tokens,
      (wording.usage ->> 'output_tokens')::bigint as output_tokens,
      (wording.usage ->> 'latency_ms')::numeric as latency_ms
    from asked_days
    join campaigns.draft_versions as wording
      on wording.club_id = p_club_id
      and wording.written_at >= asked_days.from_at
    where wording.source in ('claude', 'static')
      and wording.written_at <= p_now
  ),
  causes as (
    select counted.day, jsonb_object_agg(counted.cause, counted.drafts) as static
    from (
      select wordings.day, wordings.cause, count(*) as drafts
      from wordings
      where wordings.source = 'static'
      group by wordings.day, wordings.cause
    ) as counted
    group by counted.day
  ),
  written as (
    select
      wordings.day,
      count(*) filter (where wordings.source = 'claude') as by_claude,
      count(*) filter (where wordings.source = 'claude' and wordings.is_repaired) as repaired,
      coalesce(sum(wordings.input_tokens), 0)::bigint as input_tokens,
      coalesce(sum(wordings.output_tokens), 0)::bigint as output_tokens,
      -- A batch is answered when it is: hours say nothing about how long a question takes.
      round(avg(wordings.latency_ms) filter (where wordings.is_asked and not wordings.is_batch))::integer as mean_latency_ms
    from wordings
    group by wordings.day
  ),
  charges as (
    select
      charge.charged_date as day,
      coalesce(sum(charge.cost_micro_usd), 0)::bigint as cost_micro_usd,
      coalesce(sum(charge.estimate_micro_usd) filter (where charge.settled_at is null), 0)::bigint as reserved_micro_usd
    from asked_days
    join campaigns.drafting_charges as charge
      on charge.club_id = p_club_id
      and charge.charged_date >= asked_days.from_date
    where charge.charged_at <= p_now
    group by charge.charged_date
  )
  select
    day,
    coalesce(written.by_claude, 0),
    coalesce(written.repaired, 0),
    coalesce(causes.static, '{}'),
    coalesce(written.input_tokens, 0),
    coalesce(written.output_tokens, 0),
    written.mean_latency_ms,
    coalesce(charges.cost_micro_usd, 0),
    coalesce(charges.reserved_micro_usd, 0)
  from written
  full join charges using (day)
  left join causes using (day)
  order by day desc
$$;
comment on function campaigns.drafting_days is
  'Per local day of the last p_days on which anything was drafted: drafts by Claude and how many it had to repair, standard texts by cause, tokens, mean latency, and what was charged, trials, translations and lost questions included.';
grant execute on function campaigns.drafting_days to authenticated;
