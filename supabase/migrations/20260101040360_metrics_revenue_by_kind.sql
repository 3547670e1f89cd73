-- Revenue by what it was paid for. One row per kind, all eight always there; for 30 days they add up to the metric revenue_30d.
-- A sale of the shop speaks before the booking: a drink at a training is goods. The mirror holds only sales of memberships, so a
-- sale it does not know is one of goods.
create function metrics.revenue_by_kind(p_club_id bigint, p_as_of date, p_days integer default 30)
returns table (
  kind text,
  amount_minor bigint,
  payments bigint
)
language sql stable set search_path = '' rows 8 as $$
  with payment as materialized (
    select
      payment.amount_minor,
      case
        when payment.sale_external_id is null then coalesce(
          (
            select booking.service_kind
            from crm.bookings as booking
            where booking.club_id = p_club_id
              and booking.external_id = payment.booking_external_id
          ),
          'unknown'
        )
        else coalesce(
          (
            select 'membership'
            from crm.membership_sales as sale
            where sale.club_id = p_club_id
              and sale.external_id = payment.sale_external_id
          ),
          (
            select 'membership'
            from crm.memberships as card
            where card.club_id = p_club_id
              and card.sale_external_id = payment.sale_external_id
            limit 1
          ),
          'goods'
        )
      end as kind
    from crm.payments as payment
    where payment.club_id = p_club_id
      and payment.local_date between p_as_of - p_days + 1 and p_as_of
      and not payment.is_deleted
      and payment.client_external_id is not null
  )
  select
    kind.code,
    coalesce(sum(payment.amount_minor), 0)::bigint,
    count(payment.amount_minor)
  from unnest(array['personal', 'trial', 'group', 'open', 'other', 'membership', 'goods', 'unknown'])
    with ordinality as kind (code, ordinal)
  left join payment on payment.kind = kind.code
  group by kind.code, kind.ordinal
  order by kind.ordinal
$$;
comment on function metrics.revenue_by_kind is
  'One row per kind: personal, trial, group, open, other (the booking that was paid, by its service kind), membership, goods, and unknown (the platform names neither booking nor sale, or a booking the mirror does not hold). Money received from clients in the last p_days in minor units, refunds taken off, and the number of payments.';
grant execute on function metrics.revenue_by_kind to authenticated;
