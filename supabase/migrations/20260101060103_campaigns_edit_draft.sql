-- A person's own words for a message that waits: they make a new version, which waits again. An edit approves nothing.
create function campaigns.editing_task(p_club_id bigint, p_draft_id uuid) returns jsonb
language sql stable set search_path = '' as $$
  select campaigns.writing_task(
      draft.club_id, draft.client_id, draft.scenario, draft.form, draft.template_name, draft.template_language,
      draft.variables, campaigns.voice_of(draft.club_id)
    ) || jsonb_build_object('version', draft.version, 'message', wording.message)
  from campaigns.drafts as draft
  join campaigns.draft_versions as wording using (club_id, draft_id, version)
  where draft.club_id = p_club_id
    and draft.draft_id = p_draft_id
    and draft.status = 'pending'
$$;
comment on function campaigns.editing_task is
  'What whoever rewrites a pending draft is held to: the writing task of its writer, with the current version and message; null when it is not pending.';

create function campaigns.edit_draft(
  p_club_id bigint, p_draft_id uuid, p_version integer, p_message text, p_actor text, p_usage jsonb, p_now timestamptz
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  refusal jsonb := (campaigns.hold_open_draft(p_club_id, p_draft_id, p_version, p_now)).refusal;
  written integer;
begin
  if refusal is not null then
    return refusal;
  end if;
  written := campaigns.write_version(p_club_id, p_draft_id, p_message, 'operator', p_actor, p_usage, p_now);
  perform campaigns.request_translation(p_club_id, p_draft_id, p_now);
  perform core.audit(p_club_id, p_actor, 'draft.edited', p_draft_id::text, jsonb_build_object('version', written), p_now);
  return jsonb_build_object('outcome', 'edited', 'status', 'pending', 'version', written);
end
$$;
comment on function campaigns.edit_draft is
  'Gives a pending draft new words, as a new version that waits for approval. Outcome: edited, already_decided, old_version, expired or unknown.';

-- The messages by which the bot asked for new words: an answer to one of them is an edit.
create table campaigns.edit_prompts (
  club_id bigint not null,
  chat_id text not null,
  message_id bigint not null,
  draft_id uuid not null,
  version integer not null check (version > 0),
  asked_by text not null,
  asked_at timestamptz not null,
  primary key (club_id, chat_id, message_id),
  foreign key (club_id, draft_id) references campaigns.drafts (club_id, draft_id) on delete cascade
);
create index edit_prompts_by_message on campaigns.edit_prompts (chat_id, message_id);
create index edit_prompts_by_draft on campaigns.edit_prompts (club_id, draft_id);
comment on table campaigns.edit_prompts is 'One row per message of the bot that asked for new words for a draft, with the version that was to be replaced.';

alter table campaigns.edit_prompts enable row level security;
grant select on campaigns.edit_prompts to authenticated;
create policy "operators read who was asked for new words in their clubs" on campaigns.edit_prompts
  for select to authenticated using (club_id in (select core.my_clubs()));

create function campaigns.note_edit_prompt(
  p_club_id bigint, p_chat_id text, p_message_id bigint, p_draft_id uuid, p_version integer, p_actor text, p_now timestamptz
) returns void
language sql set search_path = '' as $$
  insert into campaigns.edit_prompts as known (club_id, chat_id, message_id, draft_id, version, asked_by, asked_at)
  values (p_club_id, p_chat_id, p_message_id, p_draft_id, p_version, p_actor, p_now)
  -- A group that moved begins to count its messages anew.
  on conflict (club_id, chat_id, message_id) do update set
    draft_id = excluded.draft_id,
    version = excluded.version,
    asked_by = excluded.asked_by,
    asked_at = excluded.asked_at
$$;
comment on function campaigns.note_edit_prompt is 'Notes which message of the bot asked whom for new words for which version of a draft.';
