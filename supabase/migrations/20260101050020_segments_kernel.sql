-- The kernel: a segment is a rule, SQL over `client` (a row of stats.client_stats, with days_since_last_visit,
-- days_since_last_pt_visit and has_membership) and `club` (the club's
-- thresholds), and a reason in words with its numbers. Which segment wins is decided here, by priority, so that a client is in at
-- most one; the reason is put together only for the winner.
create table segments.definitions (
  code text primary key check (code ~ '^[a-z][a-z0-9_]*$'),
  priority integer not null unique,
  name text not null,
  rule text not null,
  advice text not null,
  holds text not null,
  reason text not null
);
comment on table segments.definitions is 'One row per segment, in the order of its priority; the first whose rule holds wins.';
comment on column segments.definitions.rule is 'The rule in words.';
comment on column segments.definitions.holds is 'The rule in SQL: a condition over client and club.';
comment on column segments.definitions.reason is 'Why a client is in it, as SQL text over client and club.';

alter table segments.definitions enable row level security;
grant select on segments.definitions to authenticated;
create policy "everyone signed in reads the segments" on segments.definitions
  for select to authenticated using (true);

create function segments.decide(p_club_id bigint, p_as_of date, p_client_ids bigint[] default null)
returns table (client_id bigint, segment text, reason text)
-- Without memoize: hardly two clients have the same facts, and remembering each costs more than asking.
language plpgsql stable set search_path = '' set enable_memoize = 'off' rows 1000 as $$
declare
  codes text[];
  winners text;
  reasons text;
  source text := case
    when p_client_ids is null and stats.stands_at(p_club_id, p_as_of) then 'stats.client_stats'
    else 'stats.on_day($1, $2, $3)'
  end;
begin
  select
    array_agg(definition.code order by definition.priority),
    string_agg(format('when %s then %s', definition.holds, definition.place), E'\n' order by definition.priority),
    string_agg(format('when %s then %s', definition.place, definition.reason), E'\n' order by definition.priority)
  into codes, winners, reasons
  from (
    select known.*, row_number() over (order by known.priority) as place from segments.definitions as known
  ) as definition;
  if codes is null then
    return;
  end if;

  -- The choice of the winner is fenced off (offset 0), so that the rules are asked once and not for each column again.
  return query execute format(
    'select client.client_id, ($4)[placed.winner], case placed.winner %s end
     from (
       select
         setting.pt_cancelled_min_days,
         setting.pt_cancelled_max_days,
         setting.trial_dropoff_min_days,
         setting.trial_dropoff_max_days,
         setting.lost_min_days,
         setting.nearly_lost_min_days,
         setting.going_silent_min_days,
         setting.at_risk_min_days,
         setting.regular_min_visits,
         $5 as vip_threshold_minor
       from core.settings as setting
       where setting.club_id = $1
     ) as club
     cross join (
       select
         rollup.*,
         $2 - rollup.last_visit_date as days_since_last_visit,
         $2 - rollup.last_pt_visit_date as days_since_last_pt_visit,
         rollup.first_membership_date is not null as has_membership
       from %s as rollup
       where rollup.club_id = $1
     ) as client
     cross join lateral (select case %s end as winner offset 0) as placed
     where placed.winner is not null',
    reasons, source, winners
  ) using p_club_id, p_as_of, p_client_ids, codes, stats.vip_threshold(p_club_id, p_as_of);
end
$$;
comment on function segments.decide is
  'The segment of each client who is in one, with the reason in words, as of a day; for all clients, or those named.';
grant execute on function segments.decide to authenticated;

create function segments.define(
  p_code text, p_priority integer, p_name text, p_rule text, p_advice text, p_holds text, p_reason text
) returns void
language plpgsql set search_path = '' as $$
begin
  insert into segments.definitions as known (code, priority, name, rule, advice, holds, reason)
  values (p_code, p_priority, p_name, p_rule, p_advice, p_holds, p_reason)
  on conflict (code) do update set
    priority = excluded.priority,
    name = excluded.name,
    rule = excluded.rule,
    advice = excluded.advice,
    holds = excluded.holds,
    reason = excluded.reason;
  -- A rule that does not run is refused here and not in the night.
  perform segments.decide(0, date '2000-01-01');
end
$$;
comment on function segments.define is 'Enters a segment with its rule and reason in SQL and in words. Fails when either does not run.';

create function segments.members(p_club_id bigint, p_as_of date)
returns table (client_id bigint, external_id text, segment text, reason text)
language sql stable set search_path = '' rows 1000 as $$
  select decided.client_id, client.external_id, decided.segment, decided.reason
  from segments.decide(p_club_id, p_as_of) as decided
  join crm.clients as client
    on client.club_id = p_club_id
    and client.client_id = decided.client_id
  order by decided.client_id
$$;
comment on function segments.members is 'Members of the eight segments as of a day, each once; the unsegmented are not returned.';
grant execute on function segments.members to authenticated;
