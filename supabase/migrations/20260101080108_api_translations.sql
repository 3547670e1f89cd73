-- Translations for the moderation chat, with the service key only: thin doors.
create function api.claim_translations(
  p_limit integer, p_lease_seconds integer, p_model text, p_estimate_micro_usd bigint, p_now timestamptz
) returns jsonb
language sql set search_path = '' as $$
  select campaigns.claim_translations(p_limit, p_lease_seconds, p_model, p_estimate_micro_usd, p_now)
$$;
comment on function api.claim_translations is 'Claims messages to translate for the moderation chat, what it costs at most reserved.';

create function api.store_translation(
  p_club_id bigint, p_draft_id uuid, p_version integer, p_language text, p_lease_token uuid, p_text text, p_error text, p_usage jsonb,
  p_now timestamptz
) returns text
language sql set search_path = '' as $$
  select campaigns.store_translation(p_club_id, p_draft_id, p_version, p_language, p_lease_token, p_text, p_error, p_usage, p_now)
$$;
comment on function api.store_translation is 'Stores a translation, or why there is none; its state, or lease_lost.';

revoke all on function api.claim_translations, api.store_translation from public, anon, authenticated;
grant execute on function api.claim_translations, api.store_translation to service_role;
