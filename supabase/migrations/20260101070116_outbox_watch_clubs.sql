-- What goes wrong in a club without anybody doing anything: looked at once a minute, told once each.
create function outbox.watch_sync(p_club_id bigint, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  good_at timestamptz := crm.last_good_sync(p_club_id);
begin
  -- Before its first sync a club has nothing that could grow old.
  if good_at is null or not campaigns.is_stale(p_club_id, p_now) then
    perform outbox.end_alert('sync_stale', p_now, p_club_id);
    return;
  end if;
  perform outbox.raise_alert(
    'sync_stale',
    format(
      'The last good sync with the booking platform was at %s: nothing is sent until the next. Look at the sync in the dashboard; the platform may be away, or its token may have ended.',
      to_char(good_at at time zone (select club.timezone from core.clubs as club where club.club_id = p_club_id), 'DD Mon HH24:MI')
    ),
    p_now, p_club_id, '', jsonb_build_object('last_good_sync', good_at)
  );
end
$$;
comment on function outbox.watch_sync is 'Raises an alert while a club''s mirror is too old to act on, and ends it.';

create function outbox.watch_dead_letters(p_club_id bigint, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  stuck record;
begin
  select
    count(*) filter (where message.status = 'dead') as dead,
    count(*) filter (where message.status = 'uncertain') as uncertain
  into stuck
  from outbox.messages as message
  left join campaigns.drafts as draft using (club_id, draft_id)
  where message.club_id = p_club_id
    -- A dead campaign whose time is over is past mending.
    and (message.status = 'uncertain' or (message.status = 'dead' and (draft.expires_at <= p_now) is not true));

  if stuck.dead + stuck.uncertain = 0 then
    perform outbox.end_alert('dead_letters', p_now, p_club_id);
    return;
  end if;
  perform outbox.raise_alert(
    'dead_letters',
    format(
      'Messages that need a person: %s not sent after all tries, %s of which nobody knows whether they arrived. Messages → Problems.',
      stuck.dead, stuck.uncertain
    ),
    p_now, p_club_id, '', jsonb_build_object('dead', stuck.dead, 'uncertain', stuck.uncertain)
  );
end
$$;
comment on function outbox.watch_dead_letters is 'Raises an alert while messages of a club need a person, and ends it.';

-- One row per club in which something is due and nobody has come for it since: that is not yet an incident, a worker comes every few
-- seconds once the sending hours begin, a pause ends or the mirror is fresh again.
create table outbox.idle_queues (
  club_id bigint primary key references core.clubs on delete cascade,
  idle_since timestamptz not null
);
comment on table outbox.idle_queues is 'One row per club whose due messages nobody has come for, and since when that was seen.';
-- The watch alone reads and writes it.
alter table outbox.idle_queues enable row level security;

create function outbox.watch_queue(p_club_id bigint, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  since timestamptz;
begin
  -- Limits and the pace hold single messages; that nobody so much as looks is another thing, and whoever looks moves the pace.
  delete from outbox.idle_queues as idle
  where idle.club_id = p_club_id
    and (
      campaigns.hold(p_club_id, p_now) is not null
      or exists (select from outbox.pace as pace where pace.filled_at > idle.idle_since)
      or not exists (
        select
        from outbox.queue as queued
        where queued.club_id = p_club_id
          and queued.purpose = 'campaign'
          and queued.run_at <= p_now
          and queued.token is null
      )
    );
  insert into outbox.idle_queues as idle (club_id, idle_since)
  select p_club_id, p_now
  where campaigns.hold(p_club_id, p_now) is null
    and exists (
      select
      from outbox.queue as queued
      where queued.club_id = p_club_id
        and queued.purpose = 'campaign'
        and queued.run_at <= p_now
        and queued.token is null
    )
  on conflict do nothing;

  select idle.idle_since into since
  from outbox.idle_queues as idle
  where idle.club_id = p_club_id
    and idle.idle_since <= p_now - interval '15 minutes';
  if since is null then
    perform outbox.end_alert('queue_stuck', p_now, p_club_id);
    return;
  end if;
  perform outbox.raise_alert(
    'queue_stuck',
    format(
      'Messages have been waiting since %s and nobody sends them: look whether send-messages runs (its log, and cron.job_run_details).',
      to_char(since at time zone (select club.timezone from core.clubs as club where club.club_id = p_club_id), 'DD Mon HH24:MI')
    ),
    p_now, p_club_id, '', jsonb_build_object('since', since)
  );
end
$$;
comment on function outbox.watch_queue is
  'Raises an alert when messages of a club were due for 15 minutes, nothing held it and nobody came for any, and ends it.';

create function outbox.needed_stopped_templates(p_club_id bigint) returns setof campaigns.templates
language sql stable set search_path = '' rows 5 as $$
  select known.*
  from campaigns.templates as known
  left join campaigns.club_scenarios as choice
    on choice.club_id = known.club_id
    and choice.scenario = known.scenario
  where known.club_id = p_club_id
    and known.stopped_at is not null
    -- One that a newer version replaced, or of a scenario that is off, stops nobody.
    and (choice.is_enabled is distinct from false and known.scenario is not null and not exists (
      select
      from campaigns.templates as usable
      where usable.club_id = known.club_id
        and usable.scenario = known.scenario
        and usable.language = known.language
        and campaigns.is_usable(usable)
    ) or exists (
      select
      from campaigns.campaigns as campaign
      where campaign.club_id = known.club_id
        and campaign.template_name = known.name
        and campaign.status = 'running'
    ))
$$;
comment on function outbox.needed_stopped_templates is 'The stopped templates that a scenario or running campaign of a club needs.';

create function outbox.watch_templates(p_club_id bigint, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  template record;
begin
  for template in
    select needed.name, needed.language, needed.stopped_reason from outbox.needed_stopped_templates(p_club_id) as needed
  loop
    perform outbox.raise_alert(
      'template_stopped',
      format('Nothing goes out in the template %s (%s): %s Settings → Templates.', template.name, template.language, template.stopped_reason),
      p_now, p_club_id, concat(template.name, '/', template.language),
      jsonb_build_object('template', template.name, 'language', template.language, 'reason', template.stopped_reason)
    );
  end loop;
  -- What is not stopped any more, is gone, or is needed no more.
  perform outbox.end_alert('template_stopped', p_now, p_club_id, ongoing.subject)
  from outbox.alerts as ongoing
  where ongoing.kind = 'template_stopped'
    and ongoing.club_id = p_club_id
    and ongoing.ended_at is null
    and ongoing.subject not in (
      select concat(needed.name, '/', needed.language) from outbox.needed_stopped_templates(p_club_id) as needed
    );
end
$$;
comment on function outbox.watch_templates is 'Raises an alert for each stopped template that a scenario or running campaign of the club needs, and ends it.';

create function outbox.watch_clubs(p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  club record;
begin
  for club in select known.club_id from core.clubs as known order by known.club_id loop
    perform outbox.watch_sync(club.club_id, p_now);
    perform outbox.watch_dead_letters(club.club_id, p_now);
    perform outbox.watch_queue(club.club_id, p_now);
    perform outbox.watch_templates(club.club_id, p_now);
  end loop;
end
$$;
comment on function outbox.watch_clubs is 'Looks at every club for what needs a person, and says so once.';
