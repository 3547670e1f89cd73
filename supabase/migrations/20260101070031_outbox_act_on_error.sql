-- What an error of WhatsApp's means beyond its message, whether it came as the answer to our call or later in a status.
-- https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes, May 2026; the sender's own table,
-- error-actions.ts, says the same of every code, which a test holds.
create function outbox.error_action(p_error_code integer) returns text
language sql immutable set search_path = '' as $$
  select case
    when p_error_code in (130429) then 'slow_down'
    -- This member, for a day: the cap on marketing per person, an experiment of Meta's.
    when p_error_code in (131049, 130472) then 'rest'
    -- This member, for good: said no, is not on WhatsApp, lives where we may not write.
    when p_error_code in (131050, 131026, 130497) then 'suppress'
    when p_error_code in (131047) then 'close_window'
    -- This template in this language.
    when p_error_code in (132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018, 132068, 132069) then 'stop_template'
    -- Registration, but not "temporarily unavailable".
    when p_error_code = 133004 then 'none'
    -- This number or account.
    when p_error_code in (0, 3, 10, 190, 368, 2500, 131005, 131031, 131037, 131042, 131045, 131048, 131063, 131064)
      or p_error_code between 200 and 299
      or p_error_code between 133000 and 133016
      then 'stop_number'
    else 'none'
  end
$$;
comment on function outbox.error_action is
  'What an error code of WhatsApp means beyond its message: slow_down, rest, suppress, close_window, stop_template, stop_number or none.';

create function outbox.act_on_error(
  p_club_id bigint, p_message_id uuid, p_action text, p_error_code integer, p_now timestamptz, p_error text default null
) returns void
language plpgsql set search_path = '' as $$
declare
  message outbox.messages;
begin
  select known.* into message
  from outbox.messages as known where known.club_id = p_club_id and known.message_id = p_message_id;

  case p_action
    when 'suppress' then
      perform outbox.withdraw(
        p_club_id, message.phone, case p_error_code when 131050 then 'error_131050' else 'unreachable' end,
        'system:whatsapp', p_now, p_how => 'WhatsApp error ' || p_error_code
      );
    when 'rest' then
      perform campaigns.rest_phone(p_club_id, message.phone, p_error_code, p_now);
    when 'close_window' then
      perform campaigns.refuse_window(p_club_id, message.phone, p_now);
    when 'stop_template' then
      -- An answer in words of our own has none.
      update campaigns.templates as template
      set status = 'PAUSED', rejected_reason = 'WhatsApp error ' || p_error_code, synced_at = p_now
      where template.club_id = p_club_id
        and template.name = message.template_name
        and template.language = message.template_language
        and template.status = 'APPROVED';
    when 'stop_number' then
      -- One alert instead of burning the queue: an operator resumes after mending the cause.
      perform outbox.stop_sending(p_error_code, coalesce(p_error, 'error ' || p_error_code), p_now);
    when 'slow_down' then
      perform outbox.slow_pace(p_now);
    else
      null;
  end case;
end
$$;
comment on function outbox.act_on_error is
  'Does what an error of WhatsApp asks for beyond its message: rest or suppress the member, close their window, stop the template, stop or slow the number.';
