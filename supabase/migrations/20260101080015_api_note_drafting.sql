-- What draft-messages says of itself, with the service key only: a thin door.
create function api.note_drafting(p_model text, p_now timestamptz) returns void
language sql set search_path = '' as $$ select campaigns.note_drafting(p_model, p_now) $$;
comment on function api.note_drafting is 'Notes that draft-messages runs, and with which model; null: without a key, drafting is off.';

revoke all on function api.note_drafting from public, anon, authenticated;
grant execute on function api.note_drafting to service_role;
