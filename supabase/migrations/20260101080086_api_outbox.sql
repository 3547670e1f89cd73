-- Stuck messages: what a person may decide about them. Security definer: nobody signed in may write tables; these doors check who
-- knocks and audit.
create function api.message_keeper(p_club_id bigint) returns text
language plpgsql stable set search_path = '' as $$
begin
  if (core.my_role(p_club_id) in ('owner', 'operator')) is not true then
    raise exception 'Your role in the club does not let you decide about stuck messages: ask an owner or operator.'
      using errcode = 'insufficient_privilege';
  end if;
  return 'operator:' || auth.uid();
end
$$;
comment on function api.message_keeper is 'Who acts, if they are an owner or operator of the club; fails otherwise.';

create function api.requeue_messages(p_club_id bigint, p_message_ids uuid[]) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  actor text := api.message_keeper(p_club_id);
begin
  return outbox.requeue(p_club_id, coalesce(p_message_ids, '{}'), actor, now());
end
$$;
comment on function api.requeue_messages is
  'Queues dead messages again once their cause is mended: {requeued, expired, refused}. Every check is made again before each is sent.';

create function api.resolve_uncertain(p_club_id bigint, p_message_id uuid, p_has_arrived boolean) returns text
language plpgsql security definer set search_path = '' as $$
declare
  actor text := api.message_keeper(p_club_id);
begin
  return outbox.resolve_uncertain(p_club_id, p_message_id, p_has_arrived, actor, now());
end
$$;
comment on function api.resolve_uncertain is
  'Settles an uncertain message by what a person found out: sent, or dead; the status it had meanwhile when somebody was faster.';

revoke all on function api.message_keeper from public, anon, authenticated, service_role;
revoke all on function api.requeue_messages, api.resolve_uncertain from public, anon, service_role;
grant execute on function api.requeue_messages, api.resolve_uncertain to authenticated;
