-- What draft-messages calls to write the trials of a voice, with the service key only: thin doors to campaigns.voice_trials.
create function api.claim_trials(
  p_limit integer, p_lease_seconds integer, p_model text, p_estimate_micro_usd bigint, p_now timestamptz
) returns jsonb
-- The Data API takes the limit from here: to find whom a scenario fits, all clients of a club are read.
language sql set search_path = '' set statement_timeout = '30s' as $$
  select campaigns.claim_trials(p_limit, p_lease_seconds, p_model, p_estimate_micro_usd, p_now)
$$;
comment on function api.claim_trials is
  'Claims trials of a voice, reserves what asking a model costs at most, and returns a writing task for each message.';

create function api.store_trial_draft(
  p_club_id bigint, p_trial_id bigint, p_place integer, p_lease_token uuid, p_message text, p_source text, p_author text,
  p_usage jsonb, p_now timestamptz
) returns text
language sql set search_path = '' as $$
  select campaigns.store_trial_draft(
    p_club_id, p_trial_id, p_place, p_lease_token, p_message, p_source, p_author, p_usage, p_now
  )
$$;
comment on function api.store_trial_draft is 'Stores one message of a trial; the trial''s state.';

revoke all on function api.claim_trials, api.store_trial_draft from public, anon, authenticated;
grant execute on function api.claim_trials, api.store_trial_draft to service_role;
