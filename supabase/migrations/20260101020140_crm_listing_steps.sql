-- Open, apply page by page, close: the three steps of reading one entity. Rows and cursor move in one transaction, so a
-- reader that dies loses a page at most, and reads it again.
create function crm.open_listing(
  p_club_id bigint,
  p_entity text,
  p_mode text,
  p_has_change_filter boolean,
  p_overlap interval,
  p_now timestamptz
) returns crm.listings
language plpgsql set search_path = '' as $$
declare
  listing crm.listings;
begin
  insert into crm.listings (club_id, entity) values (p_club_id, p_entity) on conflict do nothing;
  select known.* into listing
  from crm.listings as known
  where known.club_id = p_club_id and known.entity = p_entity
  for update;

  -- An open listing goes on, unless it lists changes and everything is wanted.
  if listing.opened_at is not null and (listing.mode = 'full' or p_mode = 'changes') then
    return listing;
  end if;

  delete from crm.listed_ids as listed where listed.club_id = p_club_id and listed.entity = p_entity;
  update crm.listings as known
  set mode = case when p_mode = 'full' or known.complete_until is null or not p_has_change_filter then 'full' else 'changes' end,
      opened_at = p_now,
      page = 0,
      rows_read = 0,
      changed_after = case
        when p_mode = 'full' or known.complete_until is null or not p_has_change_filter then null
        else known.complete_until - p_overlap
      end
  where known.club_id = p_club_id and known.entity = p_entity
  returning known.* into listing;
  return listing;
end
$$;
comment on function crm.open_listing is
  'Opens a listing, or returns the one that is open. Full when asked, when never completed, and where the platform has no change filter.';

create function crm.apply_page(
  p_club_id bigint,
  p_entity text,
  p_page integer,
  p_rows jsonb,
  p_quarantined jsonb,
  p_requests bigint,
  p_now timestamptz
) returns bigint
language plpgsql set search_path = '' as $$
declare
  listing crm.listings;
  changed_rows bigint;
begin
  select known.* into listing
  from crm.listings as known
  where known.club_id = p_club_id and known.entity = p_entity
  for update;

  if listing.opened_at is null or listing.page <> p_page - 1 then
    raise exception 'Page % of % does not follow page %: another reader moved on. Open the listing again.',
      p_page, p_entity, coalesce(listing.page, 0)
      using errcode = 'object_not_in_prerequisite_state';
  end if;

  changed_rows := crm.apply_rows(p_club_id, p_entity, p_rows);

  delete from crm.quarantine as held
  using jsonb_to_recordset(p_rows) as given (external_id text)
  where held.club_id = p_club_id and held.entity = p_entity and held.external_id = given.external_id;

  insert into crm.quarantine as held (club_id, entity, external_id, reason, raw, quarantined_at)
  select distinct on (given.external_id) p_club_id, p_entity, given.external_id, given.reason, given.raw, p_now
  from jsonb_to_recordset(p_quarantined) as given (external_id text, reason text, raw jsonb)
  order by given.external_id
  on conflict (club_id, entity, external_id) do update set
    reason = excluded.reason,
    raw = excluded.raw,
    quarantined_at = excluded.quarantined_at;

  if listing.mode = 'full' then
    insert into crm.listed_ids (club_id, entity, external_id)
    select p_club_id, p_entity, given.external_id
    from jsonb_to_recordset(p_rows || p_quarantined) as given (external_id text)
    on conflict do nothing;
  end if;

  update crm.listings as known
  set page = p_page,
      rows_read = known.rows_read + jsonb_array_length(p_rows) + jsonb_array_length(p_quarantined),
      requests_used = known.requests_used + p_requests,
      error = null,
      error_at = null
  where known.club_id = p_club_id and known.entity = p_entity;
  return changed_rows;
end
$$;
comment on function crm.apply_page is
  'Applies one page of the open listing and moves its cursor, in one transaction; returns how many rows changed. Fails when the page does not follow.';

create function crm.apply_rows(p_club_id bigint, p_entity text, p_rows jsonb) returns bigint
language plpgsql set search_path = '' as $$
begin
  return case p_entity
    when 'services' then crm.apply_services(p_club_id, p_rows)
    when 'staff' then crm.apply_staff(p_club_id, p_rows)
    when 'clients' then crm.apply_clients(p_club_id, p_rows)
    when 'bookings' then crm.apply_bookings(p_club_id, p_rows)
    when 'memberships' then crm.apply_memberships(p_club_id, p_rows)
    when 'membership_sales' then crm.apply_membership_sales(p_club_id, p_rows)
    when 'payments' then crm.apply_payments(p_club_id, p_rows)
  end;
end
$$;
comment on function crm.apply_rows is 'Upserts normalised rows of one entity; returns how many rows changed.';

-- Security definer: only the owner of a table may analyze it.
create function crm.analyze_entity(p_entity text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  -- A whole listing may have filled an empty table: the planner must know before anything is computed from it.
  if p_entity not in ('services', 'staff', 'clients', 'bookings', 'memberships', 'membership_sales', 'payments') then
    raise exception 'There is no entity "%" to analyze.', p_entity using errcode = 'check_violation';
  end if;
  execute format('analyze crm.%I', p_entity);
end
$$;
comment on function crm.analyze_entity is 'Renews the planner''s statistics of an entity''s table. Fails for an unknown entity.';
revoke all on function crm.analyze_entity from public, anon, authenticated;

create function crm.close_listing(p_club_id bigint, p_entity text, p_total bigint, p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  listing crm.listings;
  listed_rows bigint;
  archived bigint := 0;
begin
  select known.* into listing
  from crm.listings as known
  where known.club_id = p_club_id and known.entity = p_entity
  for update;
  if listing.opened_at is null then
    raise exception 'No listing of % is open for club %: open one first.', p_entity, p_club_id
      using errcode = 'object_not_in_prerequisite_state';
  end if;

  if listing.mode = 'full' then
    select count(*) into listed_rows
    from crm.listed_ids as listed
    where listed.club_id = p_club_id and listed.entity = p_entity;

    -- What a whole listing did not show is gone, but only if it showed as many as the platform says there are, and anything
    -- at all: a club that suddenly has no clients has a trouble, not a loss.
    if listed_rows > 0 and listed_rows >= coalesce(p_total, 0) then
      archived := crm.archive_missing(p_club_id, p_entity, p_now);
    end if;
    delete from crm.listed_ids as listed where listed.club_id = p_club_id and listed.entity = p_entity;
    perform crm.analyze_entity(p_entity);
  end if;

  update crm.listings as known
  set complete_until = known.opened_at,
      completed_at = p_now,
      completed_rows = known.rows_read,
      archived_rows = archived,
      mode = null,
      opened_at = null,
      page = 0,
      rows_read = 0,
      changed_after = null
  where known.club_id = p_club_id and known.entity = p_entity;
  return archived;
end
$$;
comment on function crm.close_listing is
  'Closes a listing that was read to its end and returns how many rows were archived because a full listing no longer showed them.';

create function crm.archive_missing(p_club_id bigint, p_entity text, p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  archived bigint := 0;
begin
  if p_entity = 'clients' then
    update crm.clients as known
    set deleted_at = p_now
    where known.club_id = p_club_id
      and known.deleted_at is null
      and not exists (
        select from crm.listed_ids as listed
        where listed.club_id = p_club_id and listed.entity = 'clients' and listed.external_id = known.external_id
      );
  elsif p_entity = 'services' then
    update crm.services as known
    set is_deleted = true
    where known.club_id = p_club_id
      and not known.is_deleted
      and not exists (
        select from crm.listed_ids as listed
        where listed.club_id = p_club_id and listed.entity = 'services' and listed.external_id = known.external_id
      );
  elsif p_entity = 'staff' then
    update crm.staff as known
    set is_active = false
    where known.club_id = p_club_id
      and known.is_active
      and not exists (
        select from crm.listed_ids as listed
        where listed.club_id = p_club_id and listed.entity = 'staff' and listed.external_id = known.external_id
      );
  else
    return 0;
  end if;
  get diagnostics archived = row_count;
  return archived;
end
$$;
comment on function crm.archive_missing is
  'Marks as gone the clients, services and staff that the open full listing did not show; other entities have tombstones.';
