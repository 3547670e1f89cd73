-- How a listing ends: whole, with what it archived and counted, or hopeless. Only a listing read to its end says who is gone.
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
