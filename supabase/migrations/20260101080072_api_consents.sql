-- A client's consents and suppressions in the dashboard, and the doors by which its people record, withdraw and lift.
create view api.consents with (security_invoker = true) as
  -- One row per consent or existing-customer notice recorded.
  select
    consent.club_id,
    consent.consent_id,
    consent.client_id,
    consent.purpose,
    consent.basis,
    consent.source,
    consent.text_version,
    consent.language,
    consent.given_at,
    consent.proof,
    consent.recorded_by,
    consent.withdrawn_at,
    consent.withdrawn_by,
    consent.withdrawn_how
  from campaigns.consents as consent;
comment on view api.consents is
  'One row per consent or existing-customer notice of a client: where and when, which wording, the evidence, and how it was withdrawn.';

create view api.suppressions with (security_invoker = true) as
  -- One row per person and spell; of a spell in force lifted_at is null.
  select
    suppression.club_id,
    suppression.suppression_id,
    suppression.client_ids,
    suppression.cause,
    suppression.suppressed_at,
    suppression.said_at,
    suppression.lifted_at,
    suppression.lifted_by,
    suppression.lift_reason
  from campaigns.suppressions as suppression;
comment on view api.suppressions is 'One row per person who may not be messaged, or might not for a while: cause, since when, and who lifted it and why.';

create function api.marketing_state(p_club_id bigint, p_client_id bigint)
returns table (obstacle text, basis text, cause text, suppressed_at timestamptz, is_excluded_by_platform boolean)
language sql stable set search_path = '' rows 1 as $$
  select state.* from campaigns.marketing_state(p_club_id, p_client_id, now()) as state
$$;
comment on function api.marketing_state is
  'Whether a client may be written to now: the obstacle no_phone, suppressed or no_consent, or null; the basis; the cause of a suppression.';

create function api.consent_keeper(p_club_id bigint, p_client_id bigint, p_roles text[]) returns text
language plpgsql stable set search_path = '' as $$
begin
  if coalesce(core.my_role(p_club_id), '') <> all (p_roles) then
    raise exception 'Your role in the club does not let you change who may be written to: ask an owner or operator.'
      using errcode = 'insufficient_privilege';
  end if;
  if not exists (
    select from crm.clients as client where client.club_id = p_club_id and client.client_id = p_client_id
  ) then
    raise exception 'The club has no client with the id %: open the client from a list.', p_client_id using errcode = 'no_data_found';
  end if;
  return 'operator:' || auth.uid();
end
$$;
comment on function api.consent_keeper is 'Who acts, if they have one of the roles and the client is the club''s; fails otherwise.';

-- Security definer, all three: nobody signed in may write tables; these doors check who knocks.
create function api.record_consent(
  p_club_id bigint, p_client_id bigint, p_basis text, p_source text, p_text_version text, p_given_at timestamptz,
  p_proof text default null, p_language text default null
) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  actor text := api.consent_keeper(p_club_id, p_client_id, array['owner', 'operator']);
begin
  return campaigns.record_consent(
    p_club_id, p_client_id, p_basis, p_source, p_text_version, p_language, p_given_at, p_proof, actor, now()
  );
end
$$;
comment on function api.record_consent is
  'Records a consent or an existing-customer notice of a client as the signed-in person; returns its id. For owners and operators.';

create function api.withdraw_consent(p_club_id bigint, p_client_id bigint, p_how text default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  actor text := api.consent_keeper(p_club_id, p_client_id, array['owner', 'operator', 'moderator']);
begin
  return outbox.withdraw(
    p_club_id, null, 'do_not_contact', actor, now(), p_client_id => p_client_id, p_how => nullif(btrim(p_how), '')
  );
end
$$;
comment on function api.withdraw_consent is
  'Stops all marketing to a client at their word, as the signed-in person: {messages, drafts} cancelled, messages on_their_way. For owners, operators and moderators.';

create function api.lift_suppression(
  p_club_id bigint, p_client_id bigint, p_reason text, p_source text default null, p_text_version text default null,
  p_given_at timestamptz default null, p_proof text default null, p_language text default null
) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  actor text := api.consent_keeper(p_club_id, p_client_id, array['owner', 'operator']);
begin
  return campaigns.lift_suppression(
    p_club_id, p_client_id, p_reason,
    jsonb_build_object(
      'source', p_source, 'text_version', p_text_version, 'given_at', p_given_at, 'proof', p_proof, 'language', p_language
    ),
    actor, now()
  );
end
$$;
comment on function api.lift_suppression is
  'Lets a suppressed client be written to again, for a reason, and after their own no with the consent they gave since. For owners and operators.';

grant select on api.consents, api.suppressions to authenticated;
revoke all on function api.consent_keeper from public, anon, authenticated, service_role;
revoke all on function api.marketing_state from public, anon;
grant execute on function api.marketing_state to authenticated;
revoke all on function api.record_consent, api.withdraw_consent, api.lift_suppression from public, anon, service_role;
grant execute on function api.record_consent, api.withdraw_consent, api.lift_suppression to authenticated;
