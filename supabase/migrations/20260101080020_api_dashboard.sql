-- What the dashboard reads, as the person who is signed in: row-level security decides what there is to see.
create view api.my_clubs with (security_invoker = true) as
  -- One row per club of the signed-in person.
  select
    club.club_id,
    club.name,
    club.timezone,
    club.currency,
    club.country,
    club.default_language,
    operator.role,
    operator.email
  from core.clubs as club
  join core.operators as operator using (club_id)
  where operator.user_id = (select auth.uid())
    and operator.is_active;
comment on view api.my_clubs is 'One row per club of the signed-in person, with their role.';

create function api.club_today(p_club_id bigint) returns date
language sql stable set search_path = '' as $$ select core.local_date(p_club_id, now()) $$;
comment on function api.club_today is 'Today''s date in the club''s time zone.';

create function api.club_status(p_club_id bigint) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'today', core.local_date(p_club_id, now()),
    'delivery_mode', setting.delivery_mode,
    'hold', campaigns.hold(p_club_id, now()),
    'last_good_sync', crm.last_good_sync(p_club_id),
    'is_stale', campaigns.is_stale(p_club_id, now()),
    'next_rebuild_at', crm.next_rebuild_at(p_club_id, now()),
    'stats_refreshed_at', (select day.refreshed_at from stats.club_days as day where day.club_id = p_club_id),
    'waiting_for_approval', (
      select count(*) from campaigns.drafts as draft where draft.club_id = p_club_id and draft.status = 'pending'
    ),
    'on_their_way', (select count(*) from outbox.queue as queued where queued.club_id = p_club_id),
    'sent_today', (
      select count(*) from campaigns.contacts as contact
      where contact.club_id = p_club_id and contact.contacted_date = core.local_date(p_club_id, now())
    ),
    -- A member wrote and nobody answered since, or a person must say what an unclear wish meant.
    'conversations_waiting', (
      select count(*) from campaigns.conversations as conversation
      where conversation.club_id = p_club_id
        and conversation.closed_at is null
        and (
          conversation.kind = 'unclear_wish'
          or conversation.answered_at is null
          or conversation.answered_at < conversation.last_inbound_at
        )
    ),
    'needs_a_person', (
      -- A dead campaign whose time is over is past mending: it stays in the list, and calls nobody.
      select count(*)
      from outbox.messages as message
      left join campaigns.drafts as draft using (club_id, draft_id)
      where message.club_id = p_club_id
        and (message.status = 'uncertain' or (message.status = 'dead' and (draft.expires_at <= now()) is not true))
    ),
    'quarantined', (select count(*) from crm.quarantine as held where held.club_id = p_club_id)
  )
  from core.settings as setting
  where setting.club_id = p_club_id
$$;
comment on function api.club_status is 'The state of a club at a glance: freshness, hold, what waits, what needs a person.';

create view api.segment_sizes with (security_invoker = true) as
  -- One row per club and segment.
  select
    club.club_id,
    definition.code,
    definition.priority,
    definition.name,
    segments.rule_in_words(definition.rule, threshold.value) as rule,
    definition.advice,
    coalesce(size.clients, 0) as clients
  from core.clubs as club
  left join core.settings as setting using (club_id)
  left join segments.club_days as day using (club_id)
  cross join lateral (
    -- Those that today's segments were decided on: without a fixed VIP threshold, the percentile of that day.
    select
      to_jsonb(setting)
      || jsonb_build_object('vip_threshold_minor', coalesce(setting.vip_threshold_minor, day.vip_threshold_minor)) as value
  ) as threshold
  cross join segments.definitions as definition
  left join (
    select member.club_id, member.segment, count(*) as clients
    from segments.client_segments as member
    group by member.club_id, member.segment
  ) as size
    on size.club_id = club.club_id
    and size.segment = definition.code;
comment on view api.segment_sizes is 'One row per club and segment, with its rule in the club''s own thresholds and how many clients are in it today.';

create view api.drafts with (security_invoker = true) as
  -- One row per draft, with the wording that would be sent.
  select
    draft.club_id,
    draft.draft_id,
    draft.client_id,
    client.name as member,
    draft.scenario,
    scenario.name as scenario_name,
    draft.segment,
    segment.name as segment_name,
    draft.why,
    draft.language,
    draft.form,
    draft.status,
    draft.version,
    wording.message,
    wording.rendered,
    wording.source,
    wording.author,
    core.actor_name(draft.club_id, wording.author) as author_name,
    wording.usage,
    draft.planned_at,
    draft.expires_at,
    case when draft.snoozed_until > now() then draft.snoozed_until end as snoozed_until,
    case when draft.snoozed_until > now() then core.actor_name(draft.club_id, draft.snoozed_by) end as snoozed_by_name,
    draft.decided_by,
    core.actor_name(draft.club_id, draft.decided_by) as decided_by_name,
    draft.decided_at,
    draft.decision_reason
  from campaigns.drafts as draft
  join crm.clients as client using (club_id, client_id)
  join campaigns.scenarios as scenario on scenario.code = draft.scenario
  left join segments.definitions as segment on segment.code = draft.segment
  left join campaigns.draft_versions as wording using (club_id, draft_id, version);
comment on view api.drafts is 'One row per draft with its reason, state and current wording, and by name who put it off or decided.';

create view api.messages with (security_invoker = true) as
  -- One row per approved message.
  select
    message.club_id,
    message.message_id,
    message.draft_id,
    message.client_id,
    client.name as member,
    message.phone,
    draft.scenario,
    scenario.name as scenario_name,
    draft.segment,
    draft.why,
    message.template_language as language,
    message.form,
    wording.message as line,
    message.rendered,
    wording.source,
    wording.author,
    core.actor_name(message.club_id, wording.author) as author_name,
    wording.usage,
    message.status,
    message.status_reason,
    message.delivery,
    message.error_code,
    message.queued_at,
    message.accepted_at,
    message.delivered_at,
    message.read_at,
    message.failed_at,
    draft.expires_at,
    draft.decided_by,
    core.actor_name(message.club_id, draft.decided_by) as decided_by_name,
    (
      select jsonb_agg(
        jsonb_build_object(
          'attempt', attempt.attempt, 'claimed_at', attempt.claimed_at, 'finished_at', attempt.finished_at,
          'outcome', attempt.outcome, 'error_code', attempt.error_code, 'error', attempt.error
        ) order by attempt.attempt
      )
      from outbox.attempts as attempt
      where attempt.club_id = message.club_id and attempt.message_id = message.message_id
    ) as attempts,
    (
      select min(visit.local_date)
      from crm.visits as visit
      where visit.club_id = message.club_id
        and visit.client_id = message.client_id
        and visit.starts_at > message.accepted_at
    ) as returned_date,
    (
      select suppression.suppressed_at
      from campaigns.suppressions as suppression
      where suppression.club_id = message.club_id
        and suppression.phone = message.phone
        and suppression.lifted_at is null
    ) as opted_out_at
  from outbox.messages as message
  join crm.clients as client using (club_id, client_id)
  join campaigns.drafts as draft using (club_id, draft_id)
  join campaigns.scenarios as scenario on scenario.code = draft.scenario
  join campaigns.draft_versions as wording
    on wording.club_id = message.club_id
    and wording.draft_id = message.draft_id
    and wording.version = message.version;
comment on view api.messages is 'One row per approved message: words and who wrote them, transport, delivery, attempts, the first visit after it, and whether the member wants no more.';

grant select on api.my_clubs, api.segment_sizes, api.drafts, api.messages to authenticated, service_role;
grant execute on function api.club_today, api.club_status to authenticated;
