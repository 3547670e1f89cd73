-- That an opt-out was heard: a member is told so once for each suppression, in their language, while their 24 hours last.
-- No marketing, so it goes to a person who is suppressed; and no template, so it goes to nobody who has not just written. A person of
-- several clubs is told by each of them, by its name: each had consents of its own.
create function outbox.confirmation_text(p_language text, p_club_name text) returns text
language sql immutable set search_path = '' as $$
  select replace(
    case p_language
      when 'cs' then 'Rozumíme. {club} vám už nebude posílat žádné marketingové zprávy. Budete-li je chtít znovu, řekněte to na recepci.'
      when 'uk' then 'Зрозуміли. {club} більше не надсилатиме вам маркетингових повідомлень. Якщо захочете отримувати їх знову, скажіть на рецепції.'
      when 'ru' then 'Поняли вас. {club} больше не будет присылать вам маркетинговых сообщений. Если захотите получать их снова, скажите на ресепшене.'
      when 'bg' then 'Разбрахме. {club} няма да ви изпраща повече маркетингови съобщения. Ако ги поискате отново, кажете на рецепцията.'
      else 'Understood. {club} will send you no more marketing messages. If you ever want them again, tell the reception.'
    end,
    '{club}', p_club_name
  )
$$;
comment on function outbox.confirmation_text is 'What confirms an opt-out, in cs, uk, ru, bg or else English, with the name of the club.';

create function outbox.enqueue_confirmation(p_club_id bigint, p_phone text, p_now timestamptz) returns uuid
language sql set search_path = '' as $$
  with heard as (
    -- A phone that did not answer has said nothing.
    select known.suppression_id
    from campaigns.suppressions as known
    where known.club_id = p_club_id
      and known.person = p_phone
      and known.lifted_at is null
      and campaigns.is_own_word(known.cause)
  ),
  person as (
    select client.client_id, client.language
    from crm.clients as client
    where client.club_id = p_club_id
      and client.phone = p_phone
      and campaigns.window_closes_at(p_club_id, client.client_id, p_now) is not null
    order by client.deleted_at is not null, client.client_id
    limit 1
  ),
  confirmation as (
    insert into outbox.messages (club_id, purpose, suppression_id, client_id, phone, form, rendered, queued_at)
    select
      p_club_id,
      'confirmation',
      heard.suppression_id,
      person.client_id,
      p_phone,
      'free_text',
      outbox.confirmation_text(person.language, club.name),
      p_now
    from heard
    cross join person
    join core.clubs as club on club.club_id = p_club_id
    on conflict (club_id, suppression_id) do nothing
    returning message_id
  )
  insert into outbox.queue (club_id, message_id, purpose, run_at)
  select p_club_id, confirmation.message_id, 'confirmation', p_now
  from confirmation
  returning message_id
$$;
comment on function outbox.enqueue_confirmation is
  'Tells a person who said no that it was heard, when their 24 hours are open and they were not told yet; returns the message, or null. Called by outbox.withdraw.';
