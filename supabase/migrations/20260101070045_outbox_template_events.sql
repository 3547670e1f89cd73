-- What Meta says of a template by webhook: its status, its quality, its category. It counts at once, not at the next mirroring.
-- An update belongs to the account: it concerns every club that mirrors that template, and no other. Fields we do not know stay in
-- outbox.webhook_events, where the whole update is kept as it came.
create function outbox.process_template_status(p_payload jsonb, p_now timestamptz) returns void
language sql set search_path = '' as $$
  update campaigns.templates as template
  set status = case
        when p_payload ->> 'event' in ('REINSTATED', 'UNARCHIVED', 'UNPAUSED', 'UNLOCKED') then 'APPROVED'
        -- A warning: it can still be sent.
        when p_payload ->> 'event' = 'FLAGGED' then template.status
        else coalesce(p_payload ->> 'event', template.status)
      end,
      category = coalesce(p_payload ->> 'message_template_category', template.category),
      rejected_reason = coalesce(
        nullif(p_payload ->> 'reason', 'NONE'),
        nullif(p_payload #>> '{rejection_info,reason}', ''),
        nullif(p_payload #>> '{other_info,description}', ''),
        nullif(p_payload #>> '{other_info,title}', '')
      ),
      synced_at = p_now
  where template.name = p_payload ->> 'message_template_name'
    and template.language = p_payload ->> 'message_template_language'
$$;
comment on function outbox.process_template_status is 'Takes over what Meta says of a template: approved, paused, rejected, disabled.';

create function outbox.process_template_quality(p_payload jsonb, p_now timestamptz) returns void
language sql set search_path = '' as $$
  update campaigns.templates as template
  set quality = coalesce(p_payload ->> 'new_quality_score', template.quality),
      synced_at = p_now
  where template.name = p_payload ->> 'message_template_name'
    and template.language = p_payload ->> 'message_template_language'
$$;
comment on function outbox.process_template_quality is 'Takes over how members rate a template: GREEN, YELLOW, RED or UNKNOWN.';

create function outbox.process_template_category(p_payload jsonb, p_now timestamptz) returns void
language sql set search_path = '' as $$
  update campaigns.templates as template
  set category = coalesce(p_payload ->> 'new_category', template.category),
      -- Only where the move is announced; where it has happened there is nothing left to announce.
      correct_category = p_payload ->> 'correct_category',
      synced_at = p_now
  where template.name = p_payload ->> 'message_template_name'
    and template.language = p_payload ->> 'message_template_language'
$$;
comment on function outbox.process_template_category is 'Takes over into which category Meta moved a template, or is about to.';

create function outbox.process_template_change(p_change jsonb, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  case p_change ->> 'field'
    when 'message_template_status_update' then
      perform outbox.process_template_status(p_change -> 'value', p_now);
    when 'message_template_quality_update' then
      perform outbox.process_template_quality(p_change -> 'value', p_now);
    when 'template_category_update' then
      perform outbox.process_template_category(p_change -> 'value', p_now);
    else
      -- Of something else: kept, and nothing to do.
      null;
  end case;
end
$$;
comment on function outbox.process_template_change is 'Takes over one change of Meta''s webhook when it is about a template; leaves others alone.';
