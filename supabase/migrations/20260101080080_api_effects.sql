-- What scenarios and campaigns did and changed, for the dashboard, and the people behind it.
create function api.effects(p_club_id bigint, p_from date, p_until date)
returns table (
  scenario text,
  campaign_id bigint,
  name text,
  planned bigint,
  skipped jsonb,
  drafted bigint,
  approved bigint,
  sent bigint,
  delivered bigint,
  read bigint,
  replied bigint,
  opted_out bigint,
  booked bigint,
  returned bigint,
  revenue_of_returners_minor bigint,
  cost_minor bigint,
  messaged_clients bigint,
  messaged_returned bigint,
  control_clients bigint,
  control_returned bigint,
  waiting_clients bigint,
  return_rate double precision,
  control_rate double precision,
  lift double precision,
  lift_low double precision,
  lift_high double precision,
  verdict text,
  return_days integer,
  lift_min_clients integer,
  holdout_share numeric,
  message_price_minor integer,
  computed_at timestamptz,
  data_until timestamptz
)
language sql stable set search_path = '' rows 20 as $$
  select
    effect.scenario,
    effect.campaign_id,
    coalesce(campaign.name, scenario.name),
    effect.planned,
    effect.skipped,
    effect.drafted,
    effect.approved,
    effect.sent,
    effect.delivered,
    effect.read,
    effect.replied,
    effect.opted_out,
    effect.booked,
    effect.returned,
    effect.revenue_of_returners_minor,
    effect.cost_minor,
    effect.messaged_clients,
    effect.messaged_returned,
    effect.control_clients,
    effect.control_returned,
    effect.waiting_clients,
    effect.return_rate,
    effect.control_rate,
    effect.lift,
    effect.lift_low,
    effect.lift_high,
    effect.verdict,
    setting.return_days,
    setting.lift_min_clients,
    setting.holdout_share,
    setting.message_price_minor,
    now(),
    synced.last_good_sync
  from (select crm.last_good_sync(p_club_id) as last_good_sync) as synced
  -- A window is over when the mirror has seen its end: visits it does not hold yet are not visits nobody made.
  cross join lateral outbox.effects(p_club_id, p_from, p_until, least(now(), synced.last_good_sync)) as effect
  join core.settings as setting on setting.club_id = p_club_id
  join campaigns.scenarios as scenario on scenario.code = effect.scenario
  left join campaigns.campaigns as campaign
    on campaign.club_id = p_club_id
    and campaign.campaign_id = effect.campaign_id
  order by scenario.priority, effect.campaign_id desc
$$;
comment on function api.effects is
  'outbox.effects of a period, known until the last good sync, with names, the settings it rests on, computed_at and data_until.';

create function api.assignments(
  p_club_id bigint, p_scenario text, p_from date, p_until date, p_campaign_id bigint default null
)
returns table (
  client_id bigint,
  external_id text,
  name text,
  assigned_group text,
  assigned_at timestamptz,
  window_ends_at timestamptz,
  sent_at timestamptz,
  returned_at timestamptz,
  computed_at timestamptz,
  data_until timestamptz
)
language sql stable set search_path = '' rows 1000 as $$
  select
    assignment.client_id,
    client.external_id,
    client.name,
    assignment.assigned_group,
    assignment.assigned_at,
    assignment.window_ends_at,
    assignment.sent_at,
    assignment.returned_at,
    now(),
    synced.last_good_sync
  from (select crm.last_good_sync(p_club_id) as last_good_sync) as synced
  cross join lateral outbox.assignments(
    p_club_id, p_from, p_until, least(now(), synced.last_good_sync), p_scenario
  ) as assignment
  join crm.clients as client
    on client.club_id = p_club_id
    and client.client_id = assignment.client_id
  where assignment.campaign_id is not distinct from p_campaign_id
  order by assignment.assigned_at desc, client.name, assignment.client_id
$$;
comment on function api.assignments is
  'The clients behind the lift of a scenario or campaign in a period, newest first: group, when assigned, when sent, and when they came within the return days.';

create function api.set_message_price(p_club_id bigint, p_price_minor integer) returns void
-- Security definer: nobody signed in may write tables; this door checks who knocks.
language plpgsql security definer set search_path = '' as $$
begin
  if coalesce(core.my_role(p_club_id), '') not in ('owner', 'operator') then
    raise exception 'Only an owner or operator of the club may set what a message costs.' using errcode = 'insufficient_privilege';
  end if;
  perform core.change_settings(
    p_club_id, jsonb_build_object('message_price_minor', p_price_minor), 'operator:' || auth.uid(), now()
  );
end
$$;
comment on function api.set_message_price is
  'Sets what WhatsApp bills for a delivered message, in minor units, or null for unknown, as the signed-in person. For owners and operators.';

revoke all on function api.effects, api.assignments from public, anon;
grant execute on function api.effects, api.assignments to authenticated;
revoke all on function api.set_message_price from public, anon, service_role;
grant execute on function api.set_message_price to authenticated;
