-- What the platform showed, listed or looked up, enters the mirror here: applied, set aside where it cannot be read, and remembered
-- as seen while a full listing is open.
create function crm.note_listed(p_club_id bigint, p_entity text, p_rows jsonb) returns void
language sql set search_path = '' as $$
  insert into crm.listed_ids (club_id, entity, external_id)
  select p_club_id, p_entity, given.external_id
  from jsonb_to_recordset(p_rows) as given (external_id text)
  where exists (
    select
    from crm.listings as listing
    where listing.club_id = p_club_id
      and listing.entity = p_entity
      and listing.lane = 'full'
      and listing.opened_at is not null
  )
  on conflict do nothing
$$;
comment on function crm.note_listed is 'Remembers that the platform showed these rows while a full listing is open, in whichever lane.';

create function crm.take_in(
  p_club_id bigint, p_entity text, p_rows jsonb, p_quarantined jsonb, p_now timestamptz,
  out changed_rows bigint, out fields_before jsonb
)
language plpgsql set search_path = '' as $$
begin
  select coalesce(jsonb_object_agg(known.external_id, known.fields), '{}') into fields_before
  from crm.read_fields(
    p_club_id, p_entity, array(select given.external_id from jsonb_to_recordset(p_rows) as given (external_id text))
  ) as known;
  changed_rows := crm.apply_rows(p_club_id, p_entity, p_rows);
  perform crm.keep_quarantine(p_club_id, p_entity, p_rows, p_quarantined, p_now);
  perform crm.note_listed(p_club_id, p_entity, p_rows || p_quarantined);
end
$$;
comment on function crm.take_in is
  'Applies rows the platform showed and keeps the unreadable ones: how many rows changed, and the fields of those known before.';

create function crm.changed_ids(p_club_id bigint, p_entity text, p_fields_before jsonb, p_rows jsonb) returns text[]
language sql stable set search_path = '' as $$
  select array(
    select present.external_id
    from crm.read_fields(
      p_club_id, p_entity, array(select given.external_id from jsonb_to_recordset(p_rows) as given (external_id text))
    ) as present
    where present.fields is distinct from p_fields_before -> present.external_id
  )
$$;
comment on function crm.changed_ids is 'Of rows just taken in, those that are new or have other fields than before.';
