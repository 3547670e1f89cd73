-- Who was meant to get a message and who was held back as control, and who of them came: what lift is computed from.
-- One row per client, scenario or campaign, and occasion, with the group of the first assignment; nothing later changes it.
--
-- Intention to treat, because everything that happens after the draw may depend on whether the client comes back unasked:
--   * Whoever was planned stays among the messaged when the message was rejected, expired or cancelled. Above all, who comes before
--     the sending has their message cancelled: leave them out, and the messaged lose returners whom the control group keeps.
--   * So does whoever passed every check and the draw of the control group and waits for room in the daily limit. Room goes to the
--     most valuable first, and control clients wait for none: those who wait belong to the messaged from their first day on.
--   * Both groups are counted from the assignment, the one moment both have. Counted from the sending, who came before it would
--     still be a return, and who did not would get a later end: a longer window than the control group's.
create index drafts_by_client on campaigns.drafts (club_id, client_id, planned_date);
create index drafts_by_date on campaigns.drafts (club_id, planned_date);

create function outbox.assignments(
  p_club_id bigint, p_from date, p_until date, p_at timestamptz, p_scenario text default null
)
returns table (
  client_id bigint,
  scenario text,
  campaign_id bigint,
  occasion text,
  assigned_group text,
  assigned_at timestamptz,
  window_ends_at timestamptz,
  sent_at timestamptz,
  returned_at timestamptz
)
language sql stable set search_path = '' rows 1000 as $$
  with drawn as materialized (
    -- One row per draft of the period, and per client and day held out or waiting for room.
    select
      draft.client_id,
      draft.scenario,
      draft.campaign_id,
      draft.occasion,
      'messaged' as assigned_group,
      draft.planned_at as assigned_at,
      draft.planned_date as assigned_date
    from campaigns.drafts as draft
    where draft.club_id = p_club_id
      and draft.planned_date between p_from and p_until
      and draft.planned_at <= p_at
      and (p_scenario is null or draft.scenario = p_scenario)
    union all
    select
      skip.client_id,
      skip.scenario,
      skip.campaign_id,
      skip.occasion,
      case skip.reason when 'holdout' then 'control' else 'messaged' end,
      skip.skipped_at,
      skip.skipped_date
    from campaigns.skips as skip
    where skip.club_id = p_club_id
      and skip.skipped_date between p_from and p_until
      and skip.reason in ('holdout', 'daily_limit')
      and skip.skipped_at <= p_at
      and (p_scenario is null or skip.scenario = p_scenario)
  ),
  first_drawn as (
    select distinct on (drawn.client_id, drawn.scenario, drawn.occasion) drawn.*
    from drawn
    order by drawn.client_id, drawn.scenario, drawn.occasion, drawn.assigned_at, drawn.assigned_group
  ),
  assigned as materialized (
    select
      first_drawn.*,
      first_drawn.assigned_at + setting.return_days * interval '24 hours' as window_ends_at,
      -- So many days of 24 hours touch one local date more, and one more where the clocks go back.
      first_drawn.assigned_date + setting.return_days + 1 as last_date
    from first_drawn
    join core.settings as setting on setting.club_id = p_club_id
    join crm.clients as client
      on client.club_id = p_club_id
      and client.client_id = first_drawn.client_id
      and client.deleted_at is null
    -- Of an occasion that began before the period, the first assignment is not in it.
    where not exists (
        select from campaigns.drafts as earlier
        where earlier.club_id = p_club_id
          and earlier.client_id = first_drawn.client_id
          and earlier.planned_date < p_from
          and earlier.scenario = first_drawn.scenario
          and earlier.occasion = first_drawn.occasion
      )
      and not exists (
        select from campaigns.skips as earlier
        where earlier.club_id = p_club_id
          and earlier.client_id = first_drawn.client_id
          and earlier.skipped_date < p_from
          and earlier.reason in ('holdout', 'daily_limit')
          and earlier.scenario = first_drawn.scenario
          and earlier.occasion = first_drawn.occasion
      )
  )
  -- Asked of the index for each client: how many there are is not known to the planner, and a join of two lists that it takes for
  -- short compares each with each.
  select
    assigned.client_id,
    assigned.scenario,
    assigned.campaign_id,
    assigned.occasion,
    assigned.assigned_group,
    assigned.assigned_at,
    assigned.window_ends_at,
    (
      select min(message.accepted_at)
      from campaigns.drafts as draft
      join outbox.messages as message
        on message.club_id = p_club_id
        and message.draft_id = draft.draft_id
      where draft.club_id = p_club_id
        and draft.client_id = assigned.client_id
        and draft.planned_date >= p_from
        and draft.scenario = assigned.scenario
        and draft.occasion = assigned.occasion
        and message.accepted_at <= p_at
    ),
    (
      select min(visit.starts_at)
      from crm.visits as visit
      where visit.club_id = p_club_id
        and visit.client_id = assigned.client_id
        and visit.local_date between assigned.assigned_date and assigned.last_date
        and visit.starts_at > assigned.assigned_at
        and visit.starts_at <= least(assigned.window_ends_at, p_at)
    )
  from assigned
$$;
comment on function outbox.assignments is
  'Per client, scenario or campaign, and occasion assigned in a period, of all scenarios or one: messaged or control, since when, when a message was sent, and the first visit within the club''s return days of the assignment.';
grant execute on function outbox.assignments to authenticated;
