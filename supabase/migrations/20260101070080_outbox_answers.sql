-- What a person of the club answers in a conversation: in their own words while the member's 24 hours last, in a template once they
-- are over. It travels like every other message; the caller names it, so that a form sent twice is one answer.
create function outbox.open_conversation(p_club_id bigint, p_conversation_id bigint) returns campaigns.conversations
language plpgsql set search_path = '' as $$
declare
  conversation campaigns.conversations;
begin
  select known.* into conversation
  from campaigns.conversations as known
  where known.club_id = p_club_id
    and known.conversation_id = p_conversation_id
  for update;
  if not found then
    raise exception 'There is no such conversation: open one from the list.' using errcode = 'no_data_found';
  end if;
  if conversation.closed_at is not null then
    raise exception 'This conversation is closed: it opens again when the member writes.' using errcode = 'object_not_in_prerequisite_state';
  end if;
  return conversation;
end
$$;
comment on function outbox.open_conversation is 'A conversation that is open, locked; fails with a sentence when there is none or it is closed.';

create function outbox.is_answered(
  p_club_id bigint, p_conversation_id bigint, p_answer_id uuid, p_form text, p_words text
) returns boolean
language plpgsql stable set search_path = '' as $$
declare
  known outbox.messages;
begin
  select message.* into known
  from outbox.messages as message
  where message.club_id = p_club_id
    and message.message_id = p_answer_id;
  if not found then
    return false;
  end if;
  if known.conversation_id = p_conversation_id
    and known.form = p_form
    and coalesce(case known.form when 'free_text' then known.rendered else known.parameters ->> 'message' end, '') = p_words
  then
    return true;
  end if;
  -- An answer is not lost because another one took its name.
  raise exception 'Another answer was sent from this form already: load the page again, then send this one.'
    using errcode = 'object_not_in_prerequisite_state';
end
$$;
comment on function outbox.is_answered is
  'Whether this very answer is on its way already; fails when another one has its id.';

create function outbox.enqueue_answer(
  p_conversation campaigns.conversations, p_answer_id uuid, p_form text, p_template_name text, p_template_language text,
  p_parameters jsonb, p_rendered text, p_author text, p_now timestamptz
) returns void
language plpgsql set search_path = '' as $$
begin
  insert into outbox.messages (
    club_id, message_id, purpose, conversation_id, client_id, phone, form, template_name, template_language, parameters, rendered,
    author, queued_at
  )
  values (
    p_conversation.club_id, p_answer_id, 'answer', p_conversation.conversation_id, p_conversation.client_id, p_conversation.phone,
    p_form, p_template_name, p_template_language, p_parameters, p_rendered, p_author, p_now
  );
  insert into outbox.queue (club_id, message_id, purpose, run_at)
  values (p_conversation.club_id, p_answer_id, 'answer', p_now);
  update campaigns.conversations as known
  set answered_at = greatest(known.answered_at, p_now)
  where known.club_id = p_conversation.club_id
    and known.conversation_id = p_conversation.conversation_id;
  -- Not the words: the log outlives a member's erasure.
  perform core.audit(
    p_conversation.club_id, p_author, 'conversation.answered', 'client:' || p_conversation.client_id,
    jsonb_build_object('message', p_answer_id, 'form', p_form), p_now
  );
end
$$;
comment on function outbox.enqueue_answer is 'Puts an answer into the outbox and notes that the conversation has one.';

create function outbox.answer_conversation(
  p_club_id bigint, p_conversation_id bigint, p_answer_id uuid, p_message text, p_author text, p_now timestamptz
) returns uuid
language plpgsql set search_path = '' as $$
declare
  conversation campaigns.conversations;
  words text := btrim(p_message, E' \t\r\n');
begin
  if outbox.is_answered(p_club_id, p_conversation_id, p_answer_id, 'free_text', words) then
    return p_answer_id;
  end if;
  conversation := outbox.open_conversation(p_club_id, p_conversation_id);
  -- Of two at once the second has waited for the first.
  if outbox.is_answered(p_club_id, p_conversation_id, p_answer_id, 'free_text', words) then
    return p_answer_id;
  end if;
  if coalesce(words, '') = '' then
    raise exception 'The answer is empty: write what the member should read.' using errcode = 'check_violation';
  end if;
  if length(words) > 4096 then
    raise exception 'The answer has % characters: WhatsApp takes 4096 at most.', length(words) using errcode = 'check_violation';
  end if;
  if campaigns.window_closes_at(p_club_id, conversation.client_id, p_now) is null then
    raise exception 'The 24 hours after the member''s last message are over: answer in a template that WhatsApp approved.'
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  perform outbox.enqueue_answer(conversation, p_answer_id, 'free_text', null, null, '{}', words, p_author, p_now);
  return p_answer_id;
end
$$;
comment on function outbox.answer_conversation is
  'Answers a member in one''s own words while their 24 hours last; the message, the same for the same p_answer_id. Fails with a sentence when they may not be answered so.';

create function outbox.answer_templates(p_club_id bigint, p_conversation_id bigint, p_at timestamptz)
returns table (template_name text, template_language text, body text, footer text, has_message boolean)
language sql stable set search_path = '' as $$
  -- Only what can be filled without a scenario's facts; whoever said no gets no template, nor who never agreed to marketing one of
  -- that category.
  select
    template.name,
    template.language,
    campaigns.render(
      template.body,
      jsonb_strip_nulls(campaigns.fill_parameters(
        p_club_id, template, jsonb_build_object('first_name', client.first_name), '{{message}}'
      ))
    ),
    template.footer,
    template.parameters @> array['message']
  from campaigns.conversations as conversation
  join core.clubs as club on club.club_id = conversation.club_id
  join crm.clients as client
    on client.club_id = conversation.club_id
    and client.client_id = conversation.client_id
  join campaigns.templates as template
    on template.club_id = conversation.club_id
    and campaigns.is_usable(template)
    and campaigns.can_fill(
      template.parameters, jsonb_build_object('first_name', client.first_name), split_part(template.language, '_', 1)
    )
  where conversation.club_id = p_club_id
    and conversation.conversation_id = p_conversation_id
    and not exists (select from campaigns.suppressions_of(p_club_id, conversation.client_id, p_at))
    and (template.category <> 'MARKETING' or campaigns.has_basis(p_club_id, conversation.client_id, p_at))
  order by
    split_part(template.language, '_', 1) = coalesce(client.language, club.default_language) desc,
    template.name,
    template.language
$$;
comment on function outbox.answer_templates is
  'The templates in which a member may be answered now, in their language first, with {{message}} where one''s own line goes.';
grant execute on function outbox.answer_templates to authenticated;

create function outbox.answer_by_template(
  p_club_id bigint, p_conversation_id bigint, p_answer_id uuid, p_template_name text, p_template_language text, p_message text,
  p_author text, p_now timestamptz
) returns uuid
language plpgsql set search_path = '' as $$
declare
  conversation campaigns.conversations;
  line text := btrim(regexp_replace(coalesce(p_message, ''), '\s+', ' ', 'g'));
  template campaigns.templates;
  parameters jsonb;
  rendered text;
begin
  if outbox.is_answered(p_club_id, p_conversation_id, p_answer_id, 'template', line) then
    return p_answer_id;
  end if;
  conversation := outbox.open_conversation(p_club_id, p_conversation_id);
  if outbox.is_answered(p_club_id, p_conversation_id, p_answer_id, 'template', line) then
    return p_answer_id;
  end if;
  select known.* into template
  from campaigns.templates as known
  join outbox.answer_templates(p_club_id, p_conversation_id, p_now) as allowed
    on allowed.template_name = known.name
    and allowed.template_language = known.language
  where known.club_id = p_club_id
    and known.name = p_template_name
    and known.language = p_template_language;
  if not found then
    raise exception 'The member may not be answered in the template "%" (%): choose another one, or wait until they write.',
      p_template_name, p_template_language
      using errcode = 'check_violation';
  end if;
  if template.parameters @> array['message'] and line = '' then
    raise exception 'The template has a place for a line of yours: write it.' using errcode = 'check_violation';
  end if;
  select campaigns.fill_parameters(
    p_club_id, template, jsonb_build_object('first_name', client.first_name), line
  ) into parameters
  from crm.clients as client
  where client.club_id = p_club_id
    and client.client_id = conversation.client_id;
  rendered := campaigns.render(template.body, parameters);
  if length(rendered) > 1024 then
    raise exception 'The message would have % characters: WhatsApp takes 1024 at most in a template.', length(rendered)
      using errcode = 'check_violation';
  end if;
  perform outbox.enqueue_answer(
    conversation, p_answer_id, 'template', template.name, template.language, parameters,
    concat_ws(E'\n\n', rendered, template.footer), p_author, p_now
  );
  return p_answer_id;
end
$$;
comment on function outbox.answer_by_template is
  'Answers a member in an approved template, whether or not their 24 hours last; the message, the same for the same p_answer_id. Fails with a sentence when they may not be answered so.';

create function outbox.close_stale_conversations(p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  stale record;
  closed bigint := 0;
begin
  -- What nobody wrote in for days is over. Whether somebody wants no more messages is a person's to decide, however long it takes.
  for stale in
    select conversation.club_id, conversation.conversation_id
    from campaigns.conversations as conversation
    join core.settings as setting on setting.club_id = conversation.club_id
    where conversation.closed_at is null
      and conversation.kind = 'reply'
      and greatest(conversation.last_inbound_at, conversation.answered_at)
        <= p_now - make_interval(days => setting.conversation_closes_after_days)
    order by conversation.club_id, conversation.conversation_id
    for update of conversation skip locked
  loop
    perform campaigns.close_conversation(stale.club_id, stale.conversation_id, 'silence', 'system:outbox', p_now);
    closed := closed + 1;
  end loop;
  return closed;
end
$$;
comment on function outbox.close_stale_conversations is
  'Closes conversations in which nobody wrote for as many days as the club has set, but not unclear wishes; returns how many.';
