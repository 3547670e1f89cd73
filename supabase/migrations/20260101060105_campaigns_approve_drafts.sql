-- Approves many drafts at once, each by the rules of one: still pending, not expired, still eligible. What is not is voided with its reason.
create function campaigns.approve_drafts(p_club_id bigint, p_draft_ids uuid[], p_actor text, p_now timestamptz) returns jsonb
language plpgsql set search_path = '' as $$
declare
  open_ids uuid[];
  expired_ids uuid[];
  refused record;
  refusals jsonb := '{}';
  approved bigint;
begin
  -- In one order: two people who approve overlapping lists would else wait for each other.
  select
    coalesce(array_agg(pending.draft_id order by pending.draft_id) filter (where pending.expires_at > p_now), '{}'),
    coalesce(array_agg(pending.draft_id order by pending.draft_id) filter (where pending.expires_at <= p_now), '{}')
  into open_ids, expired_ids
  from (
    select draft.draft_id, draft.expires_at
    from campaigns.drafts as draft
    where draft.club_id = p_club_id
      and draft.draft_id = any (p_draft_ids)
      and draft.status = 'pending'
    order by draft.draft_id
    for update
  ) as pending;

  update campaigns.drafts as draft
  set status = 'expired', decided_by = 'system:expiry', decided_at = p_now
  where draft.club_id = p_club_id
    and draft.draft_id = any (expired_ids);

  for refused in
    select checked.reason, array_agg(checked.draft_id order by checked.draft_id) as draft_ids
    from campaigns.rechecks(p_club_id, open_ids, p_now) as checked
    where checked.reason is not null
    group by checked.reason
    order by checked.reason
  loop
    perform campaigns.skip_drafts(p_club_id, refused.draft_ids, refused.reason, 'system:approval', p_now);
    refusals := refusals || jsonb_build_object(refused.reason, cardinality(refused.draft_ids));
  end loop;

  with decided as (
    update campaigns.drafts as draft
    set status = 'approved', decided_by = p_actor, decided_at = p_now, decision_reason = null, snoozed_until = null, snoozed_by = null
    where draft.club_id = p_club_id
      and draft.draft_id = any (open_ids)
      and draft.status = 'pending'
    returning draft.draft_id, draft.version
  ),
  audited as (
    insert into core.audit_log (club_id, happened_at, actor, action, object, detail)
    select p_club_id, p_now, p_actor, 'draft.approved', decided.draft_id::text, jsonb_build_object('version', decided.version)
    from decided
  )
  select count(*) into approved from decided;

  return jsonb_build_object(
    'approved', approved,
    'expired', cardinality(expired_ids),
    'not_eligible', refusals
  );
end
$$;
comment on function campaigns.approve_drafts is
  'Approves those of these drafts that are pending and may still be sent: {approved, expired, not_eligible: {reason: count}}. The version approved is the current one.';
