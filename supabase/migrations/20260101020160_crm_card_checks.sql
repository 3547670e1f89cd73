-- Clients whose cards the platform is to be asked for: something of theirs changed, and the list of all cards comes rarely.
-- One row per client; it stays until their phone was asked after the last such change, so that losing an answer loses nothing.
create table crm.card_checks (
  club_id bigint not null references core.clubs on delete cascade,
  client_id bigint not null,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  primary key (club_id, client_id),
  foreign key (club_id, client_id) references crm.clients (club_id, client_id) on delete cascade
);
comment on table crm.card_checks is 'One row per client whose membership cards are to be read by phone.';
comment on column crm.card_checks.asked_at is 'When the check was last asked for: an answer of the platform from before does not settle it.';
comment on column crm.card_checks.due_at is 'Not before; while one check of a club is put off, none of that club is due.';
alter table crm.card_checks enable row level security;

create function crm.mark_card_checks(p_club_id bigint, p_entity text, p_external_ids text[], p_now timestamptz) returns bigint
language sql set search_path = '' as $$
  with touched as (
    select booking.client_id
    from crm.bookings as booking
    where p_entity = 'bookings' and booking.club_id = p_club_id and booking.external_id = any (p_external_ids)
    union
    select sale.client_id
    from crm.membership_sales as sale
    where p_entity = 'membership_sales' and sale.club_id = p_club_id and sale.external_id = any (p_external_ids)
    union
    select payment.client_id
    from crm.payments as payment
    where p_entity = 'payments' and payment.club_id = p_club_id and payment.external_id = any (p_external_ids)
  ),
  marked as (
    insert into crm.card_checks as known (club_id, client_id, asked_at, due_at)
    select p_club_id, client.client_id, p_now, p_now
    from touched
    join crm.clients as client
      on client.club_id = p_club_id
      and client.client_id = touched.client_id
    where client.phone is not null
      and client.deleted_at is null
    order by client.client_id
    on conflict (club_id, client_id) do update set asked_at = greatest(known.asked_at, excluded.asked_at)
    returning 1
  )
  select count(*) from marked
$$;
comment on function crm.mark_card_checks is
  'Asks for the cards of the clients behind these bookings, sales or payments; rows of other entities touch no card. How many clients.';

create function crm.due_card_checks(p_club_id bigint, p_limit integer, p_now timestamptz)
returns table (client_id bigint, client_external_id text, phone text, is_shared boolean)
language sql stable set search_path = '' as $$
  -- One row per phone: clients who share it are asked for once, under the one known longest.
  with waiting as (
    select client.phone, min(card_check.asked_at) as asked_at
    from crm.card_checks as card_check
    join crm.clients as client
      on client.club_id = card_check.club_id
      and client.client_id = card_check.client_id
    where card_check.club_id = p_club_id
      and client.phone is not null
      and client.deleted_at is null
    group by client.phone
    having not exists (
      select from crm.card_checks as put_off where put_off.club_id = p_club_id and put_off.due_at > p_now
    )
    order by asked_at, client.phone
    limit p_limit
  )
  select person.main_client_id, client.external_id, person.phone, person.clients > 1
  from waiting
  -- Limited, so that the planner looks up these phones and does not gather all persons of the club first.
  cross join lateral (
    select candidate.*
    from crm.persons as candidate
    where candidate.club_id = p_club_id and candidate.phone = waiting.phone
    limit 1
  ) as person
  join crm.clients as client
    on client.club_id = p_club_id
    and client.client_id = person.main_client_id
  order by waiting.asked_at, waiting.phone
$$;
comment on function crm.due_card_checks is 'The phones whose cards are to be read now, the longest waiting first.';

create function crm.apply_cards(
  p_club_id bigint, p_phone text, p_rows jsonb, p_quarantined jsonb, p_asked_at timestamptz
) returns bigint
language plpgsql set search_path = '' as $$
declare
  changed_rows bigint;
begin
  -- The platform answers by phone. A card whose sale is known is its buyer's; another one is the phone's only client's, and
  -- nobody's where several share the phone. The answer may leave out cards that are used up: what is not in it stays.
  with sole_client as (
    select client.external_id
    from crm.persons as person
    join crm.clients as client
      on client.club_id = person.club_id
      and client.client_id = person.main_client_id
    where person.club_id = p_club_id
      and person.phone = p_phone
      and person.clients = 1
  ),
  card as (
    select
      given.fields || jsonb_build_object('client_external_id', case
        when not exists (
          select
          from crm.membership_sales as sale
          where sale.club_id = p_club_id
            and sale.external_id = given.fields ->> 'sale_external_id'
            and sale.client_external_id is not null
            and not sale.is_deleted
        )
        then (select sole_client.external_id from sole_client)
      end) as fields
    from jsonb_array_elements(p_rows) as given (fields)
  )
  select crm.apply_memberships(p_club_id, coalesce(jsonb_agg(card.fields), '[]')) into changed_rows
  from card;
  perform crm.keep_quarantine(p_club_id, 'memberships', p_rows, p_quarantined, p_asked_at);

  -- What changed since the platform was asked may not be in its answer.
  delete from crm.card_checks as card_check
  using crm.clients as client
  where card_check.club_id = p_club_id
    and card_check.asked_at <= p_asked_at
    and client.club_id = card_check.club_id
    and client.client_id = card_check.client_id
    and client.phone = p_phone;
  return changed_rows;
end
$$;
comment on function crm.apply_cards is
  'Applies the cards the platform showed for a phone when it was asked, and settles the checks of its clients; how many cards changed.';

create function crm.put_off_card_checks(p_club_id bigint, p_until timestamptz) returns void
language sql set search_path = '' as $$
  update crm.card_checks as card_check set due_at = p_until where card_check.club_id = p_club_id
$$;
comment on function crm.put_off_card_checks is 'Keeps all checks of a club, for later: the platform does not let us read its cards now.';
