-- What functions tell of the number, and the alerts that the moderation chat is told, with the service key only: thin doors.
create function api.note_number(p_facts jsonb, p_now timestamptz) returns void
language sql set search_path = '' as $$ select outbox.note_number(p_facts, p_now) $$;
comment on function api.note_number is 'Takes over what Meta says of the number.';

create function api.note_number_error(p_error text, p_now timestamptz) returns void
language sql set search_path = '' as $$ select outbox.note_number_error(p_error, p_now) $$;
comment on function api.note_number_error is 'Notes why the number could not be read; what was known of it stays.';

create function api.claim_alerts(p_lease_seconds integer, p_now timestamptz) returns jsonb
language sql set search_path = '' as $$ select outbox.claim_alerts(p_lease_seconds, p_now) $$;
comment on function api.claim_alerts is 'Claims incidents that the moderation chat is to be told of, [{alert_id, kind, what}].';

create function api.note_alert_told(p_alert_id bigint, p_now timestamptz) returns void
language sql set search_path = '' as $$ select outbox.note_alert_told(p_alert_id, p_now) $$;
comment on function api.note_alert_told is 'Notes that the moderation chat was told of an incident.';

revoke all on function api.note_number, api.note_number_error, api.claim_alerts, api.note_alert_told from public, anon, authenticated;
grant execute on function api.note_number, api.note_number_error, api.claim_alerts, api.note_alert_told to service_role;
