-- What a card says beside the words: when the member last came, what became of our last messages to them, and what their coming back
-- would be worth. One member and at most a few hundred messages are looked at: a card is drawn every second.
create index drafts_by_scenario on campaigns.drafts (club_id, scenario, planned_at desc);
create index replies_by_phone on outbox.replies (club_id, phone, replied_at);

create function outbox.return_share(p_club_id bigint, p_scenario text, p_campaign_id bigint, p_now timestamptz)
returns double precision
language sql stable set search_path = '' as $$
  with asked as materialized (
    select
      setting.return_days * interval '24 hours' as return_window,
      setting.return_days,
      setting.lift_min_clients,
      club.timezone,
      -- A window is over when the mirror has seen its end: visits it does not hold yet are not visits nobody made.
      least(p_now, crm.last_good_sync(p_club_id)) as known_until
    from core.settings as setting
    join core.clubs as club on club.club_id = setting.club_id
    where setting.club_id = p_club_id
  ),
  settled as materialized (
    select
      draft.client_id,
      message.sent_at,
      (message.sent_at at time zone asked.timezone)::date as sent_date,
      message.sent_at + asked.return_window as window_ends_at
    from asked
    join campaigns.drafts as draft
      on draft.club_id = p_club_id
      and draft.scenario = p_scenario
      and draft.planned_at <= asked.known_until - asked.return_window
    cross join lateral (
      -- Asked for each draft as the index hands them over, newest first: nothing older than the last of them is read.
      select message.accepted_at as sent_at
      from outbox.messages as message
      where message.club_id = p_club_id
        and message.draft_id = draft.draft_id
        and draft.campaign_id is not distinct from p_campaign_id
      offset 0
    ) as message
    where message.sent_at <= asked.known_until - asked.return_window
    order by draft.planned_at desc
    limit (select greatest(500, asked.lift_min_clients) from asked)
  ),
  person as (
    select distinct on (settled.client_id) settled.*
    from settled
    order by settled.client_id, settled.sent_at desc
  ),
  told as (
    select
      count(*) as messaged,
      count(*) filter (
        where exists (
          select
          from crm.visits as visit
          where visit.club_id = p_club_id
            and visit.client_id = person.client_id
            and visit.local_date between person.sent_date and person.sent_date + asked.return_days + 1
            and visit.starts_at > person.sent_at
            and visit.starts_at <= person.window_ends_at
        )
      ) as returned
    from person
    cross join asked
  )
  select case when told.messaged >= asked.lift_min_clients then told.returned::double precision / nullif(told.messaged, 0) end
  from told
  cross join asked
$$;
comment on function outbox.return_share is
  'Of the members whom a scenario or campaign last messaged (its last 500 messages whose return days are over; each member once, by the last of them) the share who came within the return days after it was sent; null for fewer members than lift_min_clients. It says who comes, not who comes because of it: that is lift.';

create function outbox.spend_while_active(p_client stats.client_stats) returns bigint
language sql immutable set search_path = '' as $$
  select case
    when p_client.ltv_minor > 0 and p_client.first_visit_date is not null
    then round(p_client.ltv_minor * 30.0 / nullif(greatest(30, p_client.last_visit_date - p_client.first_visit_date + 1), 0))::bigint
  end
$$;
comment on function outbox.spend_while_active is
  'What a member spent in 30 days while they came, in minor units: LTV / days from the first to the last visit (at least 30) × 30; null for whoever never came or paid nothing that we know of.';

create function outbox.last_messages(p_club_id bigint, p_client_id bigint, p_but_draft_id uuid, p_now timestamptz)
returns table (
  sent_at timestamptz,
  scenario text,
  scenario_name text,
  delivery text,
  has_replied boolean,
  returned_date date,
  has_opted_out boolean
)
language sql stable set search_path = '' rows 3 as $$
  with sent as materialized (
    select
      message.accepted_at as sent_at,
      (message.accepted_at at time zone club.timezone)::date as sent_date,
      draft.scenario,
      message.delivery,
      message.phone,
      setting.return_days,
      least(message.accepted_at + setting.return_days * interval '24 hours', p_now) as answers_until
    from campaigns.drafts as draft
    join outbox.messages as message
      on message.club_id = draft.club_id
      and message.draft_id = draft.draft_id
    join core.settings as setting on setting.club_id = draft.club_id
    join core.clubs as club on club.club_id = draft.club_id
    where draft.club_id = p_club_id
      and draft.client_id = p_client_id
      and draft.draft_id <> p_but_draft_id
      and message.accepted_at <= p_now
    order by message.accepted_at desc
    limit 3
  ),
  answerable as (
    -- What a person says answers the last message their phone had got, of whatever scenario.
    select
      sent.*,
      (
        select min(later.accepted_at)
        from outbox.messages as later
        where later.club_id = p_club_id
          and later.phone = sent.phone
          and later.purpose = 'campaign'
          and later.accepted_at > sent.sent_at
      ) as next_sent_at
    from sent
  )
  select
    answerable.sent_at,
    answerable.scenario,
    scenario.name,
    answerable.delivery,
    answer.has_replied,
    (
      select min(visit.local_date)
      from crm.visits as visit
      where visit.club_id = p_club_id
        and visit.client_id = p_client_id
        and visit.local_date between answerable.sent_date and answerable.sent_date + answerable.return_days + 1
        and visit.starts_at > answerable.sent_at
        and visit.starts_at <= answerable.answers_until
    ),
    answer.has_opted_out or exists (
      select
      from campaigns.suppressions as suppression
      where suppression.club_id = p_club_id
        and suppression.phone = answerable.phone
        and suppression.cause in ('stop_word', 'button', 'user_preferences', 'error_131050')
        and suppression.suppressed_at between answerable.sent_at and answerable.answers_until
        and (suppression.suppressed_at < answerable.next_sent_at) is not false
    )
  from answerable
  join campaigns.scenarios as scenario on scenario.code = answerable.scenario
  cross join lateral (
    select
      count(*) filter (where not reply.is_opt_out) > 0 as has_replied,
      count(*) filter (where reply.is_opt_out) > 0 as has_opted_out
    from outbox.replies as reply
    where reply.club_id = p_club_id
      and reply.phone = answerable.phone
      -- A thumb under a message is no answer.
      and reply.type not in ('reaction', 'unsupported', 'system')
      and reply.replied_at between answerable.sent_at and answerable.answers_until
      and (reply.replied_at < answerable.next_sent_at) is not false
  ) as answer
  order by answerable.sent_at desc
$$;
comment on function outbox.last_messages is
  'The last 3 messages of scenarios and campaigns that a member got, but for one draft''s, newest first, with what became of each within the return days: by the rules of outbox.journeys.';

create function outbox.card_facts(p_club_id bigint, p_draft_id uuid, p_now timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  with worth as materialized (
    select
      draft.client_id,
      client.last_visit_date,
      outbox.return_share(p_club_id, draft.scenario, draft.campaign_id, p_now) as return_share,
      outbox.spend_while_active(client) as spend_minor
    from campaigns.drafts as draft
    left join stats.client_stats as client
      on client.club_id = draft.club_id
      and client.client_id = draft.client_id
    where draft.club_id = p_club_id
      and draft.draft_id = p_draft_id
  )
  select jsonb_build_object(
    'last_visit_date', worth.last_visit_date,
    'days_since_last_visit', core.local_date(p_club_id, p_now) - worth.last_visit_date,
    'last_messages', (
      select coalesce(jsonb_agg(to_jsonb(message) order by message.sent_at desc), '[]')
      from outbox.last_messages(p_club_id, worth.client_id, p_draft_id, p_now) as message
    ),
    'expected_value', case when worth.return_share * worth.spend_minor is not null then jsonb_build_object(
      'value_minor', round((worth.return_share * worth.spend_minor)::numeric)::bigint,
      'return_share', worth.return_share,
      'spend_minor_30d', worth.spend_minor,
      'currency', club.currency
    ) end,
    'spend_minor_30d', worth.spend_minor,
    'currency', club.currency
  )
  from worth
  join core.clubs as club on club.club_id = p_club_id
$$;
comment on function outbox.card_facts is
  'Last visit, last messages with what became of them, and expected value of a draft''s member. Expected value: the share of the members last messaged for the same scenario or campaign who came back × what this member spent in 30 days while they came; null unless enough messages are settled to know the share.';
