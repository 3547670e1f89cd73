-- Conversations for the dashboard: who writes with the club, what was said, and a person's answer.
create view api.conversations with (security_invoker = true) as
  -- One row per conversation.
  select
    conversation.club_id,
    conversation.conversation_id,
    conversation.client_id,
    client.name as member,
    conversation.phone,
    conversation.kind,
    conversation.opened_at,
    conversation.last_inbound_at,
    (
      select reply.body
      from outbox.replies as reply
      where reply.club_id = conversation.club_id
        and reply.phone = conversation.phone
        and reply.replied_at <= conversation.last_inbound_at
        and not reply.is_opt_out
      order by reply.replied_at desc, reply.reply_id desc
      limit 1
    ) as last_message,
    conversation.answered_at,
    conversation.closed_at is null as is_open,
    conversation.closed_at,
    conversation.closed_by,
    conversation.close_reason,
    case
      when conversation.closed_at is null then campaigns.window_closes_at(conversation.club_id, conversation.client_id, now())
    end as window_closes_at,
    case
      when conversation.closed_at is not null then null
      when conversation.kind = 'unclear_wish' then 'decision'
      when (conversation.answered_at >= conversation.last_inbound_at) is not true then 'answer'
    end as needs
  from campaigns.conversations as conversation
  join crm.clients as client using (club_id, client_id);
comment on view api.conversations is
  'One row per conversation with a member: the last thing they said, until when they may be answered freely, and what a person has to do (answer, decision).';
grant select on api.conversations to authenticated, service_role;

create function api.conversation_messages(p_club_id bigint, p_conversation_id bigint)
returns table (
  key text,
  kind text,
  text text,
  language text,
  at timestamptz,
  author text,
  status text,
  delivery text
)
language sql stable set search_path = '' as $$
  with conversation as (
    select known.club_id, known.phone
    from campaigns.conversations as known
    where known.club_id = p_club_id
      and known.conversation_id = p_conversation_id
  ),
  said as (
    select
      'in:' || reply.reply_id as key,
      'inbound' as kind,
      coalesce(nullif(reply.body, ''), '[' || reply.type || ']') as text,
      null::text as language,
      reply.replied_at as at,
      null::text as author,
      null::text as status,
      null::text as delivery
    from conversation
    join outbox.replies as reply using (club_id, phone)
    union all
    select
      'out:' || message.message_id,
      message.purpose,
      message.rendered,
      message.template_language,
      coalesce(message.accepted_at, message.queued_at),
      message.author,
      message.status,
      message.delivery
    from conversation
    join outbox.messages as message using (club_id, phone)
    order by at desc, key
    limit 200
  )
  select said.* from said order by said.at, said.key
$$;
comment on function api.conversation_messages is
  'The last 200 messages between the club and the phone of a conversation, both ways, the oldest first, with how ours travelled.';

create function api.answer_templates(p_club_id bigint, p_conversation_id bigint)
returns table (template_name text, template_language text, body text, footer text, has_message boolean)
language sql stable set search_path = '' as $$
  select found.* from outbox.answer_templates(p_club_id, p_conversation_id, now()) as found
$$;
comment on function api.answer_templates is 'The templates in which a member may be answered now, with {{message}} where one''s own line goes.';

create function api.conversation_keeper(p_club_id bigint) returns text
language plpgsql stable set search_path = '' as $$
begin
  if (core.my_role(p_club_id) in ('owner', 'operator', 'moderator')) is not true then
    raise exception 'Your role in the club does not let you answer members: ask an owner or operator.'
      using errcode = 'insufficient_privilege';
  end if;
  return 'operator:' || auth.uid();
end
$$;
comment on function api.conversation_keeper is 'Who acts, if they may answer members of the club; fails otherwise.';

-- Security definer, all four: nobody signed in may write tables; these doors check who knocks.
create function api.answer_conversation(p_club_id bigint, p_conversation_id bigint, p_answer_id uuid, p_message text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  actor text := api.conversation_keeper(p_club_id);
begin
  return outbox.answer_conversation(p_club_id, p_conversation_id, p_answer_id, p_message, actor, now());
end
$$;
comment on function api.answer_conversation is 'Answers a member in one''s own words; once for one p_answer_id, however often it is sent.';

create function api.answer_by_template(
  p_club_id bigint, p_conversation_id bigint, p_answer_id uuid, p_template_name text, p_template_language text, p_message text
) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  actor text := api.conversation_keeper(p_club_id);
begin
  return outbox.answer_by_template(
    p_club_id, p_conversation_id, p_answer_id, p_template_name, p_template_language, p_message, actor, now()
  );
end
$$;
comment on function api.answer_by_template is 'Answers a member in an approved template; once for one p_answer_id, however often it is sent.';

create function api.close_conversation(p_club_id bigint, p_conversation_id bigint) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  actor text := api.conversation_keeper(p_club_id);
begin
  if exists (
    select
    from campaigns.conversations as known
    where known.club_id = p_club_id
      and known.conversation_id = p_conversation_id
      and known.closed_at is null
      and known.kind = 'unclear_wish'
  ) then
    raise exception 'Decide first whether the member wants no more messages: then the conversation can be closed.'
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  return campaigns.close_conversation(p_club_id, p_conversation_id, 'done', actor, now());
end
$$;
comment on function api.close_conversation is 'Closes a conversation that is dealt with: scenarios may write to the member again. False when it was closed already.';

create function api.settle_wish(p_club_id bigint, p_conversation_id bigint, p_is_opt_out boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare
  actor text := api.conversation_keeper(p_club_id);
begin
  if p_is_opt_out is null then
    raise exception 'Say whether the member wants no more messages: true or false.' using errcode = 'check_violation';
  end if;
  perform outbox.settle_wish(p_club_id, p_conversation_id, p_is_opt_out, actor, now());
end
$$;
comment on function api.settle_wish is 'Decides whether an unclear wish was an opt-out.';

revoke all on function api.conversation_keeper from public, anon, authenticated, service_role;
revoke all on function
  api.conversation_messages,
  api.answer_templates,
  api.answer_conversation,
  api.answer_by_template,
  api.close_conversation,
  api.settle_wish
from public, anon, service_role;
grant execute on function
  api.conversation_messages,
  api.answer_templates,
  api.answer_conversation,
  api.answer_by_template,
  api.close_conversation,
  api.settle_wish
to authenticated;
