-- What a club's messages cost, as WhatsApp bills them: only what was delivered, by its own category and type of price.
-- One row per local month, category and type; of messages for which WhatsApp named no price both are null, and so is what is billed.
-- Months are those of the club's calendar; a message belongs to the one in which it was delivered, which is when it is billed.
create function outbox.costs(p_club_id bigint, p_from date, p_until date)
returns table (
  month_date date,
  category text,
  price_type text,
  delivered bigint,
  billable bigint,
  cost_minor bigint
)
language sql stable set search_path = '' rows 50 as $$
  with club as (
    select known.timezone, setting.message_price_minor
    from core.clubs as known
    join core.settings as setting using (club_id)
    where known.club_id = p_club_id
  ),
  delivered as (
    select
      (coalesce(message.delivered_at, message.accepted_at) at time zone club.timezone)::date as billed_date,
      message.pricing ->> 'category' as category,
      message.pricing ->> 'type' as price_type
    from outbox.messages as message
    cross join club
    where message.club_id = p_club_id
      and (message.delivered_at is not null or message.delivery in ('delivered', 'read'))
      -- Nothing is delivered before it was queued.
      and message.queued_at < (p_until + 1)::timestamp at time zone club.timezone
  ),
  priced as (
    select
      date_trunc('month', delivered.billed_date::timestamp)::date as month_date,
      delivered.category,
      delivered.price_type,
      count(*) as delivered,
      -- By the type: the field `billable` of Meta's is on its way out.
      case when delivered.price_type is not null then count(*) filter (where delivered.price_type = 'regular') end as billable
    from delivered
    where delivered.billed_date between p_from and p_until
    group by date_trunc('month', delivered.billed_date::timestamp), delivered.category, delivered.price_type
  )
  select
    priced.month_date,
    priced.category,
    priced.price_type,
    priced.delivered,
    priced.billable,
    priced.billable * club.message_price_minor
  from priced
  cross join club
  order by priced.month_date desc, priced.category nulls last, priced.price_type nulls last
$$;
comment on function outbox.costs is
  'Per local month and WhatsApp''s category and type of price: messages delivered, those it bills (type regular), and those times the club''s price of a message; no price known: no cost. Without category and type: WhatsApp has not said.';
grant execute on function outbox.costs to authenticated;
