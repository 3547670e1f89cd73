-- What Meta says by webhook of the number and its account: limits, quality, restrictions. It counts at once, not at the next reading.
-- Events we do not know stay in outbox.webhook_events, where the whole update is kept as it came.
create function outbox.process_account_update(p_value jsonb, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  event text := p_value ->> 'event';
  ban text := p_value #>> '{ban_info,waba_ban_state}';
begin
  if event in ('ACCOUNT_DELETED', 'PARTNER_REMOVED', 'ACCOUNT_OFFBOARDED')
    or (event = 'DISABLED_UPDATE' and ban is distinct from 'REINSTATE')
    or event = 'ACCOUNT_RESTRICTION'
  then
    perform outbox.stop_sending(null, concat_ws(' ', event, ban, p_value ->> 'restriction_info'), p_now);
  elsif event = 'ACCOUNT_VIOLATION' then
    perform outbox.raise_alert(
      'account',
      format(
        'WhatsApp says that the account broke its rules (%s). Look into WhatsApp Manager before it restricts the number.',
        coalesce(p_value #>> '{violation_info,violation_type}', 'no reason given')
      ),
      p_now
    );
  end if;
end
$$;
comment on function outbox.process_account_update is 'What a change of the account means: a ban or restriction stops sending, a violation raises an alert.';

create function outbox.process_account_alert(p_value jsonb, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  alert jsonb := coalesce(p_value -> 'alert_info', p_value);
begin
  if alert ->> 'alert_severity' in ('CRITICAL', 'WARNING') and (alert ->> 'alert_status' = 'RESOLVED') is not true then
    perform outbox.raise_alert(
      'account',
      format(
        'WhatsApp warns about the account (%s): %s', alert ->> 'alert_type',
        coalesce(alert ->> 'alert_description', 'look into WhatsApp Manager.')
      ),
      p_now
    );
  elsif alert ->> 'alert_status' = 'RESOLVED' then
    perform outbox.end_alert('account', p_now);
  end if;
end
$$;
comment on function outbox.process_account_alert is 'Raises an alert for a warning of Meta''s about the account, or ends it.';

create function outbox.process_account_change(p_change jsonb, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  given jsonb := p_change -> 'value';
begin
  case p_change ->> 'field'
    when 'phone_number_quality_update' then
      perform outbox.set_tier(given ->> 'current_limit', p_now);
      -- The rating itself is not in it: flagged is RED, unflagged is better.
      perform outbox.set_quality(
        case given ->> 'event' when 'FLAGGED' then 'RED' when 'UNFLAGGED' then 'YELLOW' end, p_now
      );
    when 'business_capability_update' then
      perform outbox.set_tier(
        coalesce(given ->> 'max_daily_conversations_per_business', given ->> 'max_daily_conversation_per_phone'), p_now
      );
    when 'account_update' then
      perform outbox.process_account_update(given, p_now);
    when 'account_alerts' then
      perform outbox.process_account_alert(given, p_now);
    else
      -- Of something else: kept, and nothing to do.
      null;
  end case;
end
$$;
comment on function outbox.process_account_change is 'Takes over one change of Meta''s webhook when it is about the number or its account; leaves others alone.';
