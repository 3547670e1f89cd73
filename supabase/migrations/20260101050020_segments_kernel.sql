-- The kernel: a segment is a rule, SQL over `client` (a row of stats.client_stats, with days_since_last_visit,
-- days_since_last_pt_visit, has_membership, and in words last_visit_ago, last_pt_visit_ago, visits_30d_in_words and
-- visits_total_in_words) and `club` (the thresholds), a reason in words with its numbers, and the days on
-- which the rule may turn by time alone. Which segment wins is decided here, by priority, so that a client is in at most one; the
-- reason is put together only for the winner.
create function segments.by_date_sql(p_holds text) returns text
language sql immutable set search_path = '' as $$
  -- Days compared with a number are a date compared with a constant; to subtract two dates for each client costs as much as the rest.
  select
    regexp_replace(
      regexp_replace(
        regexp_replace(
          p_holds,
          '\mclient\.days_since_(last_visit|last_pt_visit) between (club\.\w+) and (club\.\w+)',
          'client.\1_date between club.as_of - \3 and club.as_of - \2', 'g'
        ),
        '\mclient\.days_since_(last_visit|last_pt_visit) >= (club\.\w+|\d+)\M(?!\s*[-+*/])',
        'client.\1_date <= club.as_of - \2', 'g'
      ),
      '\mclient\.days_since_(last_visit|last_pt_visit) < (club\.\w+|\d+)\M(?!\s*[-+*/])',
      'client.\1_date > club.as_of - \2', 'g'
    )
$$;
comment on function segments.by_date_sql is 'The same rule, with dates in the place of days where they are compared with a threshold or a number.';

create table segments.definitions (
  code text primary key check (code ~ '^[a-z][a-z0-9_]*$'),
  priority integer not null unique,
  name text not null,
  rule text not null,
  advice text not null,
  holds text not null,
  holds_by_date text not null generated always as (segments.by_date_sql(holds)) stored,
  reason text not null,
  turns text[] not null
);
comment on table segments.definitions is 'One row per segment, in the order of its priority; the first whose rule holds wins.';
comment on column segments.definitions.rule is 'The rule in words, with {code} for a threshold: segments.rule_in_words fills it in.';
comment on column segments.definitions.holds is 'The rule in SQL: a condition over client and club.';
comment on column segments.definitions.holds_by_date is 'The same rule as it is run over all clients.';
comment on column segments.definitions.reason is 'Why a client is in it, as SQL text over client and club.';
comment on column segments.definitions.turns is
  'The dates, over client and club, on which the rule begins or ceases to hold although nothing happens; null where there is none.';

alter table segments.definitions enable row level security;
grant select on segments.definitions to authenticated;
create policy "everyone signed in reads the segments" on segments.definitions
  for select to authenticated using (true);

create function segments.counted_sql(p_number text, p_one text, p_many text) returns text
language sql immutable set search_path = '' as $$
  select format('%1$s || case %1$s when 1 then %2$L else %3$L end', p_number, ' ' || p_one, ' ' || p_many)
$$;
comment on function segments.counted_sql is 'A number of things in words, as SQL text: 1 visit, 2 visits. Called for each client, a function would cost more than the rules.';

create function segments.winner_sql() returns text
language sql stable set search_path = '' as $$
  select 'case ' || string_agg(
    format(E'when %s\nthen %L', definition.holds_by_date, definition.code), E'\n' order by definition.priority
  ) || ' end'
  from segments.definitions as definition
$$;
comment on function segments.winner_sql is 'The code of the first rule that holds, as SQL over client and club; null without segments.';

create function segments.reason_sql() returns text
language sql stable set search_path = '' as $$
  select format(
    E'case placed.segment %s else %s end',
    string_agg(format(E'when %L then %s\n', definition.code, definition.reason), '' order by definition.priority),
    $words$
    case
      when client.last_visit_date is null then 'never visited'
      else format(
        'no rule holds: last visit %s, %s in the last 30 days',
        client.last_visit_ago, client.visits_30d_in_words
      )
    end
    $words$
  )
  from segments.definitions as definition
$$;
comment on function segments.reason_sql is 'Why placed.segment, as SQL text over client and club; for the unsegmented, why none.';

create function segments.turns_sql() returns text
language sql stable set search_path = '' as $$
  select format(
    'least(%s)',
    string_agg(format('case when %1$s > club.as_of then %1$s end', turn.day), E',\n' order by turn.day)
  )
  from (select distinct unnest(definition.turns) as day from segments.definitions as definition) as turn
$$;
comment on function segments.turns_sql is 'The next date on which any rule may turn by time alone, as SQL over client and club.';

create function segments.query(
  p_club_id bigint, p_as_of date, p_columns text, p_source text, p_rest text default '', p_is_fenced boolean default false
) returns text
language sql stable set search_path = '' as $$
  -- The thresholds go in as constants: looked up for each client they would cost more than the rules. Fenced, the rules are asked
  -- once and not for each column that needs the winner.
  select format(
    E'select %s\nfrom (select %s) as club\n'
    'cross join lateral (\n'
    '  select\n'
    '    rollup.*,\n'
    '    club.as_of - rollup.last_visit_date as days_since_last_visit,\n'
    '    club.as_of - rollup.last_pt_visit_date as days_since_last_pt_visit,\n'
    '    rollup.first_membership_date is not null as has_membership,\n'
    '    %s as last_visit_ago,\n'
    '    %s as last_pt_visit_ago,\n'
    '    %s as visits_30d_in_words,\n'
    '    %s as visits_total_in_words\n'
    '  from %s as rollup\n'
    '  where rollup.club_id = %s\n'
    ') as client\n'
    'cross join lateral (select %s as segment%s) as placed\n%s',
    p_columns,
    segments.club_sql(p_as_of, segments.thresholds_on(p_club_id, p_as_of)),
    segments.counted_sql('(club.as_of - rollup.last_visit_date)', 'day ago', 'days ago'),
    segments.counted_sql('(club.as_of - rollup.last_pt_visit_date)', 'day ago', 'days ago'),
    segments.counted_sql('rollup.visits_30d', 'visit', 'visits'),
    segments.counted_sql('rollup.visits_total', 'visit', 'visits'),
    p_source,
    p_club_id,
    segments.winner_sql(),
    case when p_is_fenced then ' offset 0' else '' end,
    p_rest
  )
$$;
comment on function segments.query is
  'The query that places every client of a source of client stats on a day: p_columns over client, club and placed.segment.';

create function segments.source_on(p_club_id bigint, p_as_of date, p_has_client_ids boolean) returns text
language sql stable set search_path = '' as $$
  select case
    when not p_has_client_ids and stats.stands_at(p_club_id, p_as_of) then 'stats.client_stats'
    else format('stats.on_day(%s, %L::date, $1)', p_club_id, p_as_of)
  end
$$;
comment on function segments.source_on is 'Where the client stats of a day are read: the rollup itself where it stands there, with $1 for the clients.';

create function segments.place(p_club_id bigint, p_as_of date, p_client_ids bigint[] default null)
returns table (client_id bigint, segment text, reason text, turns_date date)
language plpgsql stable set search_path = '' rows 1000 as $$
begin
  return query execute segments.query(
    p_club_id, p_as_of,
    format('client.client_id, placed.segment, %s, %s', segments.reason_sql(), segments.turns_sql()),
    segments.source_on(p_club_id, p_as_of, p_client_ids is not null),
    p_is_fenced => true
  ) using p_client_ids;
end
$$;
comment on function segments.place is
  'Every client, or those named, as of a day: the segment (null: none), why, and the next day on which that may change with no news.';

create function segments.states(p_club_id bigint, p_as_of date)
returns table (client_id bigint, segment text)
language plpgsql stable set search_path = '' rows 1000 as $$
begin
  return query execute format(
    'select stated.client_id, stated.segment from (%s) as stated where stated.segment is not null',
    segments.query(
      p_club_id, p_as_of, 'client.client_id, placed.segment', segments.source_on(p_club_id, p_as_of, false), p_is_fenced => true
    )
  ) using null::bigint[];
end
$$;
comment on function segments.states is 'The clients who are in a segment as of a day, without the words: for all of a club at a time.';

create function segments.decide(p_club_id bigint, p_as_of date, p_client_ids bigint[] default null)
returns table (client_id bigint, segment text, reason text)
language sql stable set search_path = '' rows 1000 as $$
  select placed.client_id, placed.segment, placed.reason
  from segments.place(p_club_id, p_as_of, p_client_ids) as placed
  where placed.segment is not null
$$;
comment on function segments.decide is
  'The segment of each client who is in one, with the reason in words, as of a day; for all clients, or those named.';

grant execute on function
  segments.counted_sql, segments.by_date_sql, segments.winner_sql, segments.reason_sql, segments.turns_sql, segments.query, segments.source_on, segments.place, segments.states,
  segments.decide
to authenticated;

create function segments.define(
  p_code text, p_priority integer, p_name text, p_rule text, p_advice text, p_holds text, p_reason text, p_turns text[]
) returns void
language plpgsql set search_path = '' as $$
declare
  stray text := substring(segments.rule_in_words(p_rule, '{}') from '\{[^}]*\}?|\}');
begin
  if stray is not null then
    raise exception 'The rule of segment % says "%", which names no threshold: write the code of one in segments.thresholds in braces.',
      p_code, stray using errcode = 'check_violation';
  end if;
  insert into segments.definitions as known (code, priority, name, rule, advice, holds, reason, turns)
  values (p_code, p_priority, p_name, p_rule, p_advice, p_holds, p_reason, p_turns)
  on conflict (code) do update set
    priority = excluded.priority,
    name = excluded.name,
    rule = excluded.rule,
    advice = excluded.advice,
    holds = excluded.holds,
    reason = excluded.reason,
    turns = excluded.turns;
  -- A rule that does not run is refused here and not in the night.
  perform segments.place(0, date '2000-01-01');
end
$$;
comment on function segments.define is
  'Enters a segment with its rule, reason and turns in SQL and in words. Fails when one of them does not run.';

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
