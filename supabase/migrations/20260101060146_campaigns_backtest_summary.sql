-- What a backtest found, of its days so far: one row per scenario and month in which it found anything.
-- An occasion counts in the month of its outcome: that of the message, or since when the reason stood.
create function campaigns.backtest_summary(p_club_id bigint, p_backtest_id bigint)
returns table (
  scenario text,
  month date,
  fitting bigint,
  messaged bigint,
  followed bigint,
  returned bigint,
  returned_contacted bigint,
  met_cooldown bigint,
  met_cap bigint,
  skipped jsonb
)
language sql stable set search_path = '' rows 60 as $$
  with occasion as (
    select
      contact.scenario,
      date_trunc('month', contact.day)::date as month,
      contact.outcome,
      contact.met_cooldown,
      contact.met_cap,
      -- Who was messaged so late that the days to return were not over yet says nothing about returns.
      contact.outcome = 'messaged'
        and contact.day + backtest.return_days < core.local_date(p_club_id, backtest.requested_at) as is_followed,
      contact.returned_date is not null as has_returned,
      contact.was_contacted
    from campaigns.backtests as backtest
    join campaigns.backtest_contacts as contact using (club_id, backtest_id)
    where backtest.club_id = p_club_id
      and backtest.backtest_id = p_backtest_id
  ),
  counted as (
    select
      occasion.scenario,
      occasion.month,
      occasion.outcome,
      count(*) as occasions,
      count(*) filter (where occasion.is_followed) as followed,
      count(*) filter (where occasion.is_followed and occasion.has_returned) as returned,
      count(*) filter (where occasion.is_followed and occasion.has_returned and occasion.was_contacted) as returned_contacted,
      count(*) filter (where occasion.met_cooldown) as met_cooldown,
      count(*) filter (where occasion.met_cap) as met_cap
    from occasion
    group by occasion.scenario, occasion.month, occasion.outcome
  )
  select
    counted.scenario,
    counted.month,
    sum(counted.occasions)::bigint,
    coalesce(sum(counted.occasions) filter (where counted.outcome = 'messaged'), 0)::bigint,
    sum(counted.followed)::bigint,
    sum(counted.returned)::bigint,
    sum(counted.returned_contacted)::bigint,
    sum(counted.met_cooldown)::bigint,
    sum(counted.met_cap)::bigint,
    coalesce(jsonb_object_agg(counted.outcome, counted.occasions) filter (where counted.outcome <> 'messaged'), '{}')
  from counted
  group by counted.scenario, counted.month
  order by counted.scenario, counted.month
$$;
comment on function campaigns.backtest_summary is
  'Per scenario and month of a backtest: occasions that fit, messaged, of those the ones whose days to return are over (followed), who of them returned, who of these really had a message; how many met a limit; and the skip reasons of the rest.';
grant execute on function campaigns.backtest_summary to authenticated;
