-- A wording of a draft: one line, in its frame, as the member will read it.
-- Wordings are never changed: what is approved is one of them, and that one is sent.
create function campaigns.write_version(
  p_club_id bigint, p_draft_id uuid, p_message text, p_source text, p_author text, p_usage jsonb, p_now timestamptz
) returns integer
language plpgsql set search_path = '' as $$
declare
  draft campaigns.drafts;
  template campaigns.templates;
  filled jsonb;
  whole text;
begin
  if p_message ~ '[\n\r\t]' or p_message ~ ' {4}' or btrim(p_message) <> p_message or p_message = '' then
    raise exception 'The message must be one trimmed line: WhatsApp refuses line breaks, tabs and runs of spaces in a template.'
      using errcode = 'check_violation';
  end if;
  select known.* into strict draft
  from campaigns.drafts as known where known.club_id = p_club_id and known.draft_id = p_draft_id
  for update;
  -- What was approved is what is sent: a decided draft keeps its words.
  if draft.status not in ('planned', 'drafted', 'pending') then
    raise exception 'Draft % is %: its words can not be changed any more.', p_draft_id, draft.status
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  select known.* into strict template
  from campaigns.templates as known
  where known.club_id = p_club_id and known.name = draft.template_name and known.language = draft.template_language;

  filled := case draft.form
    when 'free_text' then '{}'
    else campaigns.fill_parameters(p_club_id, template, draft.variables, p_message)
  end;
  if jsonb_path_exists(filled, '$.* ? (@ == null)') then
    raise exception 'The template % mentions what is not known of this member: %.', template.name,
      (select string_agg(given.key, ', ') from jsonb_each_text(filled) as given where given.value is null)
      using errcode = 'check_violation';
  end if;
  if draft.form = 'template' and length(campaigns.render(template.body, filled)) > 1024 then
    raise exception 'The message makes the template % longer than WhatsApp''s 1024 characters: shorten it.', template.name
      using errcode = 'string_data_right_truncation';
  end if;
  whole := campaigns.whole_message(p_club_id, draft.form, template, draft.variables, campaigns.voice_of(p_club_id), p_message);
  if length(whole) > 4096 then
    raise exception 'The message is longer than WhatsApp''s 4096 characters: shorten it.' using errcode = 'string_data_right_truncation';
  end if;

  insert into campaigns.draft_versions (club_id, draft_id, version, source, message, parameters, rendered, author, usage, written_at)
  values (p_club_id, p_draft_id, draft.version + 1, p_source, p_message, filled, whole, p_author, p_usage, p_now);
  update campaigns.drafts as known
  set version = draft.version + 1
  where known.club_id = p_club_id and known.draft_id = p_draft_id;
  return draft.version + 1;
end
$$;
comment on function campaigns.write_version is
  'Adds a wording to a draft and returns its version. Fails when the text is not one line, is too long (22001), or the draft is decided.';

