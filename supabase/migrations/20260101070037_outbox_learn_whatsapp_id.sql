-- An update of Meta's that shows a user id and a phone together: from now on the person is found by either.
-- Who said STOP while only the id was known has said it for the phone as well.
create function outbox.learn_whatsapp_id(p_club_id bigint, p_wa_user_id text, p_phone text, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  club record;
  said campaigns.suppressions;
begin
  if p_wa_user_id is null or p_phone is null or exists (
    select
    from campaigns.whatsapp_ids as known
    where known.club_id = p_club_id
      and known.wa_user_id = p_wa_user_id
      and known.phone = p_phone
  ) then
    return;
  end if;
  for club in
    -- And every club that heard of the id without a phone.
    select p_club_id as club_id
    union
    select known.club_id
    from campaigns.whatsapp_ids as known
    where known.wa_user_id = p_wa_user_id
      and known.phone is null
    order by club_id
  loop
    perform campaigns.note_whatsapp_id(club.club_id, p_wa_user_id, p_phone, p_now);
    for said in
      select known.*
      from campaigns.suppressions as known
      where known.club_id = club.club_id
        and known.wa_user_id = p_wa_user_id
        and known.lifted_at is null
        and campaigns.is_own_word(known.cause)
        and known.phone is distinct from p_phone
      order by known.suppression_id
    loop
      perform outbox.withdraw(
        club.club_id, p_phone, said.cause, 'system:whatsapp', p_now, p_wa_user_id, null, 'said before the phone was known'
      );
      if said.phone is null then
        update campaigns.suppressions as known
        set lifted_at = p_now,
            lifted_by = 'system:whatsapp',
            lift_reason = 'the phone is known now and suppressed instead'
        where known.club_id = club.club_id
          and known.suppression_id = said.suppression_id;
      end if;
    end loop;
  end loop;
end
$$;
comment on function outbox.learn_whatsapp_id is
  'Notes that a user id and a phone are one person; a suppression of the id alone becomes one of the phone.';

create function outbox.phone_of_whatsapp_id(p_wa_user_id text) returns text
language sql stable set search_path = '' as $$
  -- The id is the business's, whichever of its clubs heard of it.
  select known.phone
  from campaigns.whatsapp_ids as known
  where known.wa_user_id = p_wa_user_id
    and known.phone is not null
  order by known.seen_at desc, known.club_id
  limit 1
$$;
comment on function outbox.phone_of_whatsapp_id is 'The phone last seen together with a user id, in any club; null when none was.';
