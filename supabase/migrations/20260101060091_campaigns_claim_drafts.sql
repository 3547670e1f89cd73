-- Hands planned drafts to a worker for a while, so that it can ask for their words.
-- A draft has one worker at a time: whoever comes after its lease has ended gets a new token, and the old one's words count no more.
create function campaigns.settle_form(p_draft campaigns.drafts, p_now timestamptz)
returns table (form text, expires_at timestamptz)
language sql stable set search_path = '' as $$
  -- Whoever wrote to us today is answered in a message of our own, if there is still time to read, approve and send it: two of the
  -- hours in which the club sends. A window that closes before the club opens would be waited for in vain.
  with sending_hours as (
    select
      (day.date + setting.sending_opens_at) at time zone club.timezone as opens_at,
      (day.date + setting.sending_closes_at) at time zone club.timezone as closes_at
    from core.clubs as club
    join core.settings as setting using (club_id)
    cross join lateral (
      select core.local_date(p_draft.club_id, p_now) + ahead.days as date
      from generate_series(0, 1) as ahead (days)
    ) as day
    where club.club_id = p_draft.club_id
  ),
  service_window as (
    select
      closing.closes_at,
      (
        select sum(least(closing.closes_at, sending.closes_at) - greatest(p_now, sending.opens_at))
        from sending_hours as sending
        where least(closing.closes_at, sending.closes_at) > greatest(p_now, sending.opens_at)
      ) >= interval '2 hours' as is_long_enough
    from campaigns.window_closes_at(p_draft.club_id, p_draft.client_id, p_now) as closing (closes_at)
    where closing.closes_at is not null
  )
  select
    case when service_window.is_long_enough then 'free_text' else 'template' end,
    case
      when service_window.is_long_enough then least(p_draft.expires_at, service_window.closes_at - interval '5 minutes')
      else p_draft.expires_at
    end
  from (values (true)) as always (one)
  left join service_window on true
$$;
comment on function campaigns.settle_form is 'The form a draft is to be written in now, and until when it is then worth sending.';

create function campaigns.claim_drafts(
  p_limit integer, p_lease_seconds integer, p_model text, p_estimate_micro_usd bigint, p_now timestamptz
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  claimed campaigns.drafts;
  tasks jsonb := '[]';
begin
  for claimed in
    with waiting as materialized (
      select planned.club_id, planned.draft_id
      from campaigns.drafts as planned
      where planned.status = 'planned'
        -- The words of a campaign are its operator's.
        and planned.campaign_id is null
        and planned.expires_at > p_now
        and (planned.leased_until > p_now) is not true
      order by planned.planned_at
      limit p_limit
      for update skip locked
    ),
    leased as (
      update campaigns.drafts as draft
      set lease_token = gen_random_uuid(),
          leased_until = p_now + make_interval(secs => p_lease_seconds),
          form = settled.form,
          expires_at = settled.expires_at
      from waiting
      join campaigns.drafts as known using (club_id, draft_id)
      cross join lateral campaigns.settle_form(known, p_now) as settled
      where draft.club_id = waiting.club_id
        and draft.draft_id = waiting.draft_id
      returning draft.*
    )
    -- Club by club: whoever charges several waits for the others in one order.
    select leased.* from leased order by leased.club_id, leased.planned_at, leased.draft_id
  loop
    tasks := tasks || jsonb_build_array(
      campaigns.writing_task(
        claimed.club_id, claimed.client_id, claimed.scenario, claimed.form, claimed.template_name, claimed.template_language,
        claimed.variables, campaigns.voice_of(claimed.club_id)
      )
      || jsonb_build_object(
        'club_id', claimed.club_id,
        'draft_id', claimed.draft_id,
        'lease_token', claimed.lease_token,
        'previous_attempt', campaigns.previous_attempt(claimed.club_id, claimed.draft_id),
        'static_reason', case
          when p_model is not null then campaigns.charge_draft(
            claimed.club_id, claimed.draft_id, claimed.lease_token, p_model, false, p_estimate_micro_usd, p_now
          )
        end
      )
    );
  end loop;
  return tasks;
end
$$;
comment on function campaigns.claim_drafts is
  'Claims planned drafts for p_lease_seconds, reserves what asking p_model costs at most (null: drafting is off), and returns a writing task for each.';
