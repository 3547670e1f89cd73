-- What somebody must look at before messages go on well: the number is stopped, a mirror is stale, a template is paused, messages died.
-- One row per incident, of a club or of the installation: shown in the dashboard until it is over, and in the moderation chat as one
-- message that changes with it.
create table outbox.alerts (
  alert_id bigint generated always as identity primary key,
  -- Null: it concerns all clubs, which share the number and the database.
  club_id bigint references core.clubs on delete cascade,
  kind text not null check (kind in (
    'sending_stopped', 'number_quality', 'number_limit', 'account', 'old_snapshot', 'telegram_chat',
    'sync_stale', 'template_stopped', 'dead_letters', 'queue_stuck'
  )),
  -- What of a kind it is about, where there can be several at once: the template's name.
  subject text not null default '',
  what text not null,
  detail jsonb not null default '{}',
  raised_at timestamptz not null,
  ended_at timestamptz
);
-- An incident is one, however often it is met.
create unique index alerts_open on outbox.alerts (kind, club_id, subject) nulls not distinct where ended_at is null;
create index alerts_by_end on outbox.alerts (ended_at) where ended_at is not null;
comment on table outbox.alerts is 'One row per incident that keeps messages from going on well, with what to do, and when it was over.';
comment on column outbox.alerts.what is 'What happened and what to do, as an English sentence.';
comment on column outbox.alerts.detail is 'The figures of it, for those who say it in another language.';

alter table outbox.alerts enable row level security;
grant select on outbox.alerts to authenticated;
create policy "operators read alerts of their clubs and of all" on outbox.alerts
  for select to authenticated using (
    club_id in (select core.my_clubs())
    or (club_id is null and exists (select from core.my_clubs()))
  );

create function outbox.raise_alert(
  p_kind text, p_what text, p_now timestamptz, p_club_id bigint default null, p_subject text default '', p_detail jsonb default '{}'
) returns boolean
language plpgsql set search_path = '' as $$
declare
  is_new boolean;
begin
  -- What flaps is one incident: over for less than an hour, it goes on.
  update outbox.alerts as alert
  set ended_at = null, what = p_what, detail = p_detail
  where alert.alert_id = (
    select latest.alert_id
    from outbox.alerts as latest
    where latest.kind = p_kind
      and latest.club_id is not distinct from p_club_id
      and latest.subject = p_subject
      and latest.ended_at > p_now - interval '1 hour'
      and not exists (
        select
        from outbox.alerts as open
        where open.kind = p_kind
          and open.club_id is not distinct from p_club_id
          and open.subject = p_subject
          and open.ended_at is null
      )
    order by latest.ended_at desc
    limit 1
  );
  if found then
    return true;
  end if;

  insert into outbox.alerts as alert (kind, club_id, subject, what, detail, raised_at)
  values (p_kind, p_club_id, p_subject, p_what, p_detail, p_now)
  on conflict (kind, club_id, subject) where ended_at is null do update set what = excluded.what, detail = excluded.detail
  where (alert.what, alert.detail) is distinct from (excluded.what, excluded.detail)
  returning alert.xmax = 0 into is_new;
  return coalesce(is_new, false);
end
$$;
comment on function outbox.raise_alert is
  'Notes an incident of a club, or of all (null), with what happened and what to do; one that is open already is brought up to date. True when it is new, or came back.';

create function outbox.end_alert(p_kind text, p_now timestamptz, p_club_id bigint default null, p_subject text default '')
returns boolean
language plpgsql set search_path = '' as $$
begin
  update outbox.alerts as alert
  set ended_at = p_now
  where alert.kind = p_kind
    and alert.club_id is not distinct from p_club_id
    and alert.subject = p_subject
    and alert.ended_at is null;
  return found;
end
$$;
comment on function outbox.end_alert is 'Notes that an incident is over; false when none was open.';
