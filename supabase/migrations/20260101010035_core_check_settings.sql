-- What may not become settings is refused with a sentence before it is written: for a preview as for the change itself.
-- The rules are the table's own constraints, and their comments the sentences: there is no second list to keep.
create function core.check_settings(p_settings core.settings) returns void
language plpgsql stable set search_path = '' as $$
declare
  empty_column text;
  rules text;
  broken text;
begin
  select required.attname into empty_column
  from pg_catalog.pg_attribute as required
  where required.attrelid = 'core.settings'::regclass
    and required.attnum > 0
    and required.attnotnull
    and to_jsonb(p_settings) -> required.attname = 'null'
  order by required.attnum
  limit 1;
  if empty_column is not null then
    raise exception '% may not be empty: give a value, or leave it out to keep the one it has.', empty_column
      using errcode = 'not_null_violation', schema = 'core', table = 'settings', column = empty_column;
  end if;

  select string_agg(format('(%L, %s)', rule.conname, pg_get_expr(rule.conbin, rule.conrelid)), ', ')
  into rules
  from pg_catalog.pg_constraint as rule
  where rule.conrelid = 'core.settings'::regclass
    and rule.contype = 'c';
  -- Of several that are broken, the one that the table itself would name.
  execute format(
    'select asked.rule
     from (select ($1).*) as settings
     cross join lateral (values %s) as asked (rule, holds)
     where not asked.holds
     order by asked.rule collate "C"
     limit 1',
    rules
  ) into broken using p_settings;
  if broken is not null then
    raise exception using
      message = (
        select obj_description(rule.oid, 'pg_constraint')
        from pg_catalog.pg_constraint as rule
        where rule.conrelid = 'core.settings'::regclass
          and rule.conname = broken
      ),
      errcode = 'check_violation', schema = 'core', table = 'settings', constraint = broken;
  end if;
end
$$;
comment on function core.check_settings is
  'Refuses settings that core.settings would refuse, with the sentence that is the comment of the broken constraint.';

create function core.changed_settings(p_settings core.settings, p_changes jsonb) returns core.settings
language plpgsql stable set search_path = '' as $$
declare
  changed core.settings := p_settings;
  change record;
begin
  if jsonb_typeof(p_changes) is distinct from 'object' then
    raise exception 'Changes of settings are names with their values: give an object such as {"lost_min_days": 365}.'
      using errcode = 'invalid_parameter_value';
  end if;

  for change in
    select given.key, given.value, kind.json_type, kind.wanted
    from jsonb_each(p_changes) as given
    left join pg_catalog.pg_attribute as known
      on known.attrelid = 'core.settings'::regclass
      and known.attname = given.key
      and known.attname not in ('club_id', 'updated_at')
    left join (values
      ('integer'::regtype, 'number', 'a whole number, such as 30'),
      ('bigint', 'number', 'a whole number, such as 30'),
      ('numeric', 'number', 'a number, such as 0.2'),
      ('boolean', 'boolean', 'true or false'),
      ('text', 'string', 'text in quotes'),
      ('time', 'string', 'a time of day, such as "09:00"'),
      ('timestamptz', 'string', 'a point in time, such as "2026-06-15T10:00:00Z"')
    ) as kind (type, json_type, wanted) on kind.type = known.atttypid
    order by given.key
  loop
    if change.wanted is null then
      raise exception 'There is no setting "%" to change: the names are the columns of core.settings.', change.key
        using errcode = 'invalid_parameter_value';
    end if;
    begin
      if jsonb_typeof(change.value) not in (change.json_type, 'null') then
        raise invalid_parameter_value;
      end if;
      changed := jsonb_populate_record(changed, jsonb_build_object(change.key, change.value));
    exception
      -- Of another type, a fraction, too big, or no such hour.
      when data_exception then
        raise exception '% must be %, not %.', change.key, change.wanted, left(change.value::text, 60)
          using errcode = 'invalid_parameter_value';
    end;
  end loop;

  perform core.check_settings(changed);
  return changed;
end
$$;
comment on function core.changed_settings is
  'These settings with these changes ({column: value}). Fails with a sentence when they may not be so, and writes nothing.';

grant execute on function core.check_settings, core.changed_settings to authenticated;
