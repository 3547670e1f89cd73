-- Every schedule in this one file. SQL work runs here; edge functions are called only when there is work for them.
create function core.call_function(p_name text, p_body jsonb default '{}') returns bigint
language sql set search_path = '' as $$
  select net.http_post(
    url => (select secret.decrypted_secret from vault.decrypted_secrets as secret where secret.name = 'functions_url') || '/' || p_name,
    body => p_body,
    headers => jsonb_build_object(
      'Content-Type', 'application/json',
      'apikey', (select secret.decrypted_secret from vault.decrypted_secrets as secret where secret.name = 'cron_key')
    ),
    timeout_milliseconds => 150000
  )
$$;
comment on function core.call_function is
  'Posts to an edge function with the cron key from Vault; returns the request id of pg_net. Vault must hold functions_url and cron_key.';
revoke all on function core.call_function from public, anon, authenticated, service_role;

create function core.run_for_clubs(p_function text, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  club record;
begin
  -- A club whose first sync is under way has half a history: computing from it would record changes that never were.
  for club in
    select known.club_id
    from core.clubs as known
    where crm.last_good_sync(known.club_id) is not null
    order by known.club_id
  loop
    -- One club that fails is noted and shown to its operators; the others go on.
    begin
      execute format('select %s($1, $2)', p_function) using club.club_id, p_now;
      perform stats.note_success(club.club_id, p_function);
    exception when others then
      perform stats.note_failure(club.club_id, p_function, sqlerrm, p_now);
    end;
  end loop;
end
$$;
comment on function core.run_for_clubs is
  'Calls function(club_id, p_now) for every club whose mirror has been complete once; a failure goes to stats.failures and stops no other club.';

create function campaigns.tick_club(p_club_id bigint, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  perform segments.tick(p_club_id, p_now);
  -- The lock of campaigns.plan, taken before a draft is touched: a planning that is under way may wait for that very draft.
  perform pg_advisory_xact_lock(hashtextextended('campaigns.plan', p_club_id));
  perform campaigns.void_returned(p_club_id, p_now);
  perform campaigns.plan(p_club_id, p_now);
end
$$;
comment on function campaigns.tick_club is 'Brings a club''s numbers and segments to now, voids what is open for who came back, and plans.';

create function campaigns.tick(p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  perform campaigns.expire_drafts(p_now);
  perform campaigns.forget_trials(p_now);
  perform core.run_for_clubs('campaigns.tick_club', p_now);
end
$$;
comment on function campaigns.tick is 'Expires drafts and forgets old trials of a voice; refreshes and plans for every club whose mirror has been complete once.';

create function metrics.tick_club(p_club_id bigint, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  -- Where the rollup does not stand at today, each reading would replay every visit of the club. Where it does, nobody is kept
  -- waiting for it.
  if not exists (
    select
    from stats.club_days as day
    where day.club_id = p_club_id
      and day.as_of = core.local_date(p_club_id, p_now)
  ) then
    perform segments.tick(p_club_id, p_now);
  end if;
  perform metrics.tick(p_club_id, p_now);
end
$$;
comment on function metrics.tick_club is 'Keeps today''s readings of a club, off a rollup that stands at today: brings it there when nobody has yet.';

create function stats.compare_when_due(p_club_id bigint, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  if stats.is_comparison_due(p_club_id, p_now) then
    perform stats.compare(p_club_id, p_now);
    perform segments.compare(p_club_id, p_now);
  end if;
end
$$;
comment on function stats.compare_when_due is 'Compares a club''s rollup and segments with the recomputation, once a night.';

revoke all on function core.run_for_clubs, campaigns.tick_club, campaigns.tick, metrics.tick_club, stats.compare_when_due
  from public, anon, authenticated, service_role, analyst;

create function outbox.tick(p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  club record;
begin
  perform outbox.process_events(1000, p_now);
  perform outbox.close_stale_conversations(p_now);
  for club in select known.club_id from core.clubs as known order by known.club_id loop
    perform outbox.withdraw_excluded(club.club_id, p_now);
    perform outbox.enqueue_approved(club.club_id, p_now);
  end loop;
end
$$;
comment on function outbox.tick is 'Processes what webhooks left behind, takes back what waits for who is excluded since, and queues what was approved and not queued yet.';

select cron.schedule('crm-sync', '* * * * *', $$select core.call_function('crm-sync')$$);
-- An invocation reads for a minute at most; one that left more behind is followed by the next at once.
select cron.schedule('crm-rebuild', '10 seconds', $$
  select core.call_function('crm-sync', '{"mode":"rebuild"}')
  where exists (
    select
    from crm.rebuilds as rebuild
    where rebuild.finished_at is null
      and not exists (
        select from crm.sync_leases as lease
        where lease.club_id = rebuild.club_id and lease.lane = 'full' and lease.leased_until > now()
      )
      -- What has just failed waits for the minute's tick.
      and not exists (
        select from crm.listings as listing
        where listing.club_id = rebuild.club_id and listing.lane = 'full' and listing.error_at > now() - interval '1 minute'
      )
  )
$$);
select cron.schedule('booking-hints', '5 seconds', $$
  select core.call_function('crm-sync', '{"mode":"hints"}')
  where exists (
    select from crm.hints as hint
    join core.clubs as club using (club_id)
    where hint.settled_at is null and hint.due_at <= now() and club.booking_provider <> 'csv'
  )
$$);
select cron.schedule('sync-templates', '7 * * * *', $$select core.call_function('sync-templates')$$);
select cron.schedule('submit-templates', '* * * * *', $$
  select core.call_function('sync-templates', '{"mode":"submit"}') where campaigns.is_submission_due(now())
$$);
select cron.schedule('campaigns-tick', '*/10 * * * *', $$select campaigns.tick(now())$$);
select cron.schedule('metrics-tick', '5-59/10 * * * *', $$select core.run_for_clubs('metrics.tick_club', now())$$);
select cron.schedule('metrics-backfill', '* * * * *', $$select core.run_for_clubs('metrics.backfill', now())$$);
select cron.schedule('stats-compare', '23 * * * *', $$select core.run_for_clubs('stats.compare_when_due', now())$$);
select cron.schedule('outbox-tick', '20 seconds', $$select outbox.tick(now())$$);
select cron.schedule('watch-snapshots', '* * * * *', $$select outbox.watch_snapshots(now())$$);
select cron.schedule('watch-clubs', '* * * * *', $$select outbox.watch_clubs(now())$$);
select cron.schedule('make-summaries', '*/10 * * * *', $$select outbox.make_summaries(now())$$);
select cron.schedule('draft-messages', '5 seconds', $$
  select core.call_function('draft-messages')
  where exists (
    select from campaigns.drafts as draft
    where draft.status = 'planned' and draft.expires_at > now() and (draft.leased_until > now()) is not true
  ) or outbox.is_post_due(now())
    or campaigns.is_translation_waiting(now())
    or campaigns.is_trial_waiting(now())
    or outbox.is_suggestion_waiting(now())
    or campaigns.is_batch_due(now())
    or campaigns.is_drafting_unseen(now())
$$);
select cron.schedule('send-messages', '5 seconds', $$
  select core.call_function('send-messages') where outbox.is_sending_due(now())
$$);
select cron.schedule('outbox-forget', '41 3 * * *', $$
  select outbox.forget_webhook_events(now()), campaigns.forget_outreaches(now()), core.forget_telegram_updates(now()),
    outbox.settle_posts(now())
$$);
select cron.schedule('fit-bg-nbd', '3-59/10 * * * *', $$
  select core.call_function('fit-bg-nbd') where exists (select from stats.bg_nbd_due(now()))
$$);
select cron.schedule('segments-backfill', '* * * * *', $$select core.run_for_clubs('segments.backfill', now())$$);
select cron.schedule('campaigns-backtest', '* * * * *', $$
  select core.run_for_clubs('campaigns.run_backtest', now())
  where exists (select from campaigns.backtests as backtest where backtest.state = 'running')
$$);
