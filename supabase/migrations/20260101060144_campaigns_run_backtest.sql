-- A backtest is asked for once and worked through in the background: a day of a large club takes seconds, a year of it hours.
-- A call goes on where the last one stopped; days and how far they are commit together, so none is replayed twice.
create function campaigns.request_backtest(
  p_club_id bigint,
  p_scenario text,
  p_actor text,
  p_now timestamptz,
  p_from date default null,
  p_until date default null
) returns bigint
language plpgsql set search_path = '' as $$
declare
  last_day date := coalesce(p_until, core.local_date(p_club_id, p_now) - 1);
  first_day date := coalesce(p_from, last_day - 364);
  asked bigint;
begin
  if p_scenario is not null
    and not exists (select from campaigns.scenarios as known where known.code = p_scenario and known.is_automated)
  then
    raise exception 'Scenario "%" can not be replayed: choose one of %, or none for all that are switched on.',
      p_scenario, (select string_agg(known.code, ', ' order by known.priority) from campaigns.scenarios as known where known.is_automated)
      using errcode = 'no_data_found';
  end if;

  insert into campaigns.backtests (
    club_id, scenario, from_date, until_date, next_date, return_days, requested_by, requested_at
  )
  select p_club_id, p_scenario, first_day, last_day, first_day, setting.return_days, p_actor, p_now
  from core.settings as setting
  where setting.club_id = p_club_id
  on conflict (club_id, coalesce(scenario, '')) where state = 'running' do nothing
  returning backtest_id into asked;
  if asked is not null then
    perform core.audit(
      p_club_id, p_actor, 'backtest.requested', 'backtest:' || asked,
      jsonb_build_object('scenario', p_scenario, 'from_date', first_day, 'until_date', last_day), p_now
    );
    return asked;
  end if;

  select running.backtest_id into asked
  from campaigns.backtests as running
  where running.club_id = p_club_id
    and running.scenario is not distinct from p_scenario
    and running.state = 'running';
  return asked;
end
$$;
comment on function campaigns.request_backtest is
  'Asks for a replay of days, by default of the 365 up to yesterday, of one scenario or all that are on (null); returns its id, or that of the same one running.';

create function campaigns.run_backtest(p_club_id bigint, p_now timestamptz, p_visits_to_read bigint default 6000000) returns bigint
language plpgsql set search_path = '' as $$
declare
  backtest campaigns.backtests;
  visits bigint;
  replayed bigint := 0;
begin
  -- Two at once would replay the same day.
  if not pg_try_advisory_xact_lock(hashtextextended('campaigns.run_backtest', p_club_id)) then
    return 0;
  end if;
  select known.* into backtest
  from campaigns.backtests as known
  where known.club_id = p_club_id
    and known.state = 'running'
  order by known.requested_at, known.backtest_id
  limit 1;
  if not found then
    return 0;
  end if;

  -- As in segments.backfill: a replay reads all visits, and of a small club a day costs something, too.
  select coalesce(sum(client.visits_total), 0) + 50000 into visits
  from stats.client_stats as client
  where client.club_id = p_club_id;

  begin
    loop
      perform campaigns.replay_day(p_club_id, backtest.backtest_id, backtest.next_date, p_now);
      backtest.next_date := backtest.next_date + 1;
      replayed := replayed + 1;
      exit when backtest.next_date > backtest.until_date or replayed >= p_visits_to_read / nullif(visits, 0);
    end loop;
  exception when others then
    -- Kept for whoever asked; the days of earlier calls stay, and they may ask again.
    update campaigns.backtests as known
    set state = 'failed', error = sqlerrm, finished_at = p_now
    where known.club_id = p_club_id and known.backtest_id = backtest.backtest_id;
    return 0;
  end;

  update campaigns.backtests as known
  set next_date = backtest.next_date,
      state = case when backtest.next_date > known.until_date then 'done' else 'running' end,
      finished_at = case when backtest.next_date > known.until_date then p_now end
  where known.club_id = p_club_id and known.backtest_id = backtest.backtest_id
  returning known.* into backtest;
  if backtest.state = 'done' then
    -- The newest answers the question; an older one was of other days.
    delete from campaigns.backtests as older
    where older.club_id = p_club_id
      and older.scenario is not distinct from backtest.scenario
      and older.backtest_id < backtest.backtest_id
      and older.state <> 'running';
  end if;
  return replayed;
end
$$;
comment on function campaigns.run_backtest is
  'Replays as many days of a club''s oldest running backtest as the visits to read allow, at least one; returns how many. One that fails says why in its row.';
revoke all on function campaigns.request_backtest, campaigns.run_backtest from public, anon, authenticated, service_role;
