-- Changes settings of a club, named ones only, and notes who did it and what was before.
-- Two who change different settings at once keep each their own: the later waits, and is judged on what the earlier left.
create function core.change_settings(p_club_id bigint, p_changes jsonb, p_by text, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  kept core.settings;
  changed core.settings;
  names text[];
begin
  select setting.* into kept from core.settings as setting where setting.club_id = p_club_id for update;
  if not found then
    raise exception 'There is no club %: ask for one in core.clubs.', p_club_id using errcode = 'no_data_found';
  end if;
  changed := core.changed_settings(kept, p_changes);

  select array_agg(given.key order by given.key) into names
  from jsonb_object_keys(p_changes) as given (key)
  where to_jsonb(kept) -> given.key <> to_jsonb(changed) -> given.key;
  if names is null then
    return;
  end if;

  execute format(
    'update core.settings set updated_at = $2, %s where club_id = $3',
    (select string_agg(format('%1$I = ($1).%1$I', name), ', ') from unnest(names) as name)
  ) using changed, p_now, p_club_id;
  perform core.audit(
    p_club_id, p_by, 'settings.changed', 'club:' || p_club_id,
    jsonb_build_object(
      'before', (select jsonb_object_agg(name, to_jsonb(kept) -> name) from unnest(names) as name),
      'after', (select jsonb_object_agg(name, to_jsonb(changed) -> name) from unnest(names) as name)
    ),
    p_now
  );
end
$$;
comment on function core.change_settings is
  'Changes the named settings of a club ({column: value}) and audits what was before and after; what is already so is no change. Fails with a sentence.';
