-- The kernel: a segment is a function segments.<code>(facts) that returns its reason in words, or null when the rule does
-- not hold. Which segment wins is decided here, by priority, so that a client is in at most one.
create table segments.definitions (
  code text primary key check (code ~ '^[a-z][a-z0-9_]*$'),
  priority integer not null unique,
  name text not null,
  rule text not null,
  advice text not null
);
comment on table segments.definitions is 'One row per segment, in the order of its priority; the first whose rule holds wins.';

alter table segments.definitions enable row level security;
grant select on segments.definitions to authenticated;
create policy "everyone signed in reads the segments" on segments.definitions
  for select to authenticated using (true);

create function segments.define(p_code text, p_priority integer, p_name text, p_rule text, p_advice text) returns void
language plpgsql set search_path = '' as $$
declare
  segment regprocedure := to_regprocedure(format('segments.%I(segments.facts)', p_code));
begin
  if segment is null then
    raise exception 'Segment % has no function segments.%(p_facts segments.facts): create it first.', p_code, p_code;
  end if;
  insert into segments.definitions as known (code, priority, name, rule, advice)
  values (p_code, p_priority, p_name, p_rule, p_advice)
  on conflict (code) do update set
    priority = excluded.priority,
    name = excluded.name,
    rule = excluded.rule,
    advice = excluded.advice;
  execute format('comment on function %s is %L', segment, p_name || ': ' || p_rule);
  execute format('grant execute on function %s to authenticated', segment);
end
$$;
comment on function segments.define is
  'Enters a segment, comments its function with the rule and grants it. Fails when the function is missing.';

create function segments.decide(p_club_id bigint, p_as_of date, p_client_ids bigint[] default null)
returns table (client_id bigint, segment text, reason text)
language plpgsql stable set search_path = '' rows 1000 as $$
declare
  cases text;
begin
  select string_agg(
    format('(%s, %L, segments.%I(facts.*))', definition.priority, definition.code, definition.code),
    ', ' order by definition.priority
  )
  into cases
  from segments.definitions as definition;

  if cases is null then
    return;
  end if;
  return query execute format(
    'select facts.client_id, winner.code, winner.reason
     from segments.facts_on($1, $2, $3) as facts
     cross join lateral (
       select rule.code, rule.reason
       from (values %s) as rule (priority, code, reason)
       where rule.reason is not null
       order by rule.priority
       limit 1
     ) as winner',
    cases
  ) using p_club_id, p_as_of, p_client_ids;
end
$$;
comment on function segments.decide is
  'The segment of each client who is in one, with the reason in words, as of a day; for all clients, or those named.';
grant execute on function segments.decide to authenticated;

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
