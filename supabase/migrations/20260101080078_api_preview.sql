-- Before something is switched on: who would get it today and why others would not, and what the last year would have been like.
create function api.preview_scenario(p_club_id bigint, p_scenario text, p_clients_per_reason integer default 50)
returns table (
  skip_reason text, clients bigint, client_id bigint, external_id text, name text, segment text, why text,
  computed_at timestamptz, data_until timestamptz
)
language sql stable set search_path = '' rows 100 as $$
  select found.*, now(), (select crm.last_good_sync(p_club_id))
  from campaigns.preview(p_club_id, now(), p_scenario, null, p_clients_per_reason) as found
$$;
comment on function api.preview_scenario is
  'campaigns.preview of an automated scenario now, switched on or not, with its freshness; nothing for one that is unknown.';

create function api.preview_campaign(p_club_id bigint, p_campaign_id bigint, p_clients_per_reason integer default 50)
returns table (
  skip_reason text, clients bigint, client_id bigint, external_id text, name text, segment text, why text,
  computed_at timestamptz, data_until timestamptz
)
language sql stable set search_path = '' rows 100 as $$
  select found.*, now(), (select crm.last_good_sync(p_club_id))
  from campaigns.preview(p_club_id, now(), null, p_campaign_id, p_clients_per_reason) as found
$$;
comment on function api.preview_campaign is 'campaigns.preview of a one-off campaign now, running or not, with its freshness; nothing for one that is unknown.';

create view api.backtests with (security_invoker = true) as
  -- One row per backtest: those running, failed, and the newest finished one of each question.
  select
    backtest.club_id,
    backtest.backtest_id,
    backtest.scenario,
    backtest.from_date,
    backtest.until_date,
    backtest.next_date,
    backtest.return_days,
    backtest.state,
    backtest.requested_at,
    backtest.finished_at,
    backtest.error
  from campaigns.backtests as backtest;
comment on view api.backtests is 'One row per backtest of a club, with how far it is; scenario null: all that were switched on, together.';

create view api.backtest_contacts with (security_invoker = true) as
  -- One row per backtest, client, scenario and occasion.
  select
    contact.club_id,
    contact.backtest_id,
    contact.client_id,
    client.external_id,
    client.name,
    contact.scenario,
    contact.occasion,
    contact.day,
    contact.outcome,
    contact.returned_date,
    contact.was_contacted
  from campaigns.backtest_contacts as contact
  join crm.clients as client using (club_id, client_id);
comment on view api.backtest_contacts is 'Whom a backtest would have messaged on which day, or the last reason why not, and when they came by themselves.';

create function api.backtest_summary(p_club_id bigint, p_backtest_id bigint)
returns table (
  scenario text, month date, fitting bigint, messaged bigint, followed bigint, returned bigint, returned_contacted bigint,
  met_cooldown bigint, met_cap bigint, skipped jsonb
)
language sql stable set search_path = '' rows 60 as $$
  select summary.* from campaigns.backtest_summary(p_club_id, p_backtest_id) as summary
$$;
comment on function api.backtest_summary is 'campaigns.backtest_summary: per scenario and month what a backtest would have done, and who came back by themselves.';

-- Security definer: nobody signed in may write tables; this door checks who knocks.
create function api.request_backtest(p_club_id bigint, p_scenario text default null) returns bigint
language plpgsql security definer set search_path = '' as $$
begin
  if coalesce(core.my_role(p_club_id), '') not in ('owner', 'operator') then
    raise exception 'Only an owner or operator of the club may have its last year replayed.' using errcode = 'insufficient_privilege';
  end if;
  return campaigns.request_backtest(p_club_id, p_scenario, 'operator:' || auth.uid(), now());
end
$$;
comment on function api.request_backtest is
  'Asks for a replay of the 365 days up to yesterday, of one scenario or all that are on, as the signed-in person; returns its id, or that of the one running. For owners and operators.';

grant select on api.backtests, api.backtest_contacts to authenticated;
revoke all on function api.preview_scenario, api.preview_campaign, api.backtest_summary from public, anon;
grant execute on function api.preview_scenario, api.preview_campaign, api.backtest_summary to authenticated;
revoke all on function api.request_backtest from public, anon, service_role;
grant execute on function api.request_backtest to authenticated;
