-- What stops a template, and why in words. One trigger, so that no way of changing a template can forget it.
create function campaigns.stops_in_words(p_template campaigns.templates) returns text
language sql immutable set search_path = '' as $$
  select concat_ws(
    ' ',
    case when 'status' = any (p_template.stopped_for) then
      case
        when p_template.rejected_reason like 'WhatsApp error %' then
          'A message in it was refused (' || p_template.rejected_reason || '). It goes on when Meta''s list shows it as approved.'
        when p_template.status = 'PAUSED' then
          'Meta paused it' || coalesce(' (' || rtrim(p_template.rejected_reason, '.') || ')', '')
          || ': members rated it poorly or stopped it. It goes on by itself when Meta lifts the pause.'
        when p_template.status = 'REJECTED' then
          'Meta rejected it' || coalesce(' (' || rtrim(p_template.rejected_reason, '.') || ')', '') || ': submit a new version with other words.'
        when p_template.status = 'DISABLED' then
          'Meta disabled it for good' || coalesce(' (' || rtrim(p_template.rejected_reason, '.') || ')', '') || ': submit a new version.'
        when p_template.status = 'PENDING_DELETION' then 'It is being deleted at Meta: submit a new version.'
        when p_template.status = 'DELETED' then 'It was deleted at Meta: submit it again, or a new version.'
        else 'Meta shows it as ' || p_template.status || coalesce(' (' || rtrim(p_template.rejected_reason, '.') || ')', '')
          || ': look it up in the WhatsApp Manager.'
      end
    end,
    case when 'category' = any (p_template.stopped_for) then
      case
        when p_template.category <> p_template.accepted_category then
          format('Meta moved it from %s to %s.', p_template.accepted_category, p_template.category)
        else format('Meta says that it belongs in %s, not in %s.', p_template.correct_category, p_template.category)
      end
      || ' Messages in it may cost more and count differently: take it up again if that is right for you.'
    end,
    case when 'quality' = any (p_template.stopped_for) then
      'Its quality dropped to RED: members block or report it. Take it up again only when you know why.'
    end
  )
$$;
comment on function campaigns.stops_in_words is 'Why a template is stopped and what can be done, as sentences.';
grant execute on function campaigns.stops_in_words to authenticated;

create function campaigns.stop_template() returns trigger
language plpgsql set search_path = '' as $$
declare
  stopped_for text[];
begin
  new.accepted_category := coalesce(new.accepted_category, new.category);
  if tg_op = 'UPDATE' and new.category <> old.category then
    new.previous_category := old.category;
  end if;

  stopped_for := array_remove(array[
    -- Under review it is not stopped; it is only not approved yet.
    case when new.status not in ('APPROVED', 'PENDING', 'IN_APPEAL') then 'status' end,
    case when coalesce(new.correct_category, new.category) <> new.accepted_category then 'category' end,
    -- Only a drop stops it, and only a good mark lifts that: whoever takes up a RED one is not stopped again an hour later, and
    -- no mark at all is no good mark.
    case
      when new.quality = 'RED' and (tg_op = 'INSERT' or old.quality is distinct from 'RED') then 'quality'
      when (new.quality in ('GREEN', 'YELLOW')) is not true and 'quality' = any (new.stopped_for) then 'quality'
    end
  ], null);
  new.stopped_for := stopped_for;
  if stopped_for = '{}' then
    new.stopped_reason := null;
    new.stopped_at := null;
    return new;
  end if;

  new.stopped_reason := campaigns.stops_in_words(new);
  new.stopped_at := coalesce(new.stopped_at, new.synced_at);
  if tg_op = 'UPDATE' and not stopped_for <@ old.stopped_for then
    perform core.audit(
      new.club_id, 'system:whatsapp', 'template.stopped', format('template:%s/%s', new.name, new.language),
      jsonb_build_object('stopped_for', stopped_for, 'reason', new.stopped_reason), new.synced_at
    );
  end if;
  return new;
end
$$;
comment on function campaigns.stop_template is 'Settles what stops a template after any change of it, says so, and keeps the stop in the audit log.';
create trigger stop_template before insert or update on campaigns.templates
  for each row execute function campaigns.stop_template();

create function campaigns.resume_template(
  p_club_id bigint, p_name text, p_language text, p_actor text, p_now timestamptz
) returns void
language plpgsql set search_path = '' as $$
declare
  stopped campaigns.templates;
begin
  select known.* into stopped
  from campaigns.templates as known
  where known.club_id = p_club_id and known.name = p_name and known.language = p_language
  for update;
  if not found then
    raise exception 'The club has no template % in %: look it up in the list of templates.', p_name, p_language
      using errcode = 'no_data_found';
  end if;
  if 'status' = any (stopped.stopped_for) then
    raise exception 'Nobody here can take up the template % in %. %', p_name, p_language, stopped.stopped_reason
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  -- Taken up already, by somebody else or because Meta thinks better of it: nothing is left to do.
  if stopped.stopped_for = '{}' then
    return;
  end if;
  update campaigns.templates as known
  set accepted_category = coalesce(known.correct_category, known.category),
      stopped_for = '{}'
  where known.club_id = p_club_id and known.name = p_name and known.language = p_language;
  perform core.audit(
    p_club_id, p_actor, 'template.resumed', format('template:%s/%s', p_name, p_language),
    jsonb_build_object('stopped_for', stopped.stopped_for, 'reason', stopped.stopped_reason), p_now
  );
end
$$;
comment on function campaigns.resume_template is
  'Takes up a template that was stopped for its category or quality, accepting both as they are. Fails when Meta''s own status stops it.';

create function campaigns.obstacle_in_words(p_template campaigns.templates) returns text
language sql immutable set search_path = '' as $$
  select case
    when p_template.stopped_at is not null then p_template.stopped_reason
    when p_template.status = 'PENDING' then 'Meta is reviewing it, which takes up to a day.'
    when p_template.status = 'IN_APPEAL' then 'Meta is looking at it again.'
    when p_template.status <> 'APPROVED' then 'Meta shows it as ' || p_template.status || '.'
    when not campaigns.can_fill(p_template.parameters) then
      'It asks for ' || (
        select string_agg(parameter.name, ', ' order by parameter.place)
        from unnest(p_template.parameters) with ordinality as parameter (name, place)
        where not campaigns.can_fill(array[parameter.name])
      ) || ', which is not known of anybody: use other parameters in a new version.'
  end
$$;
comment on function campaigns.obstacle_in_words is 'Why nothing goes out in a template, as a sentence; null when it does.';
grant execute on function campaigns.obstacle_in_words to authenticated;
