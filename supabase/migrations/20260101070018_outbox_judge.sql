-- The checks of a claim: every check of planning again, and what may have happened since.
create function outbox.withdrawn(p_club_id bigint, p_draft_id uuid, p_at timestamptz) returns text
language sql stable set search_path = '' as $$
  -- What was voided since keeps its reason; what waited past its time is worth nothing any more. A text of our own expires a little
  -- before the member's 24 hours end: then it is those that were too short.
  select case
    when draft.status <> 'approved' then coalesce(draft.decision_reason, draft.status)
    when draft.expires_at > p_at then null
    when draft.form = 'free_text'
      and (campaigns.window_closes_at(draft.club_id, draft.client_id, p_at) > p_at + interval '5 minutes') is not true
      then 'window_closed'
    else 'expired'
  end
  from campaigns.drafts as draft
  where draft.club_id = p_club_id
    and draft.draft_id = p_draft_id
$$;
comment on function outbox.withdrawn is 'Why an approved draft is not to be sent after all: the reason it was voided for, expired or window_closed; null when it stands.';

create function outbox.obstacle(p_message outbox.messages, p_at timestamptz) returns text
language sql stable set search_path = '' as $$
  -- An answer in words of our own, and that an opt-out was heard, are no marketing: the member's 24 hours are all they need. A
  -- template begins a conversation anew, so nobody who said no gets one.
  select case
    when p_message.form = 'free_text' and campaigns.window_closes_at(p_message.club_id, p_message.client_id, p_at) is null
      then 'window_closed'
    when p_message.form = 'free_text' then null
    when p_message.queued_at <= p_at - interval '24 hours' then 'expired'
    when exists (select from campaigns.suppressions_of(p_message.club_id, p_message.client_id, p_at)) then 'suppressed'
    when template.category = 'MARKETING'
      and not exists (select from campaigns.bases(p_message.club_id, p_at, array[p_message.client_id]))
      then 'no_consent'
    when campaigns.is_usable(template) is not true then 'no_template'
  end
  from (select) as once
  left join campaigns.templates as template
    on template.club_id = p_message.club_id
    and template.name = p_message.template_name
    and template.language = p_message.template_language
$$;
comment on function outbox.obstacle is
  'Why an answer or a confirmation may not be sent at an instant: window_closed, expired, suppressed, no_consent or no_template; null when it may.';

create type outbox.judgement as (
  club_id bigint,
  message_id uuid,
  token uuid,
  purpose text,
  draft_id uuid,
  phone text,
  reaches boolean,
  run_at timestamptz,
  obstacle text
);
comment on type outbox.judgement is
  'A message that was taken: to whom it goes now, whether it reaches somebody outside their 24 hours, and why it may not be sent; null when it may.';

create function outbox.judge(p_taken outbox.queue[], p_now timestamptz) returns outbox.judgement[]
language sql stable set search_path = '' as $$
  with taken as materialized (
    select queued.*, message.draft_id, message.form, client.phone as phone_now, message as message
    from unnest(p_taken) as queued
    join outbox.messages as message
      on message.club_id = queued.club_id
      and message.message_id = queued.message_id
    join crm.clients as client
      on client.club_id = message.club_id
      and client.client_id = message.client_id
  ),
  rechecked as materialized (
    select club.club_id, checked.draft_id, checked.reason
    from (
      select taken.club_id, array_agg(taken.draft_id) as draft_ids
      from taken
      where taken.purpose = 'campaign'
      group by taken.club_id
    ) as club
    cross join lateral campaigns.rechecks(club.club_id, club.draft_ids, p_now) as checked
  ),
  judged as (
    select
      taken.club_id,
      taken.message_id,
      taken.token,
      taken.purpose,
      taken.draft_id,
      -- The checks looked at the phone the client has now; an answer goes to whoever wrote.
      case taken.purpose when 'campaign' then taken.phone_now else (taken.message).phone end as phone,
      taken.form = 'template'
        and campaigns.window_closes_at(taken.club_id, (taken.message).client_id, p_now) is null as reaches,
      taken.run_at,
      case taken.purpose
        when 'campaign' then coalesce(outbox.withdrawn(taken.club_id, taken.draft_id, p_now), rechecked.reason)
        else outbox.obstacle(taken.message, p_now)
      end as obstacle
    from taken
    left join rechecked
      on rechecked.club_id = taken.club_id
      and rechecked.draft_id = taken.draft_id
  )
  select coalesce(array_agg(
    row(
      judged.club_id, judged.message_id, judged.token, judged.purpose, judged.draft_id, judged.phone, judged.reaches, judged.run_at,
      judged.obstacle
    )::outbox.judgement
    order by judged.purpose = 'campaign', judged.run_at, judged.message_id
  ), '{}')
  from judged
$$;
comment on function outbox.judge is 'Checks again everything that was taken, each message as if it were alone.';
