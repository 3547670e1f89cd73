-- Somebody's WhatsApp user id or number has become another: whoever said no stays silent under the new one.
-- It does not matter whether we hear of the change before or after the no.
create table outbox.number_changes (
  club_id bigint not null references core.clubs on delete cascade,
  phone text not null,
  new_phone text not null check (new_phone <> phone),
  noted_at timestamptz not null,
  primary key (club_id, phone)
);
create index number_changes_of_any_club on outbox.number_changes (phone);
comment on table outbox.number_changes is 'One row per club and phone of which WhatsApp said that its owner has another number now.';
-- The webhook alone reads and writes it.
alter table outbox.number_changes enable row level security;

create function outbox.phone_in(p_digits text) returns text
language sql immutable set search_path = '' as $$
  select '+' || nullif(regexp_replace(coalesce(p_digits, ''), '[^0-9]', '', 'g'), '')
$$;
comment on function outbox.phone_in is 'A phone as we write it, from WhatsApp''s digits; null when there are none.';

create function outbox.carry_over(
  p_club_id bigint, p_phone text, p_wa_user_id text, p_new_phone text, p_new_wa_user_id text, p_now timestamptz
) returns void
language plpgsql set search_path = '' as $$
declare
  said campaigns.suppressions;
begin
  for said in
    select known.*
    from campaigns.suppressions as known
    where known.club_id = p_club_id
      and known.lifted_at is null
      -- A phone that did not answer says nothing of another.
      and campaigns.is_own_word(known.cause)
      and (known.phone = p_phone or known.wa_user_id = p_wa_user_id)
    order by known.suppression_id
  loop
    if not exists (
      select
      from campaigns.suppressions as heard
      where heard.club_id = p_club_id
        and heard.lifted_at is null
        and campaigns.is_own_word(heard.cause)
        and heard.person = coalesce(p_new_phone, p_new_wa_user_id)
    ) then
      perform outbox.withdraw(
        p_club_id, p_new_phone, said.cause, 'system:whatsapp', p_now, p_new_wa_user_id, null,
        'said before WhatsApp gave them another number or user id'
      );
    end if;
  end loop;
end
$$;
comment on function outbox.carry_over is
  'Suppresses the new phone or user id of somebody who said no under the old one; again and again the same.';

create function outbox.change_identity(
  p_phone text, p_wa_user_id text, p_new_phone text, p_new_wa_user_id text, p_now timestamptz
) returns void
language plpgsql set search_path = '' as $$
declare
  old_phone text := coalesce(p_phone, outbox.phone_of_whatsapp_id(p_wa_user_id));
  -- Until the new phone is seen, an answer under the new id is that of the phone we knew.
  seen_phone text := coalesce(p_new_phone, old_phone);
  -- An id that is still the same, or is not named, has nothing to carry over.
  new_id text := nullif(p_new_wa_user_id, p_wa_user_id);
  club record;
begin
  for club in
    select known.club_id
    from core.clubs as known
    where exists (select from campaigns.clients_of_phone(known.club_id, old_phone))
      or exists (
        select
        from campaigns.whatsapp_ids as heard
        where heard.club_id = known.club_id
          and heard.wa_user_id = p_wa_user_id
      )
      or exists (
        select
        from campaigns.suppressions as said
        where said.club_id = known.club_id
          and said.lifted_at is null
          and (said.phone = old_phone or said.wa_user_id = p_wa_user_id)
      )
    -- Whoever touches several clubs locks them in this order.
    order by known.club_id
  loop
    if p_new_wa_user_id is not null and seen_phone is not null then
      perform outbox.learn_whatsapp_id(club.club_id, p_new_wa_user_id, seen_phone, p_now);
    end if;
    if p_new_phone <> old_phone then
      insert into outbox.number_changes as known (club_id, phone, new_phone, noted_at)
      values (club.club_id, old_phone, p_new_phone, p_now)
      on conflict (club_id, phone) do update set
        new_phone = excluded.new_phone,
        noted_at = excluded.noted_at;
    end if;
    if coalesce(p_new_phone, new_id) is not null then
      perform outbox.carry_over(club.club_id, old_phone, p_wa_user_id, p_new_phone, new_id, p_now);
    end if;
  end loop;
end
$$;
comment on function outbox.change_identity is
  'Notes, in every club that knows the old phone or user id, that WhatsApp gave this person another one.';

create function outbox.follow_number(p_phone text, p_now timestamptz) returns void
language sql set search_path = '' as $$
  select outbox.carry_over(change.club_id, change.phone, null, change.new_phone, null, p_now)
  from (
    select known.* from outbox.number_changes as known where known.phone = p_phone order by known.club_id
  ) as change
$$;
comment on function outbox.follow_number is 'What somebody said from a number that WhatsApp has replaced since holds for the new one.';

create function outbox.process_system_message(p_payload jsonb, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  said jsonb := p_payload -> 'system';
begin
  -- Other system messages are no news of who somebody is.
  if said ->> 'type' in ('user_changed_number', 'customer_changed_number', 'user_changed_user_id') then
    perform outbox.change_identity(
      outbox.phone_in(p_payload ->> 'from'),
      coalesce(said ->> 'previous_user_id', p_payload ->> 'from_user_id'),
      outbox.phone_in(coalesce(said ->> 'wa_id', said ->> 'new_wa_id')),
      said ->> 'user_id',
      p_now
    );
  end if;
end
$$;
comment on function outbox.process_system_message is 'Takes over that somebody has a new number or user id, as WhatsApp tells it in a chat.';

create function outbox.process_user_id_update(p_change jsonb, p_now timestamptz) returns void
language sql set search_path = '' as $$
  select outbox.change_identity(
    null,
    coalesce(told.update ->> 'previous_user_id', told.update #>> '{user_id,previous}'),
    outbox.phone_in(told.update ->> 'wa_id'),
    coalesce(
      told.update #>> '{user_id,current}',
      case when jsonb_typeof(told.update -> 'user_id') = 'string' then told.update ->> 'user_id' end
    ),
    p_now
  )
  from jsonb_array_elements(
    case jsonb_typeof(p_change #> '{value,user_id_update}')
      when 'array' then p_change #> '{value,user_id_update}'
      else jsonb_build_array(p_change -> 'value')
    end
  ) as told (update)
  where p_change ->> 'field' = 'user_id_update'
$$;
comment on function outbox.process_user_id_update is
  'Takes over one change of Meta''s webhook when it is about user ids that became others; leaves others alone.';
