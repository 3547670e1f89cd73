-- What draft-messages calls to have drafts written in batches, with the service key only: thin doors to campaigns.draft_batches.
create function api.claim_batch(
  p_from integer, p_limit integer, p_model text, p_prompt_version text, p_estimate_micro_usd bigint, p_now timestamptz
) returns jsonb
-- The Data API takes the limit from here: a thousand drafts are charged one by one.
language sql set search_path = '' set statement_timeout = '30s' as $$
  select campaigns.claim_batch(p_from, p_limit, p_model, p_prompt_version, p_estimate_micro_usd, p_now)
$$;
comment on function api.claim_batch is 'Claims the drafts of a batch, reserves what they cost at most, and returns a writing task for each; null: too few wait.';

create function api.start_batch(p_club_id bigint, p_batch_id uuid, p_provider_id text, p_now timestamptz) returns boolean
language sql set search_path = '' as $$ select campaigns.start_batch(p_club_id, p_batch_id, p_provider_id, p_now) $$;
comment on function api.start_batch is 'Notes the id under which Anthropic took a batch; false: it was given up meanwhile.';

create function api.fail_batch(p_club_id bigint, p_batch_id uuid, p_error text, p_is_unspent boolean, p_now timestamptz) returns void
language sql set search_path = '' as $$ select campaigns.close_batch(p_club_id, p_batch_id, p_error, p_is_unspent, p_now) $$;
comment on function api.fail_batch is 'Ends a batch that will not be answered, and gives back its drafts.';

create function api.look_at_batch(p_now timestamptz) returns jsonb
language sql set search_path = '' as $$ select campaigns.look_at_batch(p_now) $$;
comment on function api.look_at_batch is 'Closes batches whose time is over, and hands out one that is due to be looked at; null: there is none.';

create function api.batch_tasks(p_club_id bigint, p_batch_id uuid, p_draft_ids uuid[]) returns jsonb
language sql stable set search_path = '' as $$ select campaigns.batch_tasks(p_club_id, p_batch_id, p_draft_ids) $$;
comment on function api.batch_tasks is 'The writing tasks of these drafts of a batch, as far as their answers were not read yet.';

create function api.note_batch(p_club_id bigint, p_batch_id uuid, p_status text, p_counts jsonb, p_now timestamptz) returns void
language sql set search_path = '' as $$ select campaigns.note_batch(p_club_id, p_batch_id, p_status, p_counts, p_now) $$;
comment on function api.note_batch is 'Notes what a look at a batch showed; read: it is over.';

create function api.release_batched_draft(
  p_club_id bigint, p_draft_id uuid, p_lease_token uuid, p_previous_attempt jsonb, p_usage jsonb, p_now timestamptz
) returns void
language sql set search_path = '' as $$
  select campaigns.release_batched_draft(p_club_id, p_draft_id, p_lease_token, p_previous_attempt, p_usage, p_now)
$$;
comment on function api.release_batched_draft is 'Settles what a draft cost in a batch, and gives it back to be written alone.';

do $$
declare
  door text;
begin
  foreach door in array array[
    'claim_batch', 'start_batch', 'fail_batch', 'look_at_batch', 'batch_tasks', 'note_batch', 'release_batched_draft'
  ] loop
    execute format('revoke all on function api.%I from public, anon, authenticated', door);
    execute format('grant execute on function api.%I to service_role', door);
  end loop;
end
$$;
