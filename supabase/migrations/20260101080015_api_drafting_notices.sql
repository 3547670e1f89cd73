-- What draft-messages says of itself and tells the moderation chat, with the service key only: thin doors.
create function api.note_drafting(p_model text, p_now timestamptz) returns void
language sql set search_path = '' as $$ select campaigns.note_drafting(p_model, p_now) $$;
comment on function api.note_drafting is 'Notes that draft-messages runs, and with which model; null: without a key, drafting is off.';

create function api.claim_drafting_notices(p_lease_seconds integer, p_now timestamptz) returns jsonb
language plpgsql set search_path = '' as $$
begin
  perform campaigns.notice_drafting_failures(p_now);
  return campaigns.claim_drafting_notices(p_lease_seconds, p_now);
end
$$;
comment on function api.claim_drafting_notices is 'Claims what the moderation chat is to be told about drafting: {club_id, club, notice_date, kind, detail}.';

create function api.store_drafting_notice(
  p_club_id bigint, p_notice_date date, p_kind text, p_chat_id text, p_message_id bigint, p_now timestamptz
) returns void
language sql set search_path = '' as $$
  select campaigns.store_drafting_notice(p_club_id, p_notice_date, p_kind, p_chat_id, p_message_id, p_now)
$$;
comment on function api.store_drafting_notice is 'Remembers which message of the moderation chat told a notice.';

revoke all on function api.note_drafting, api.claim_drafting_notices, api.store_drafting_notice from public, anon, authenticated;
grant execute on function api.note_drafting, api.claim_drafting_notices, api.store_drafting_notice to service_role;
