-- What telegram-webhook says of the updates it gets, and of the chat, with the service key only: thin doors.
create function api.begin_telegram_update(p_update_id bigint, p_lease_seconds integer, p_now timestamptz) returns text
language sql set search_path = '' as $$ select core.begin_telegram_update(p_update_id, p_lease_seconds, p_now) $$;
comment on function api.begin_telegram_update is 'Begins an update of Telegram: new, again, busy, done or poison.';

create function api.finish_telegram_update(p_update_id bigint, p_now timestamptz) returns void
language sql set search_path = '' as $$ select core.finish_telegram_update(p_update_id, p_now) $$;
comment on function api.finish_telegram_update is 'Notes that an update is done.';

create function api.fail_telegram_update(p_update_id bigint, p_error text, p_body jsonb, p_is_hopeless boolean, p_now timestamptz)
returns text
language sql set search_path = '' as $$ select core.fail_telegram_update(p_update_id, p_error, p_body, p_is_hopeless, p_now) $$;
comment on function api.fail_telegram_update is 'Notes why an update was not done: failed, or poison, which is skipped from now on.';

create function api.note_chat_trouble(p_kind text, p_detail text, p_now timestamptz) returns boolean
language sql set search_path = '' as $$ select outbox.raise_alert('telegram_chat', p_detail, p_now) $$;
comment on function api.note_chat_trouble is 'Notes that Telegram does not let the bot into the moderation chat: the dashboard says so. True when that is news.';

create function api.note_chat_well(p_now timestamptz) returns void
language sql set search_path = '' as $$ select outbox.end_alert('telegram_chat', p_now) $$;
comment on function api.note_chat_well is 'Notes that the moderation chat can be written to.';

revoke all on function api.begin_telegram_update, api.finish_telegram_update, api.fail_telegram_update, api.note_chat_trouble,
  api.note_chat_well from public, anon, authenticated;
grant execute on function api.begin_telegram_update, api.finish_telegram_update, api.fail_telegram_update, api.note_chat_trouble,
  api.note_chat_well to service_role;
