-- How far each planned message came, and what the member did within the club's return days after it was sent.
-- One row per draft planned in a period. What follows a message need not follow from it: that is what lift is for.
create function outbox.journeys(p_club_id bigint, p_from date, p_until date, p_at timestamptz)
returns table (
  draft_id uuid,
  client_id bigint,
  scenario text,
  campaign_id bigint,
  is_drafted boolean,
  is_approved boolean,
  sent_at timestamptz,
  is_delivered boolean,
  is_read boolean,
  is_billed boolean,
  is_replied boolean,
  is_opted_out boolean,
  is_booked boolean,
  returned_at timestamptz,
  answers_until timestamptz
)
language sql stable set search_path = '' rows 1000 as $$
  with planned as materialized (
    select
      draft.draft_id,
      draft.client_id,
      draft.scenario,
      draft.campaign_id,
      draft.version > 0 as is_drafted,
      -- Whatever was queued had been approved, cancelled since or not.
      draft.status = 'approved' or message.message_id is not null as is_approved,
      message.message_id,
      message.phone,
      sent.sent_at,
      (message.delivered_at <= p_at) is true as is_delivered,
      (message.read_at <= p_at) is true as is_read,
      -- Meta says with a status whether it bills the message; while it has not, a delivered one is taken as billed. An answer
      -- within 24 hours is free.
      (
        message.delivered_at <= p_at
        and message.form = 'template'
        and message.pricing ->> 'billable' is distinct from 'false'
      ) is true as is_billed,
      least(sent.sent_at + setting.return_days * interval '24 hours', p_at) as answers_until,
      (sent.sent_at at time zone club.timezone)::date as sent_date,
      setting.return_days
    from campaigns.drafts as draft
    join core.settings as setting on setting.club_id = p_club_id
    join core.clubs as club on club.club_id = p_club_id
    left join outbox.messages as message
      on message.club_id = p_club_id
      and message.draft_id = draft.draft_id
    left join lateral (select message.accepted_at as sent_at where message.accepted_at <= p_at) as sent on true
    where draft.club_id = p_club_id
      and draft.planned_date between p_from and p_until
      and draft.planned_at <= p_at
  ),
  spoken as (
    -- What a person said, by the phone they have.
    select reply.phone, reply.replied_at as spoken_at, reply.is_opt_out
    from outbox.replies as reply
    where reply.club_id = p_club_id
      -- A thumb under a message is no answer.
      and reply.type not in ('reaction', 'unsupported', 'system')
      and reply.replied_at > (p_from - 1)::timestamp at time zone 'UTC'
      and reply.replied_at <= p_at
    union all
    select suppression.phone, suppression.suppressed_at, true
    from campaigns.suppressions as suppression
    where suppression.club_id = p_club_id
      and suppression.cause in ('stop_word', 'button', 'user_preferences', 'error_131050')
      and suppression.suppressed_at > (p_from - 1)::timestamp at time zone 'UTC'
      and suppression.suppressed_at <= p_at
  ),
  answered as materialized (
    -- It answers the last message this phone had got, of whatever scenario.
    select answer.message_id, spoken.is_opt_out
    from spoken
    join core.settings as setting on setting.club_id = p_club_id
    cross join lateral (
      select message.message_id, message.accepted_at
      from outbox.messages as message
      where message.club_id = p_club_id
        and message.phone = spoken.phone
        and message.purpose = 'campaign'
        and message.accepted_at <= spoken.spoken_at
      order by message.accepted_at desc
      limit 1
    ) as answer
    where spoken.spoken_at <= answer.accepted_at + setting.return_days * interval '24 hours'
  )
  select
    planned.draft_id,
    planned.client_id,
    planned.scenario,
    planned.campaign_id,
    planned.is_drafted,
    planned.is_approved,
    planned.sent_at,
    planned.is_delivered,
    planned.is_read,
    planned.is_billed,
    (planned.message_id in (select answered.message_id from answered where not answered.is_opt_out)) is true,
    (planned.message_id in (select answered.message_id from answered where answered.is_opt_out)) is true,
    exists (
      select from crm.bookings as booking
      where booking.club_id = p_club_id
        and booking.client_id = planned.client_id
        -- Nobody books for a day that is over: the index need not be read further back.
        and booking.local_date >= planned.sent_date
        and booking.made_at > planned.sent_at
        and booking.made_at <= planned.answers_until
        and not booking.is_deleted
    ),
    (
      select min(visit.starts_at)
      from crm.visits as visit
      where visit.club_id = p_club_id
        and visit.client_id = planned.client_id
        and visit.local_date between planned.sent_date and planned.sent_date + planned.return_days + 1
        and visit.starts_at > planned.sent_at
        and visit.starts_at <= planned.answers_until
    ),
    planned.answers_until
  from planned
$$;
comment on function outbox.journeys is
  'Per draft planned in a period: how far it came, and whether the member replied, opted out, booked or came within the club''s return days after it was sent.';
grant execute on function outbox.journeys to authenticated;
