-- Why a client is where they are: every rule with what it looked at, whether it holds, and which one won.
create function segments.inputs_sql(p_holds text) returns text
language sql immutable set search_path = '' as $$
  -- Read off the rule itself, in the order in which it asks: an explanation cannot name what the rule does not look at.
  select format(
    'jsonb_build_object(%s)',
    string_agg(format('%L, %s.%I', input.name, input.side, input.name), ', ' order by input.place)
  )
  from (
    select mention.match[1] as side, mention.match[2] as name, min(mention.place) as place
    from regexp_matches(p_holds, '\m(client|club)\.([a-z][a-z0-9_]*)', 'g') with ordinality as mention (match, place)
    group by mention.match[1], mention.match[2]
  ) as input
$$;
comment on function segments.inputs_sql is 'The facts and thresholds that a rule in SQL mentions, as SQL over client and club: {name: value}.';

create function segments.explain(p_club_id bigint, p_client_id bigint, p_as_of date)
returns table (
  "position" integer, segment text, name text, rule text, inputs jsonb, holds boolean, is_winner boolean, verdict text, reason text
)
language plpgsql stable set search_path = '' rows 8 as $$
declare
  rules text;
begin
  select string_agg(
    format(E'(%L, (%s\n) is true, %s)', definition.code, definition.holds, segments.inputs_sql(definition.holds)),
    E',\n'
  )
  into rules
  from segments.definitions as definition;

  return query execute format(
    'select
       definition.priority, definition.code, definition.name, segments.rule_in_words(definition.rule, $2), asked.inputs, asked.holds,
       asked.is_winner,
       case
         when asked.is_winner and asked.held_above = 0 and asked.held_below = 0 then %L
         when asked.is_winner then %L
         when asked.holds then format(%L, asked.winner_name)
         else %L
       end,
       case when asked.is_winner then asked.reason end
     from (
       select
         answered.*,
         (answered.code = answered.winner) is true as is_winner,
         count(*) filter (where answered.holds) over (order by known.priority rows between unbounded preceding and 1 preceding) as held_above,
         count(*) filter (where answered.holds) over (order by known.priority rows between 1 following and unbounded following) as held_below,
         first_value(known.name) over (order by answered.holds desc, known.priority) as winner_name
       from (%s) as answered
       join segments.definitions as known using (code)
     ) as asked
     join segments.definitions as definition using (code)
     order by definition.priority',
    'the only rule that holds',
    'holds, and comes first of those that do',
    'holds too, but %s comes first',
    'does not hold',
    segments.query(
      p_club_id, p_as_of,
      format('rule.code, rule.holds, rule.inputs, placed.segment as winner, %s as reason', segments.reason_sql()),
      segments.source_on(p_club_id, p_as_of, true),
      format('cross join lateral (values %s) as rule (code, holds, inputs)', rules),
      p_is_fenced => true
    )
  ) using array[p_client_id], segments.thresholds_on(p_club_id, p_as_of);

  if not found then
    raise exception 'Club % has no client %: ask for one who is not deleted, by the id in crm.clients.', p_club_id, p_client_id
      using errcode = 'no_data_found';
  end if;
end
$$;
comment on function segments.explain is
  'Every rule asked of one client on a day, in order: what it looked at, whether it holds, whether it won, and why. Fails for an unknown client.';
grant execute on function segments.inputs_sql, segments.explain to authenticated;
