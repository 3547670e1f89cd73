-- Updates of WhatsApp that need a person, and what a person does about them. Security definer: an update belongs to no club, so no
-- policy can say who may read it; these doors check who knocks, show what concerns the club, and audit.
create function api.webhook_keeper(p_club_id bigint) returns text
language plpgsql stable set search_path = '' as $$
begin
  if (core.my_role(p_club_id) in ('owner', 'operator')) is not true then
    raise exception 'Your role in the club does not let you see what WhatsApp told us: ask an owner or operator.'
      using errcode = 'insufficient_privilege';
  end if;
  return 'operator:' || auth.uid();
end
$$;
comment on function api.webhook_keeper is 'Who acts, if they are an owner or operator of the club; fails otherwise.';

create function api.webhook_problems(p_club_id bigint)
returns table (event_id bigint, kind text, received_at timestamptz, error text, wa_user_id text, payload jsonb)
language plpgsql stable security definer set search_path = '' rows 10 as $$
begin
  perform api.webhook_keeper(p_club_id);
  return query
    select
      problem.event_id,
      problem.kind,
      problem.received_at,
      problem.error,
      problem.wa_user_id,
      -- It may hold what a member wrote.
      case when core.my_role(p_club_id) = 'owner' then problem.payload end
    from outbox.webhook_problems(p_club_id) as problem;
end
$$;
comment on function api.webhook_problems is
  'Updates of WhatsApp that need a person of the club, the newest first: what it was, when, what to do, and WhatsApp''s id of a stranger. The update itself only for owners.';

create function api.settle_webhook_problem(p_club_id bigint, p_event_id bigint, p_note text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  actor text := api.webhook_keeper(p_club_id);
begin
  return outbox.settle_webhook_problem(p_club_id, p_event_id, p_note, actor, now());
end
$$;
comment on function api.settle_webhook_problem is
  'Notes what the signed-in person did about an update; false when it is no open problem of the club any more.';

create function api.retry_webhook_problem(p_club_id bigint, p_event_id bigint) returns text
language plpgsql security definer set search_path = '' as $$
declare
  actor text := api.webhook_keeper(p_club_id);
begin
  return outbox.retry_webhook_problem(p_club_id, p_event_id, actor, now());
end
$$;
comment on function api.retry_webhook_problem is
  'Processes an update again once its cause is mended: null when it is understood now, else what is still to do.';

revoke all on function api.webhook_keeper from public, anon, authenticated, service_role;
revoke all on function api.webhook_problems, api.settle_webhook_problem, api.retry_webhook_problem from public, anon, service_role;
grant execute on function api.webhook_problems, api.settle_webhook_problem, api.retry_webhook_problem to authenticated;
