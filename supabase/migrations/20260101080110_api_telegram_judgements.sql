-- What somebody in Telegram thinks of a message that went out by itself, with the service key only: asks who they are and denies by itself.
create function api.judge_message_in_telegram(
  p_draft_id uuid, p_is_good boolean, p_telegram_user_id bigint, p_is_allowed boolean, p_name text, p_now timestamptz
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  draft campaigns.drafts;
  outcome text;
begin
  select known.* into draft from campaigns.drafts as known where known.draft_id = p_draft_id;
  if not found then
    return '{"outcome": "unknown"}';
  end if;
  if not core.admit_moderator(
    draft.club_id, p_telegram_user_id, p_is_allowed, p_name, 'draft.judgement_denied', p_draft_id::text, p_now
  ) then
    return '{"outcome": "denied"}';
  end if;
  outcome := campaigns.judge_draft(draft.club_id, p_draft_id, p_is_good, 'telegram:' || p_telegram_user_id, p_now);
  return jsonb_build_object(
    'outcome', outcome,
    'club_id', draft.club_id,
    'post', (
      select outbox.summary_post(summary.club_id, summary.summary_date, p_now)
      from outbox.summaries as summary
      where summary.club_id = draft.club_id
        and summary.samples @> array[p_draft_id]
      order by summary.summary_date desc
      limit 1
    )
  );
end
$$;
comment on function api.judge_message_in_telegram is
  'A person of the club judges a message that went out by itself, good or bad: {outcome: judged, unchanged, unknown or denied, post: the summary when the chat shows it otherwise}. A bad one counts against earned autonomy.';

revoke all on function api.judge_message_in_telegram from public, anon, authenticated;
grant execute on function api.judge_message_in_telegram to service_role;
