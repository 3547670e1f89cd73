-- The same checks again, for one draft: when it is approved and in the transaction that claims it for sending.
create function campaigns.recheck(p_club_id bigint, p_draft_id uuid, p_at timestamptz) returns text
language sql stable set search_path = '' as $$
  select case
    when checks.client_id is null or checks.phone is null then 'no_phone'
    when checks.is_suppressed then 'suppressed'
    when not checks.has_consent then 'no_consent'
    when scenario.is_churn and (
      checks.has_upcoming_booking
      or exists (
        select from crm.bookings as booking
        where booking.club_id = draft.club_id
          and booking.client_id = draft.client_id
          and not booking.is_deleted
          and booking.status in ('booked', 'confirmed', 'attended')
          and (
            booking.made_at >= draft.planned_at
            or (booking.status = 'attended' and booking.local_date >= draft.planned_date and booking.starts_at <= p_at)
          )
      )
    ) then 'came_back'
    when checks.is_do_not_wake and choice.includes_do_not_wake is not true then 'do_not_wake'
    when exists (
      select from campaigns.contacts as contact
      where contact.club_id = draft.club_id
        and contact.client_id = draft.client_id
        and contact.scenario = draft.scenario
        and (contact.occasion = draft.occasion or contact.contacted_date >= draft.once_since)
    ) then 'already_sent'
    when checks.is_cooling_down and not scenario.is_exempt_from_cooldown then 'cooldown'
    when checks.is_capped then 'frequency_cap'
    when template.status is distinct from 'APPROVED' then 'no_template'
    -- A new quarter may have begun since planning, with a new control group.
    when campaigns.is_holdout(
      draft.club_id, draft.scenario, client.external_id, core.local_date(draft.club_id, p_at), setting.holdout_share
    ) then 'holdout'
  end
  from campaigns.drafts as draft
  join core.settings as setting on setting.club_id = draft.club_id
  join crm.clients as client
    on client.club_id = draft.club_id
    and client.client_id = draft.client_id
  join campaigns.scenarios as scenario on scenario.code = draft.scenario
  left join campaigns.club_scenarios as choice
    on choice.club_id = draft.club_id
    and choice.scenario = draft.scenario
  join campaigns.templates as template
    on template.club_id = draft.club_id
    and template.name = draft.template_name
    and template.language = draft.template_language
  left join lateral campaigns.client_checks(
    draft.club_id, core.local_date(draft.club_id, p_at), p_at, array[draft.client_id]
  ) as checks on true
  where draft.club_id = p_club_id
    and draft.draft_id = p_draft_id
$$;
comment on function campaigns.recheck is 'Why a draft may not be sent at an instant, by the order of the skip reasons; null when it may.';
grant execute on function campaigns.recheck to authenticated;

create function campaigns.skip_draft(p_club_id bigint, p_draft_id uuid, p_reason text, p_actor text, p_now timestamptz)
returns void
language sql set search_path = '' as $$
  -- The draft is void and the reason is kept twice: with the draft, and where an operator asks "why did she get nothing?"
  with cancelled as (
    update campaigns.drafts as draft
    set status = 'cancelled',
        decided_by = p_actor,
        decided_at = p_now,
        decision_reason = p_reason
    where draft.club_id = p_club_id
      and draft.draft_id = p_draft_id
      and draft.status in ('planned', 'drafted', 'pending', 'approved')
    returning draft.*
  )
  insert into campaigns.skips as known (club_id, skipped_date, client_id, scenario, occasion, reason, variables, skipped_at)
  select
    cancelled.club_id, core.local_date(p_club_id, p_now), cancelled.client_id, cancelled.scenario, cancelled.occasion, p_reason,
    cancelled.variables, p_now
  from cancelled
  on conflict (club_id, skipped_date, client_id) do update set
    scenario = excluded.scenario,
    occasion = excluded.occasion,
    reason = excluded.reason,
    variables = excluded.variables,
    skipped_at = excluded.skipped_at
$$;
comment on function campaigns.skip_draft is 'Cancels an open draft with a skip reason and records the skip.';
