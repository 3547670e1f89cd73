-- One decision per draft, in one statement: right version, still pending, not expired, still eligible.
create function campaigns.hold_open_draft(
  p_club_id bigint, p_draft_id uuid, p_version integer, p_now timestamptz, out draft campaigns.drafts, out refusal jsonb
)
language plpgsql set search_path = '' as $$
begin
  -- Two who come at once: the second waits here, and then reads what the first did.
  select known.* into draft
  from campaigns.drafts as known
  where known.club_id = p_club_id and known.draft_id = p_draft_id
  for update;
  if not found then
    refusal := jsonb_build_object('outcome', 'unknown');
  elsif draft.status <> 'pending' then
    refusal := jsonb_build_object(
      'outcome', 'already_decided', 'status', draft.status, 'decided_by', draft.decided_by, 'reason', draft.decision_reason
    );
  elsif draft.version <> p_version then
    refusal := jsonb_build_object('outcome', 'old_version', 'status', draft.status, 'version', draft.version);
  elsif draft.expires_at <= p_now then
    update campaigns.drafts as known
    set status = 'expired', decided_by = 'system:expiry', decided_at = p_now
    where known.club_id = p_club_id and known.draft_id = p_draft_id;
    refusal := jsonb_build_object('outcome', 'expired', 'status', 'expired');
  end if;
end
$$;
comment on function campaigns.hold_open_draft is
  'Locks a draft for a decision about one version of it. refusal: why there is nothing to decide (unknown, already_decided, old_version, expired), null when it is open.';

create function campaigns.decide_draft(
  p_club_id bigint, p_draft_id uuid, p_version integer, p_decision text, p_actor text, p_reason text, p_now timestamptz
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  refusal jsonb;
  obstacle text;
begin
  if p_decision not in ('approved', 'rejected') then
    raise exception 'Decision "%" is unknown: use approved or rejected.', p_decision using errcode = 'check_violation';
  end if;
  if p_reason is not null and (
    p_decision <> 'rejected' or p_reason not in ('wording', 'wrong_person', 'wrong_time', 'never_this_person')
  ) then
    raise exception 'Reason "%" is unknown: reject for wording, wrong_person, wrong_time or never_this_person, or give none.', p_reason
      using errcode = 'check_violation';
  end if;
  refusal := (campaigns.hold_open_draft(p_club_id, p_draft_id, p_version, p_now)).refusal;
  if refusal is not null then
    return refusal;
  end if;

  if p_decision = 'approved' then
    obstacle := campaigns.recheck(p_club_id, p_draft_id, p_now);
    if obstacle is not null then
      perform campaigns.skip_drafts(p_club_id, array[p_draft_id], obstacle, 'system:approval', p_now);
      perform core.audit(p_club_id, p_actor, 'draft.approval_refused', p_draft_id::text, jsonb_build_object('reason', obstacle), p_now);
      return jsonb_build_object('outcome', 'not_eligible', 'status', 'cancelled', 'reason', obstacle);
    end if;
  end if;

  update campaigns.drafts as known
  set status = p_decision,
      decided_by = p_actor,
      decided_at = p_now,
      decision_reason = p_reason,
      snoozed_until = null,
      snoozed_by = null
  where known.club_id = p_club_id and known.draft_id = p_draft_id;
  perform core.audit(
    p_club_id, p_actor, 'draft.' || p_decision, p_draft_id::text,
    jsonb_strip_nulls(jsonb_build_object('version', p_version, 'reason', p_reason)), p_now
  );
  -- An approval holds at night and on a stale mirror too: what is approved waits, and the person hears why.
  return jsonb_strip_nulls(jsonb_build_object(
    'outcome', p_decision,
    'status', p_decision,
    'reason', p_reason,
    'hold', case p_decision when 'approved' then campaigns.hold(p_club_id, p_now) end
  ));
end
$$;
comment on function campaigns.decide_draft is
  'Approves or rejects one version of a pending draft, snoozed or not; a rejection may have a reason. Outcome: approved, rejected, already_decided, old_version, expired, not_eligible or unknown.';
