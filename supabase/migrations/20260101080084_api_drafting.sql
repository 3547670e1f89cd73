-- What drafting costs and how it stands, for the dashboard.
create function api.drafting_state(p_club_id bigint)
returns table (
  state text,
  model text,
  seen_at timestamptz,
  budget_usd numeric,
  daily_drafts integer,
  spent_micro_usd bigint,
  reserved_micro_usd bigint,
  drafts bigint,
  since timestamptz,
  reason text
)
language sql stable set search_path = '' rows 1 as $$ select * from campaigns.drafting_state(p_club_id, now()) $$;
comment on function api.drafting_state is 'campaigns.drafting_state, now.';

create function api.drafting_days(p_club_id bigint, p_days integer)
returns table (
  day date,
  by_claude bigint,
  repaired bigint,
  static jsonb,
  input_tokens bigint,
  output_tokens bigint,
  mean_latency_ms integer,
  cost_micro_usd bigint,
  reserved_micro_usd bigint
)
language sql stable set search_path = '' rows 30 as $$ select * from campaigns.drafting_days(p_club_id, p_days, now()) $$;
comment on function api.drafting_days is 'campaigns.drafting_days up to now, newest first.';

create function api.change_drafting_budget(p_club_id bigint, p_changes jsonb) returns void
-- Security definer: nobody signed in may write tables; this door checks who knocks.
language plpgsql security definer set search_path = '' as $$
declare
  unknown text;
begin
  if coalesce(core.my_role(p_club_id), '') not in ('owner', 'operator') then
    raise exception 'Only an owner or operator of the club may change its drafting budget.' using errcode = 'insufficient_privilege';
  end if;
  select given.key into unknown
  from jsonb_object_keys(case when jsonb_typeof(p_changes) = 'object' then p_changes else '{}' end) as given (key)
  where given.key not in ('drafting_budget_usd', 'drafting_daily_drafts')
  order by given.key
  limit 1;
  if unknown is not null then
    raise exception 'There is no setting "%" of the drafting budget: change drafting_budget_usd or drafting_daily_drafts.', unknown
      using errcode = 'invalid_parameter_value';
  end if;
  perform core.change_settings(p_club_id, p_changes, 'operator:' || auth.uid(), now());
end
$$;
comment on function api.change_drafting_budget is
  'Changes what drafting may cost in a day ({drafting_budget_usd, drafting_daily_drafts}), as the signed-in person. For owners and operators.';

revoke all on function api.drafting_state, api.drafting_days from public, anon;
grant execute on function api.drafting_state, api.drafting_days to authenticated;
revoke all on function api.change_drafting_budget from public, anon, service_role;
grant execute on function api.change_drafting_budget to authenticated;
