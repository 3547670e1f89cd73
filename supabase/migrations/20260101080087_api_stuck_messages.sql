-- The messages about which a person has to decide, for the dashboard.
create view api.stuck_messages with (security_invoker = true) as
  -- One row per message that is dead, or of which nobody knows whether it arrived.
  select
    message.club_id,
    message.message_id,
    message.client_id,
    client.name as member,
    message.phone,
    message.purpose,
    message.conversation_id,
    coalesce(campaign.name, scenario.name) as occasion,
    coalesce(message.template_language, draft.language, client.language) as language,
    message.rendered,
    message.status,
    message.status_reason,
    message.error_code,
    message.queued_at,
    -- Only what was planned loses its reason with time.
    draft.expires_at,
    tried.attempts,
    tried.last_attempt_at
  from outbox.messages as message
  join crm.clients as client using (club_id, client_id)
  left join campaigns.drafts as draft using (club_id, draft_id)
  left join campaigns.scenarios as scenario on scenario.code = draft.scenario
  left join campaigns.campaigns as campaign using (club_id, campaign_id)
  cross join lateral (
    select
      count(*) as attempts,
      max(attempt.claimed_at) as last_attempt_at
    from outbox.attempts as attempt
    where attempt.club_id = message.club_id
      and attempt.message_id = message.message_id
  ) as tried
  where message.status in ('dead', 'uncertain');
comment on view api.stuck_messages is
  'One row per message that is dead or uncertain: what it says, its cause and error code, how often it was tried, and until when it is worth sending.';
grant select on api.stuck_messages to authenticated;
