-- Sending stops for one of two reasons: a person pauses their club, or the number that all clubs share is at fault. Nothing is lost:
-- what waits keeps its place, and is checked again when it goes on.
create function outbox.pause_sending(p_club_id bigint, p_reason text, p_actor text, p_now timestamptz) returns boolean
language plpgsql set search_path = '' as $$
begin
  update core.settings as setting
  set sending_paused_at = p_now, sending_paused_by = p_actor, sending_pause_reason = p_reason
  where setting.club_id = p_club_id
    and setting.sending_paused_at is null;
  if not found then
    return false;
  end if;
  perform core.audit(p_club_id, p_actor, 'sending.paused', 'club:' || p_club_id, jsonb_build_object('reason', p_reason), p_now);
  return true;
end
$$;
comment on function outbox.pause_sending is 'Pauses all messages of a club, with who and why; false when they are paused already.';

create function outbox.stop_sending(p_error_code integer, p_reason text, p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  club record;
  stopped bigint := 0;
begin
  -- In one order, as whoever pauses several locks them.
  for club in select known.club_id from core.clubs as known order by known.club_id loop
    if outbox.pause_sending(club.club_id, p_reason, 'system:whatsapp', p_now) then
      stopped := stopped + 1;
    end if;
  end loop;
  perform outbox.raise_alert(
    'sending_stopped',
    format(
      'WhatsApp refuses the number%s: %s. Sending is stopped in all clubs, nothing is lost. Mend the cause in WhatsApp Manager, then resume sending in Settings → Who approves.',
      coalesce(' (error ' || p_error_code || ')', ''), p_reason
    ),
    p_now
  );
  return stopped;
end
$$;
comment on function outbox.stop_sending is
  'Stops the messages of all clubs because their number is at fault, with one alert; clubs that were paused by a person stay so. Returns how many it stopped.';

create function outbox.resume_sending(p_club_id bigint, p_actor text, p_now timestamptz) returns boolean
language plpgsql set search_path = '' as $$
declare
  paused_by text;
  resumed record;
begin
  select setting.sending_paused_by into paused_by
  from core.settings as setting
  where setting.club_id = p_club_id
    and setting.sending_paused_at is not null
  for update;
  if not found then
    return false;
  end if;
  -- The number is the same for all: who has mended it resumes everybody it stopped. Who was paused by a person is theirs to resume.
  for resumed in
    select setting.club_id
    from core.settings as setting
    where setting.sending_paused_at is not null
      and (
        setting.club_id = p_club_id
        or (paused_by = 'system:whatsapp' and setting.sending_paused_by = 'system:whatsapp')
      )
    order by setting.club_id
  loop
    update core.settings as setting
    set sending_paused_at = null, sending_paused_by = null, sending_pause_reason = null
    where setting.club_id = resumed.club_id;
    perform core.audit(resumed.club_id, p_actor, 'sending.resumed', 'club:' || resumed.club_id, '{}', p_now);
  end loop;
  if not exists (select from core.settings as setting where setting.sending_paused_by = 'system:whatsapp') then
    perform outbox.end_alert('sending_stopped', p_now);
  end if;
  return true;
end
$$;
comment on function outbox.resume_sending is
  'Lets a club''s messages go on; where the number had stopped them, those of every club that it stopped. False when they were not paused.';
