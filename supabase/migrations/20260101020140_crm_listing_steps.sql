-- Open, then apply page by page: rows and cursor move in one transaction, so a reader that dies loses a page at most, and reads
-- it again. How a listing ends is in crm_close_listing.
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
