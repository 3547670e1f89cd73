-- Suggested replies: asked for by a person, written by draft-messages, and only ever sent by a person.
create function api.claim_suggestions(
  p_limit integer, p_lease_seconds integer, p_model text, p_estimate_micro_usd bigint, p_now timestamptz
) returns jsonb
language sql set search_path = '' as $$
  select outbox.claim_suggestions(p_limit, p_lease_seconds, p_model, p_estimate_micro_usd, p_now)
$$;
comment on function api.claim_suggestions is 'Claims suggestions that somebody waits for, reserves what asking a model costs at most, and returns a writing task for each.';

create function api.store_suggestion(
  p_club_id bigint, p_suggestion_id bigint, p_lease_token uuid, p_message text, p_error text, p_usage jsonb, p_now timestamptz
) returns text
language sql set search_path = '' as $$
  select outbox.store_suggestion(p_club_id, p_suggestion_id, p_lease_token, p_message, p_error, p_usage, p_now)
$$;
comment on function api.store_suggestion is 'Stores a suggested reply, or why there is none; its state.';

revoke all on function api.claim_suggestions, api.store_suggestion from public, anon, authenticated;
grant execute on function api.claim_suggestions, api.store_suggestion to service_role;

-- Security definer: nobody signed in may write tables; this door checks who knocks.
create function api.request_suggestion(p_club_id bigint, p_conversation_id bigint) returns bigint
language plpgsql security definer set search_path = '' as $$
begin
  if (core.my_role(p_club_id) in ('owner', 'operator', 'moderator')) is not true then
    raise exception 'Your role in the club does not let you answer members: ask an owner or operator.'
      using errcode = 'insufficient_privilege';
  end if;
  return outbox.request_suggestion(p_club_id, p_conversation_id, 'operator:' || auth.uid(), now());
end
$$;
comment on function api.request_suggestion is 'Asks Claude to suggest a reply in an open conversation; the id of the suggestion.';

create view api.suggestions with (security_invoker = true) as
  -- One row per suggested reply.
  select
    suggestion.club_id,
    suggestion.suggestion_id,
    suggestion.conversation_id,
    suggestion.state,
    suggestion.message,
    suggestion.error,
    suggestion.requested_at,
    suggestion.finished_at
  from outbox.suggestions as suggestion;
comment on view api.suggestions is 'One row per reply that somebody asked Claude to suggest, with how far it is and what it says.';

revoke all on function api.request_suggestion from public, anon, service_role;
grant execute on function api.request_suggestion to authenticated;
grant select on api.suggestions to authenticated, service_role;
