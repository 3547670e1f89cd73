-- Whose card it is, and whether it still runs.
-- One row per card with a known client: the platform's list of cards does not name one, so it is the sale's client, else the card's.
-- Two parts, each with a plain client, so that the cards of some clients are found by an index.
create view crm.held_cards with (security_invoker = true) as
  select
    card.club_id,
    card.membership_id,
    sale.client_id,
    card.membership_type_external_id,
    card.title,
    card.status,
    card.created_date,
    card.expires_date
  from crm.membership_sales as sale
  join crm.memberships as card
    on card.club_id = sale.club_id
    and card.sale_external_id = sale.external_id
  where not sale.is_deleted
    and sale.client_id is not null
  union all
  select
    card.club_id,
    card.membership_id,
    card.client_id,
    card.membership_type_external_id,
    card.title,
    card.status,
    card.created_date,
    card.expires_date
  from crm.memberships as card
  where card.client_id is not null
    and not exists (
      select
      from crm.membership_sales as sale
      where sale.club_id = card.club_id
        and sale.external_id = card.sale_external_id
        and sale.client_id is not null
        and not sale.is_deleted
    );
comment on view crm.held_cards is 'One row per membership card with the client who holds it: the sale''s, else the card''s own.';
grant select on crm.held_cards to authenticated;

create function crm.guess_card_end(p_status text) returns text
language sql immutable set search_path = '' as $$
  -- The platform tells a card's status in the words of whoever set it up; their ids are not documented. Used up, cancelled or given
  -- back comes first: no date says that. Everything else is running: released, active, and a frozen card, which goes on by itself.
  with status_to_read as (
    select regexp_replace(lower(coalesce(p_status, '')), '\m(not|un|ne|не|ні)[ -]?(used|vyčerp|использ|исчерп|використ|вичерп|изчерп)', '') as status
  )
  select case
    when status_to_read.status ~ '\m(used up|exhausted|cancel|refund|returned|closed|vyčerp|zrušen|vrácen|uzavřen|ukončen)'
      or status_to_read.status ~ '\m(вичерп|використ|исчерп|использ|израсход|изчерп|скасов|отмен|анул|аннул|возвра|поверн|закры|закри|затвор)'
      then 'closed'
    when status_to_read.status ~ '\m(expired|overdue|vyprš|prošl|propadl|просроч|прострочен|истек|истёк|изтек|закінч|законч|заверш)' then 'expired'
  end
  from status_to_read
$$;
comment on function crm.guess_card_end is
  'What a card''s status says of its end: expired (its date passed), closed (used up, cancelled, given back) or null (it runs).';
grant execute on function crm.guess_card_end to authenticated;
