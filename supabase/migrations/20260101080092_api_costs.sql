-- What a club's messages cost, month by month, for the dashboard.
create function api.message_costs(p_club_id bigint, p_months integer)
returns table (
  month_date date,
  category text,
  price_type text,
  delivered bigint,
  billable bigint,
  cost_minor bigint
)
language sql stable set search_path = '' rows 50 as $$
  select cost.*
  from (select core.local_date(p_club_id, now()) as date) as today
  cross join lateral outbox.costs(
    p_club_id,
    (date_trunc('month', today.date::timestamp) - make_interval(months => greatest(p_months, 1) - 1))::date,
    today.date
  ) as cost
  order by cost.month_date desc, cost.category nulls last, cost.price_type nulls last
$$;
comment on function api.message_costs is 'outbox.costs of this month and those before it, as many as asked for, newest first.';

create view api.message_prices with (security_invoker = true) as
  -- One row per club.
  select
    setting.club_id,
    setting.message_price_minor
  from core.settings as setting;
comment on view api.message_prices is 'What WhatsApp bills for a delivered message, as somebody of the club told us; null: unknown, and there is no cost.';

grant select on api.message_prices to authenticated;
revoke all on function api.message_costs from public, anon;
grant execute on function api.message_costs to authenticated;
