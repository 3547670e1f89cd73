-- What functions tell of the number, with the service key only: thin doors.
create function api.note_number(p_facts jsonb, p_now timestamptz) returns void
language sql set search_path = '' as $$ select outbox.note_number(p_facts, p_now) $$;
comment on function api.note_number is 'Takes over what Meta says of the number.';

create function api.note_number_error(p_error text, p_now timestamptz) returns void
language sql set search_path = '' as $$ select outbox.note_number_error(p_error, p_now) $$;
comment on function api.note_number_error is 'Notes why the number could not be read; what was known of it stays.';

revoke all on function api.note_number, api.note_number_error from public, anon, authenticated;
grant execute on function api.note_number, api.note_number_error to service_role;
