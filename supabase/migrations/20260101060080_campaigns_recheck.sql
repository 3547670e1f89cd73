-- The same checks again, for one draft: when it is approved and in the transaction that claims it for sending.
create function campaigns.has_returned(p_draft campaigns.drafts, p_at timestamptz) returns boolean
language sql stable set search_path = '' as $$
  select exists (
    select from crm.bookings as booking
    where booking.club_id = p_draft.club_id
      and booking.client_id = p_draft.client_id
      and not booking.is_deleted
      and booking.status in ('booked', 'confirmed', 'attended')
      and (
        booking.made_at >= p_draft.planned_at
        or (
          booking.status = 'attended'
          and booking.starts_at <= p_at
          -- A visit of the day before may be noted only today: what counts is that planning did not know it.
          and (
            booking.starts_at >= p_draft.planned_at
            or booking.local_date > p_draft.planned_date - (p_draft.variables ->> 'days_since_last_visit')::integer
          )
        )
      )
  )
$$;
comment on function campaigns.has_returned is 'Whether the client of a draft came or booked since it was planned, or turned out to have come before.';
grant execute on function campaigns.has_returned to authenticated;

-- Planned anew for each call: a claim asks for a hundred, an approval for one.
create function campaigns.rechecks(p_club_id bigint, p_draft_ids uuid[], p_at timestamptz)
returns table (draft_id uuid, reason text)
language plpgsql stable set search_path = '' set plan_cache_mode = 'force_custom_plan' rows 100 as $$
begin
  return query
    with today as (
      select core.local_date(p_club_id, p_at) as as_of
    ),
    draft as materialized (
      select known.*
      from campaigns.drafts as known
      where known.club_id = p_club_id
        and known.draft_id = any (p_draft_ids)
    ),
    asked as (
      select coalesce(array_agg(distinct draft.client_id), '{}') as client_ids from draft
    ),
    checks as materialized (
      select found.*
      from today
      cross join asked
      -- The clock of whoever wrote before us may be ahead of ours: an opt-out or a message of the next second counts all the same.
      cross join lateral campaigns.client_checks(p_club_id, today.as_of, p_at, asked.client_ids, 'infinity') as found
    ),
    -- The segment of now, as the cooldown is that of now.
    decided as materialized (
      select found.*
      from today
      cross join asked
      cross join lateral segments.decide(p_club_id, today.as_of, asked.client_ids) as found
    )
    select
      draft.draft_id,
      case
        when checks.client_id is null or checks.phone is null then 'no_phone'
        when checks.is_suppressed then 'suppressed'
        when not checks.has_consent then 'no_consent'
        when scenario.is_churn and (
          checks.has_upcoming_booking
          or campaigns.has_returned(draft, p_at)
        ) then 'came_back'
        when checks.is_do_not_wake and choice.includes_do_not_wake is not true then 'do_not_wake'
        when checks.is_in_conversation then 'in_conversation'
        when checks.is_resting then 'resting'
        when exists (
          select from campaigns.contacts as contact
          where contact.club_id = draft.club_id
            and contact.client_id = draft.client_id
            and contact.scenario = draft.scenario
            and (contact.occasion = draft.occasion or contact.contacted_date >= draft.once_since)
        ) then 'already_sent'
        when not scenario.is_exempt_from_cooldown and checks.last_contact_date > today.as_of - cooldown.days then 'cooldown'
        when checks.is_capped then 'frequency_cap'
        when draft.form = 'template' and not campaigns.is_usable(template) then 'no_template'
        when draft.form = 'free_text' and campaigns.window_closes_at(draft.club_id, draft.client_id, p_at) is null then 'window_closed'
        -- A new quarter may have begun since planning, with a new control group.
        when campaigns.is_holdout(
          draft.club_id, campaigns.experiment(draft.scenario, draft.campaign_id), checks.person_external_id, today.as_of,
          setting.holdout_share
        ) then 'holdout'
      end
    from draft
    cross join today
    join core.settings as setting on setting.club_id = draft.club_id
    join campaigns.scenarios as scenario on scenario.code = draft.scenario
    left join campaigns.club_scenarios as choice
      on choice.club_id = draft.club_id
      and choice.scenario = draft.scenario
    join campaigns.templates as template
      on template.club_id = draft.club_id
      and template.name = draft.template_name
      and template.language = draft.template_language
    left join checks on checks.client_id = draft.client_id
    left join decided on decided.client_id = draft.client_id
    join campaigns.cooldown_days(p_club_id) as cooldown on cooldown.segment = coalesce(decided.segment, 'unsegmented');
end
$$;
comment on function campaigns.rechecks is
  'Why each of these drafts may not be sent at an instant, by the order of the skip reasons; null when it may. Of two for one person each is judged as if alone.';

create function campaigns.recheck(p_club_id bigint, p_draft_id uuid, p_at timestamptz) returns text
language sql stable set search_path = '' as $$
  select checked.reason from campaigns.rechecks(p_club_id, array[p_draft_id], p_at) as checked
$$;
comment on function campaigns.recheck is 'Why a draft may not be sent at an instant, by the order of the skip reasons; null when it may.';
grant execute on function campaigns.rechecks, campaigns.recheck to authenticated;

create function campaigns.void_returned(p_club_id bigint, p_now timestamptz) returns bigint
language sql set search_path = '' as $$
  -- Nobody should be asked to approve a message to somebody who is back.
  select campaigns.skip_drafts(
    p_club_id,
    array(
      select draft.draft_id
      from campaigns.open_drafts(p_club_id, p_now) as open_draft
      join campaigns.drafts as draft on draft.club_id = p_club_id and draft.draft_id = open_draft.draft_id
      join campaigns.scenarios as scenario on scenario.code = draft.scenario
      where scenario.is_churn
        and campaigns.has_returned(draft, p_now)
      order by draft.draft_id
    ),
    'came_back', 'system:return', p_now
  )
$$;
comment on function campaigns.void_returned is 'Voids the open drafts of clients who came or booked since they were planned; returns how many.';
