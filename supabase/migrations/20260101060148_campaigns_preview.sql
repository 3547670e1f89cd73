-- Who would get a scenario or campaign now, and why others would not: the first few clients of each reason, each with how many
-- there are in all. Writes nothing.
create function campaigns.preview(p_club_id bigint, p_at timestamptz, p_scenario text, p_campaign_id bigint, p_clients_per_reason integer)
returns table (
  skip_reason text, clients bigint, client_id bigint, external_id text, name text, segment text, why text
)
language sql stable set search_path = '' rows 100 as $$
  with today as materialized (
    select core.local_date(p_club_id, p_at) as as_of
  ),
  candidate as materialized (
    select
      found.client_id,
      found.external_id,
      found.segment,
      found.why,
      case
        -- Sent earlier, and sent today, are told apart: who has today's message on its way does get it.
        when found.skip_reason = 'already_sent' and exists (
          select
          from campaigns.drafts as draft
          where draft.club_id = p_club_id
            and draft.client_id = found.client_id
            and draft.scenario = found.scenario
            and draft.campaign_id is not distinct from p_campaign_id
            and draft.planned_date = today.as_of
            and draft.planned_at <= p_at
            and draft.status not in ('expired', 'cancelled')
        ) then 'planned_today'
        else found.skip_reason
      end as reason
    from today
    cross join lateral campaigns.evaluate(p_club_id, today.as_of, p_at, p_scenario, p_campaign_id) as found
    -- Asked for neither, it would be everything that is switched on.
    where num_nonnulls(p_scenario, p_campaign_id) = 1
  ),
  numbered as (
    select
      candidate.*,
      client.name,
      count(*) over (partition by candidate.reason) as clients,
      row_number() over (partition by candidate.reason order by client.name, candidate.client_id) as place
    from candidate
    join crm.clients as client
      on client.club_id = p_club_id
      and client.client_id = candidate.client_id
  )
  select
    numbered.reason,
    numbered.clients,
    numbered.client_id,
    numbered.external_id,
    numbered.name,
    definition.name,
    numbered.why
  from numbered
  left join segments.definitions as definition on definition.code = numbered.segment
  where numbered.place <= p_clients_per_reason
  order by numbered.reason nulls first, numbered.place
$$;
comment on function campaigns.preview is
  'Who would get one scenario or campaign at an instant as if it were on (reason null), and why others would not (planned_today: theirs is on its way); per reason the first clients by name, and how many there are.';
grant execute on function campaigns.preview to authenticated;
