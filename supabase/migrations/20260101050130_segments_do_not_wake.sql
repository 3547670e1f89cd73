-- Clients with a running membership that renews itself who have not come for 60 days or more: a message would remind them to cancel.
-- One row per such client who is not deleted. Only cards that renew themselves are looked at, and then only their holders' visits.
create function segments.do_not_wake(p_club_id bigint, p_as_of date, p_client_ids bigint[] default null)
returns table (client_id bigint, external_id text, days_since_last_visit integer, membership_title text, reason text)
language plpgsql stable set search_path = '' set plan_cache_mode = 'force_custom_plan' rows 100 as $$
begin
  if not exists (select from crm.membership_types as type where type.club_id = p_club_id and type.is_auto_renewing) then
    return;
  end if;

  return query
    with renewing_card as materialized (
      select card.*, coalesce(nullif(type.title, ''), card.title) as membership
      from crm.held_cards as card
      join crm.membership_types as type
        on type.club_id = card.club_id
        and type.external_id = card.membership_type_external_id
        and type.is_auto_renewing
      where card.club_id = p_club_id
        and (p_client_ids is null or card.client_id = any (p_client_ids))
        and (card.created_date <= p_as_of) is not false
        and (card.expires_date >= p_as_of) is not false
    ),
    -- A club's cards have a handful of statuses: each is read once.
    ending as materialized (
      select told.status, crm.guess_card_end(told.status) as kind
      from (select distinct renewing_card.status from renewing_card) as told
    ),
    running_card as materialized (
      -- One per client: the one that runs longest.
      select distinct on (card.client_id) card.client_id, card.membership, card.created_date, card.expires_date
      from renewing_card as card
      join ending on ending.status = card.status
      -- The status is today's, also when the day is past. That a card has expired, its date says better where it has one; since
      -- when it is used up or cancelled nothing says, so it counts on no day.
      where ending.kind is null
        or (ending.kind = 'expired' and card.expires_date is not null)
      order by card.client_id, card.expires_date desc nulls first, card.created_date desc nulls last, card.membership_id desc
    ),
    holder as (
      select
        client.client_id,
        p_as_of - client.last_visit_date as days_since_last_visit,
        -- Who pays and never came is away since the first membership; where only the card is theirs, since it was made out.
        p_as_of - coalesce(client.first_membership_date, card.created_date) as days_since_first_membership,
        card.membership,
        card.expires_date
      from stats.on_day(
        p_club_id, p_as_of, (select coalesce(array_agg(running_card.client_id), '{}') from running_card)
      ) as client
      join running_card as card on card.client_id = client.client_id
    )
    select
      holder.client_id,
      known.external_id,
      holder.days_since_last_visit,
      holder.membership,
      format(
        '%s, and the membership%s renews itself%s',
        case
          when holder.days_since_last_visit is not null then format('last visit %s days ago', holder.days_since_last_visit)
          else format('first membership %s days ago and never a visit', holder.days_since_first_membership)
        end,
        ' “' || nullif(holder.membership, '') || '”',
        ' after ' || holder.expires_date
      )
    from holder
    join crm.clients as known
      on known.club_id = p_club_id
      and known.client_id = holder.client_id
    where coalesce(holder.days_since_last_visit, holder.days_since_first_membership) >= 60;
end
$$;
comment on function segments.do_not_wake is
  'Clients, all or those named, with a running membership that renews itself who have not come for 60 days or more as of a day, with the reason in words.';
grant execute on function segments.do_not_wake to authenticated;
