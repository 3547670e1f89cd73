-- Writers only mark whom they touched; stats.refresh recomputes. Whoever writes (sync, import, an analyst) marks.
create function stats.mark_dirty() returns trigger
language plpgsql set search_path = '' as $$
begin
  if tg_op <> 'DELETE' then
    insert into stats.dirty_clients (club_id, client_id)
    select distinct after.club_id, after.client_id
    from after
    where after.client_id is not null;
  end if;
  if tg_op <> 'INSERT' then
    insert into stats.dirty_clients (club_id, client_id)
    select distinct before.club_id, before.client_id
    from before
    join core.clubs as club using (club_id) -- a club on its way out takes its clients along
    where before.client_id is not null;
  end if;
  return null;
end
$$;

create function stats.mark_cardholders() returns trigger
language plpgsql set search_path = '' as $$
begin
  -- A sale without a client dates the membership of whoever holds the card.
  if tg_op <> 'DELETE' then
    insert into stats.dirty_clients (club_id, client_id)
    select distinct card.club_id, card.client_id
    from after
    join crm.memberships as card
      on card.club_id = after.club_id
      and card.sale_external_id = after.external_id
    where card.client_id is not null;
  end if;
  if tg_op <> 'INSERT' then
    insert into stats.dirty_clients (club_id, client_id)
    select distinct card.club_id, card.client_id
    from before
    join core.clubs as club using (club_id)
    join crm.memberships as card
      on card.club_id = before.club_id
      and card.sale_external_id = before.external_id
    where card.client_id is not null;
  end if;
  return null;
end
$$;

do $$
declare
  marker record;
begin
  for marker in
    select *
    from (values
      ('clients', 'mark', 'mark_dirty'),
      ('bookings', 'mark', 'mark_dirty'),
      ('payments', 'mark', 'mark_dirty'),
      ('memberships', 'mark', 'mark_dirty'),
      ('membership_sales', 'mark', 'mark_dirty'),
      ('membership_sales', 'mark_cardholders', 'mark_cardholders')
    ) as markers (fact, name, function)
  loop
    execute format(
      'create trigger %1$s_%2$s_inserted after insert on crm.%1$s
         referencing new table as after for each statement execute function stats.%3$s()',
      marker.fact, marker.name, marker.function);
    execute format(
      'create trigger %1$s_%2$s_updated after update on crm.%1$s
         referencing old table as before new table as after for each statement execute function stats.%3$s()',
      marker.fact, marker.name, marker.function);
    execute format(
      'create trigger %1$s_%2$s_deleted after delete on crm.%1$s
         referencing old table as before for each statement execute function stats.%3$s()',
      marker.fact, marker.name, marker.function);
  end loop;
end
$$;
