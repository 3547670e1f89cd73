-- Drafts that came to nothing, with the reason kept twice: with the draft, and where an operator asks "why did she get nothing?"
create function campaigns.skip_drafts(p_club_id bigint, p_draft_ids uuid[], p_reason text, p_actor text, p_now timestamptz)
returns bigint
language sql set search_path = '' as $$
  with cancelled as (
    update campaigns.drafts as draft
    set status = 'cancelled',
        decided_by = p_actor,
        decided_at = p_now,
        decision_reason = p_reason,
        lease_token = null,
        leased_until = null
    where draft.club_id = p_club_id
      and draft.draft_id = any (p_draft_ids)
      and draft.status in ('planned', 'drafted', 'pending', 'approved')
    returning draft.*
  ),
  skipped as (
    insert into campaigns.skips as known (
      club_id, skipped_date, client_id, scenario, campaign_id, occasion, reason, variables, skipped_at
    )
    -- Of several on one day the last counts, as it would one after another.
    select distinct on (cancelled.client_id)
      cancelled.club_id, core.local_date(p_club_id, p_now), cancelled.client_id, cancelled.scenario, cancelled.campaign_id,
      cancelled.occasion, p_reason, cancelled.variables, p_now
    from cancelled
    order by cancelled.client_id, cancelled.planned_at desc
    on conflict (club_id, skipped_date, client_id) do update set
      scenario = excluded.scenario,
      campaign_id = excluded.campaign_id,
      occasion = excluded.occasion,
      reason = excluded.reason,
      variables = excluded.variables,
      skipped_at = excluded.skipped_at
    where known.reason <> 'holdout'
  )
  select count(*) from cancelled
$$;
comment on function campaigns.skip_drafts is 'Cancels those of these drafts that are open, with a skip reason that is kept; returns how many.';

create function campaigns.open_drafts(p_club_id bigint, p_at timestamptz, p_client_ids bigint[] default null)
returns table (draft_id uuid, client_id bigint, scenario text, campaign_id bigint, status text)
language sql stable set search_path = '' rows 100 as $$
  -- What is on its way to WhatsApp, or may have arrived, is not open any more; what has expired voids itself.
  select draft.draft_id, draft.client_id, draft.scenario, draft.campaign_id, draft.status
  from campaigns.drafts as draft
  where draft.club_id = p_club_id
    and draft.status in ('planned', 'drafted', 'pending', 'approved')
    and draft.expires_at > p_at
    and (p_client_ids is null or draft.client_id = any (p_client_ids))
    and not exists (
      select from campaigns.contacts as contact
      where contact.club_id = draft.club_id and contact.draft_id = draft.draft_id
    )
$$;
comment on function campaigns.open_drafts is 'Drafts, of all clients or those named, that may still be voided at an instant: not decided against, not expired, and not on their way.';
grant execute on function campaigns.open_drafts to authenticated;

create function campaigns.void_drafts(
  p_club_id bigint, p_scenario text, p_campaign_id bigint, p_reason text, p_actor text, p_now timestamptz
) returns bigint
language sql set search_path = '' as $$
  select campaigns.skip_drafts(
    p_club_id,
    array(
      select open_draft.draft_id
      from campaigns.open_drafts(p_club_id, p_now) as open_draft
      where open_draft.scenario = p_scenario
        and open_draft.campaign_id is not distinct from p_campaign_id
      -- Whoever voids several locks them in one order.
      order by open_draft.draft_id
    ),
    p_reason, p_actor, p_now
  )
$$;
comment on function campaigns.void_drafts is
  'Voids the open drafts of a scenario (p_campaign_id null) or of a one-off campaign with a skip reason; returns how many.';
