-- Open, apply page by page, close: the three steps of reading one entity. Rows and cursor move in one transaction, so a
-- reader that dies loses a page at most, and reads it again.
create function crm.open_listing(p_club_id bigint, p_entity text, p_lane text, p_now timestamptz) returns crm.listings
language plpgsql set search_path = '' as $$
declare
  listing crm.listings;
  known_until timestamptz;
begin
  insert into crm.listings (club_id, entity, lane) values (p_club_id, p_entity, p_lane) on conflict do nothing;
  select known.* into listing
  from crm.listings as known
  where known.club_id = p_club_id and known.entity = p_entity and known.lane = p_lane
  for update;
  -- A window of changes of which nothing was read yet need not end where it once began.
  if listing.opened_at is not null and (p_lane = 'full' or listing.page > 0 or listing.passes > 1) then
    return listing;
  end if;

  if p_lane = 'full' then
    delete from crm.listed_ids as listed where listed.club_id = p_club_id and listed.entity = p_entity;
  else
    select state.complete_until into known_until
    from crm.mirror_states as state
    where state.club_id = p_club_id and state.entity = p_entity;
    if known_until is null then
      raise exception 'The % of club % were never listed whole: nothing can be said of what changed since. List them in lane full first.',
        p_entity, p_club_id
        using errcode = 'object_not_in_prerequisite_state';
    end if;
  end if;
  update crm.listings as known
  set opened_at = p_now,
      page = 0,
      passes = 1,
      rows_read = 0,
      requests_before = known.requests_used,
      changed_after = known_until - crm.overlap()
  where known.club_id = p_club_id and known.entity = p_entity and known.lane = p_lane
  returning known.* into listing;
  return listing;
end
$$;
comment on function crm.open_listing is
  'Opens a listing of a lane, or returns the one that is open. Fails for changes of an entity that was never listed whole.';

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

create function crm.apply_page(
  p_club_id bigint,
  p_entity text,
  p_lane text,
  p_page integer,
  p_rows jsonb,
  p_quarantined jsonb,
  p_requests bigint,
  p_asked_at timestamptz,
  p_now timestamptz
) returns bigint
language plpgsql set search_path = '' as $$
declare
  listing crm.listings;
  taken record;
  rows_to_take jsonb := p_rows;
begin
  select known.* into listing
  from crm.listings as known
  where known.club_id = p_club_id and known.entity = p_entity and known.lane = p_lane
  for update;
  if listing.opened_at is null or listing.page <> p_page - 1 then
    raise exception 'Page % of % does not follow page %: another reader moved on. Open the listing again.',
      p_page, p_entity, coalesce(listing.page, 0)
      using errcode = 'object_not_in_prerequisite_state';
  end if;

  -- Who was archived after the platform was asked for this page is not brought back by it.
  if p_entity = 'clients' then
    select coalesce(jsonb_agg(given), '[]') into rows_to_take
    from jsonb_array_elements(p_rows) as given
    where not exists (
      select
      from crm.clients as client
      where client.club_id = p_club_id
        and client.external_id = given ->> 'external_id'
        and client.deleted_at >= p_asked_at
    );
  end if;

  select * into taken from crm.take_in(p_club_id, p_entity, rows_to_take, p_quarantined, p_now);
  if p_lane = 'full' then
    perform crm.note_differences(p_club_id, p_entity, taken.fields_before, rows_to_take, p_now);
  else
    perform crm.mark_card_checks(
      p_club_id, p_entity, crm.changed_ids(p_club_id, p_entity, taken.fields_before, rows_to_take), p_now
    );
  end if;

  update crm.listings as known
  set page = p_page,
      rows_read = known.rows_read + jsonb_array_length(p_rows) + jsonb_array_length(p_quarantined),
      requests_used = known.requests_used + p_requests,
      error = null,
      error_at = null
  where known.club_id = p_club_id and known.entity = p_entity and known.lane = p_lane;
  return taken.changed_rows;
end
$$;
comment on function crm.apply_page is
  'Applies one page of the open listing and moves its cursor, in one transaction; returns how many rows changed. Fails when the page does not follow.';

create function crm.unlisted_ids(p_club_id bigint, p_entity text) returns setof text
language plpgsql stable set search_path = '' as $$
begin
  return query execute format(
    'select known.external_id
     from (select external_id from crm.%I where club_id = $1 and %s) as known
     where not exists (
       select from crm.listed_ids as listed
       where listed.club_id = $1 and listed.entity = $2 and listed.external_id = known.external_id
     )
     order by known.external_id',
    p_entity, crm.is_live(p_entity)
  ) using p_club_id, p_entity;
end
$$;
comment on function crm.unlisted_ids is 'Rows that the mirror believes to exist and that the open full listing has not shown.';

create function crm.close_full_listing(
  p_club_id bigint, p_listing crm.listings, p_total bigint, p_gone text[], p_now timestamptz
) returns bigint
language plpgsql set search_path = '' as $$
declare
  listed_rows bigint := (
    select count(*) from crm.listed_ids as listed
    where listed.club_id = p_club_id and listed.entity = p_listing.entity
  );
  unlisted text[] := array(select crm.unlisted_ids(p_club_id, p_listing.entity));
  gone text[] := '{}';
  archived bigint;
  mirror_rows bigint;
begin
  -- A platform that suddenly shows nothing at all has a trouble, and the club no loss.
  if listed_rows > 0 and p_gone is not null then
    gone := array(select given from unnest(p_gone) as given where given = any (unlisted));
  -- Where nobody can be asked, what a whole list did not show is gone, if it showed as many rows as the platform says there are.
  elsif listed_rows > 0 and listed_rows >= coalesce(p_total, 0) then
    gone := unlisted;
  end if;
  archived := crm.archive_rows(p_club_id, p_listing.entity, gone, p_now);

  insert into crm.mended_rows (club_id, rebuild_id, entity, external_id, difference, noticed_at)
  select
    p_club_id,
    under_way.rebuild_id,
    p_listing.entity,
    missed,
    case when missed = any (gone) then 'gone' else 'unexplained' end,
    p_now
  from crm.rebuilds as under_way
  cross join unnest(unlisted) as missed
  where under_way.club_id = p_club_id
    and under_way.finished_at is null
    and under_way.cause <> 'first'
    and under_way.began_at <= p_listing.opened_at
    -- The chain's list of cards forgets old ones: their absence says nothing.
    and p_listing.entity <> 'memberships'
  on conflict (club_id, rebuild_id, entity, external_id) do update set difference = excluded.difference;

  execute format(
    'select count(*) from crm.%I as known
     join crm.listed_ids as listed
       on listed.club_id = known.club_id and listed.entity = $2 and listed.external_id = known.external_id
     where known.club_id = $1',
    p_listing.entity
  ) into mirror_rows using p_club_id, p_listing.entity;
  perform crm.settle_rebuild(p_club_id, p_listing, coalesce(p_total, listed_rows), mirror_rows, null, p_now);
  delete from crm.listed_ids as listed where listed.club_id = p_club_id and listed.entity = p_listing.entity;
  perform crm.analyze_entity(p_listing.entity);
  return archived;
end
$$;
comment on function crm.close_full_listing is
  'The end of a full listing: archives what is gone, notes what is left unexplained, counts. Returns how many rows were archived.';

create function crm.close_listing(
  p_club_id bigint, p_entity text, p_lane text, p_total bigint, p_gone text[], p_requests bigint, p_now timestamptz
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  listing crm.listings;
  shown_rows bigint;
  archived bigint := 0;
begin
  update crm.listings as known
  set requests_used = known.requests_used + p_requests
  where known.club_id = p_club_id and known.entity = p_entity and known.lane = p_lane
  returning known.* into listing;
  if listing.opened_at is null then
    raise exception 'No listing of % is open in lane % of club %: open one first.', p_entity, p_lane, p_club_id
      using errcode = 'object_not_in_prerequisite_state';
  end if;

  -- Rows slide between pages while a list is read: fewer than announced are looked for once more.
  shown_rows := listing.rows_read;
  if p_lane = 'full' then
    shown_rows := (
      select count(*) from crm.listed_ids as listed where listed.club_id = p_club_id and listed.entity = p_entity
    );
  end if;
  if listing.passes < 2 and shown_rows < p_total then
    update crm.listings as known
    set page = 0, passes = known.passes + 1, rows_read = 0
    where known.club_id = p_club_id and known.entity = p_entity and known.lane = p_lane;
    return jsonb_build_object('is_closed', false, 'archived', 0);
  end if;

  if p_lane = 'full' then
    archived := crm.close_full_listing(p_club_id, listing, p_total, p_gone, p_now);
  end if;

  update crm.listings as known
  set complete_until = known.opened_at,
      completed_at = p_now,
      completed_rows = known.rows_read,
      archived_rows = archived,
      opened_at = null,
      page = 0,
      passes = 0,
      rows_read = 0,
      changed_after = null,
      error = null,
      error_at = null
  where known.club_id = p_club_id and known.entity = p_entity and known.lane = p_lane;
  return jsonb_build_object('is_closed', true, 'archived', archived);
end
$$;
comment on function crm.close_listing is
  'Closes a listing that was read to its end: {is_closed, archived}. Not closed, but to be read again from its first page, when it showed fewer rows than announced. p_gone: ids that are gone for certain; null: all that a whole list no longer shows.';

create function crm.fail_listing(
  p_club_id bigint, p_entity text, p_lane text, p_error text, p_is_hopeless boolean, p_now timestamptz
) returns void
language plpgsql set search_path = '' as $$
declare
  listing crm.listings;
begin
  update crm.listings as known
  set error = p_error, error_at = p_now
  where known.club_id = p_club_id and known.entity = p_entity and known.lane = p_lane
  returning known.* into listing;

  -- A cursor stays: the next call goes on after the last page applied. What needs a person is not asked every minute, though.
  if p_is_hopeless and p_lane = 'full' and listing.opened_at is not null then
    perform crm.settle_rebuild(p_club_id, listing, null, null, p_error, p_now);
    delete from crm.listed_ids as listed where listed.club_id = p_club_id and listed.entity = p_entity;
    update crm.listings as known
    set opened_at = null, page = 0, passes = 0, rows_read = 0
    where known.club_id = p_club_id and known.entity = p_entity and known.lane = p_lane;
  end if;
end
$$;
comment on function crm.fail_listing is
  'Notes why a listing stopped. Its cursor stays where it is, unless it is hopeless: then the full listing ends without having been complete.';
