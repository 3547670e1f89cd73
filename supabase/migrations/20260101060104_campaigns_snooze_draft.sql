-- A message that somebody wants to decide about later: its card comes up again then. It still expires when it would have.
create function campaigns.snooze_end(p_club_id bigint, p_choice text, p_now timestamptz) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  case p_choice
    when '1_hour' then
      return p_now + interval '1 hour';
    when '3_hours' then
      return p_now + interval '3 hours';
    when 'tomorrow' then
      return (
        select (core.local_date(p_club_id, p_now) + 1 + setting.sending_opens_at) at time zone club.timezone
        from core.clubs as club
        join core.settings as setting using (club_id)
        where club.club_id = p_club_id
      );
    else
      raise exception 'A message is not put off for "%": choose 1_hour, 3_hours or tomorrow.', p_choice using errcode = 'check_violation';
  end case;
end
$$;
comment on function campaigns.snooze_end is
  'Until when a choice puts a decision off: 1_hour, 3_hours, or tomorrow when the club begins to send.';

create function campaigns.snooze_draft(
  p_club_id bigint, p_draft_id uuid, p_version integer, p_until timestamptz, p_actor text, p_now timestamptz
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  held record;
begin
  if p_until <= p_now then
    raise exception 'A message is put off until later: % is over.', p_until using errcode = 'check_violation';
  end if;
  select opened.* into held from campaigns.hold_open_draft(p_club_id, p_draft_id, p_version, p_now) as opened;
  if held.refusal is not null then
    return held.refusal;
  end if;
  -- Whoever puts it off wants to decide it: an hour is left for that.
  if p_until > (held.draft).expires_at - interval '1 hour' then
    return jsonb_build_object('outcome', 'too_late', 'status', 'pending', 'expires_at', (held.draft).expires_at);
  end if;
  update campaigns.drafts as known
  set snoozed_until = p_until, snoozed_by = p_actor
  where known.club_id = p_club_id and known.draft_id = p_draft_id;
  perform core.audit(
    p_club_id, p_actor, 'draft.snoozed', p_draft_id::text, jsonb_build_object('version', p_version, 'until', p_until), p_now
  );
  return jsonb_build_object('outcome', 'snoozed', 'status', 'pending', 'until', p_until);
end
$$;
comment on function campaigns.snooze_draft is
  'Puts the decision about a pending draft off. Outcome: snoozed, too_late when less than an hour would be left before it expires, already_decided, old_version, expired or unknown.';
