-- What somebody must look at before messages go on well: the number is stopped, its quality dropped, a transaction holds up the queue.
-- One row per incident of the installation, told once in the moderation chat and shown in the dashboard until it is over.
create table outbox.alerts (
  alert_id bigint generated always as identity primary key,
  kind text not null check (kind in ('sending_stopped', 'number_quality', 'number_limit', 'account', 'old_snapshot')),
  what text not null,
  raised_at timestamptz not null,
  ended_at timestamptz,
  leased_until timestamptz,
  told_at timestamptz
);
-- All clubs share the number: an incident is one, however often it is met.
create unique index alerts_open on outbox.alerts (kind) where ended_at is null;
create index alerts_untold on outbox.alerts (raised_at) where told_at is null;
comment on table outbox.alerts is 'One row per incident that keeps messages from going on well, with what to do, when it was told and when it was over.';

alter table outbox.alerts enable row level security;
grant select on outbox.alerts to authenticated;
create policy "operators of any club read what concerns the number they share" on outbox.alerts
  for select to authenticated using (exists (select from core.my_clubs()));

create function outbox.raise_alert(p_kind text, p_what text, p_now timestamptz) returns boolean
language plpgsql set search_path = '' as $$
begin
  insert into outbox.alerts (kind, what, raised_at)
  values (p_kind, p_what, p_now)
  on conflict (kind) where ended_at is null do nothing;
  return found;
end
$$;
comment on function outbox.raise_alert is 'Notes an incident of a kind, with what happened and what to do; false when one of this kind is open already.';

create function outbox.end_alert(p_kind text, p_now timestamptz) returns boolean
language plpgsql set search_path = '' as $$
begin
  update outbox.alerts as alert
  set ended_at = p_now
  where alert.kind = p_kind
    and alert.ended_at is null;
  return found;
end
$$;
comment on function outbox.end_alert is 'Notes that the incident of a kind is over; false when none was open.';

create function outbox.is_alert_untold(p_now timestamptz) returns boolean
language sql stable set search_path = '' as $$
  select exists (
    select
    from outbox.alerts as alert
    where alert.told_at is null
      and alert.ended_at is null
      and (alert.leased_until > p_now) is not true
  )
$$;
comment on function outbox.is_alert_untold is 'Whether the moderation chat has not been told of an incident.';

create function outbox.claim_alerts(p_lease_seconds integer, p_now timestamptz) returns jsonb
language sql set search_path = '' as $$
  with waiting as materialized (
    select known.alert_id
    from outbox.alerts as known
    where known.told_at is null
      and known.ended_at is null
      and (known.leased_until > p_now) is not true
    order by known.raised_at
    limit 5
    for update skip locked
  ),
  claimed as (
    update outbox.alerts as alert
    set leased_until = p_now + make_interval(secs => p_lease_seconds)
    from waiting
    where alert.alert_id = waiting.alert_id
    returning alert.*
  )
  select coalesce(
    jsonb_agg(jsonb_build_object('alert_id', claimed.alert_id, 'kind', claimed.kind, 'what', claimed.what) order by claimed.raised_at),
    '[]'
  )
  from claimed
$$;
comment on function outbox.claim_alerts is 'Claims incidents that the moderation chat is to be told of, [{alert_id, kind, what}].';

create function outbox.note_alert_told(p_alert_id bigint, p_now timestamptz) returns void
language sql set search_path = '' as $$
  update outbox.alerts as alert set told_at = p_now, leased_until = null where alert.alert_id = p_alert_id
$$;
comment on function outbox.note_alert_told is 'Notes that the moderation chat was told of an incident: it is not told again.';
