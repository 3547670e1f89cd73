-- Alerts in the moderation chat: one message each, changed when the incident changes and when it is over.
create function outbox.alert_state(p_alert outbox.alerts) returns text
language sql immutable set search_path = '' as $$
  select concat_ws(' ', md5(p_alert.what), case when p_alert.ended_at is not null then 'over' end)
$$;
comment on function outbox.alert_state is 'What an alert shows, in short: it is drawn again when this changes.';

create function outbox.due_alerts(p_now timestamptz)
returns table (kind text, object text, club_id bigint, since timestamptz, state text, lane text)
language sql stable set search_path = '' rows 10 as $$
  select
    'alert', alert.alert_id::text, alert.club_id, alert.raised_at, current.state,
    case when post.message_id is null then 'send' else 'edit' end
  from outbox.alerts as alert
  left join outbox.posts as post
    on post.kind = 'alert'
    and post.object = alert.alert_id::text
  cross join lateral outbox.alert_state(alert) as current (state)
  where (alert.ended_at is null or alert.ended_at > p_now - interval '1 day')
    -- That the chat is out of reach is told where it can be: in the dashboard.
    and alert.kind <> 'telegram_chat'
    and case
      when post.message_id is null then alert.ended_at is null
      else post.shown is distinct from current.state
    end
$$;
comment on function outbox.due_alerts is 'Alerts that the moderation chat does not show, or shows as they were; one that was over before it was shown is not.';

create function outbox.alert_body(p_object text, p_now timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'club_id', alert.club_id,
    'club', club.name,
    'timezone', coalesce(club.timezone, (select known.timezone from core.clubs as known order by known.club_id limit 1)),
    'kind', alert.kind,
    'subject', alert.subject,
    'what', alert.what,
    'detail', alert.detail,
    'raised_at', alert.raised_at,
    'ended_at', alert.ended_at
  )
  from outbox.alerts as alert
  left join core.clubs as club using (club_id)
  where alert.alert_id = p_object::bigint
$$;
comment on function outbox.alert_body is 'What an alert says: {club_id, club, timezone, kind, subject, what, detail, raised_at, ended_at}.';
