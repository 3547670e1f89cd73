-- What the edge functions call, with the service key only: thin doors to the rooms behind. Each takes the time of its caller.
create function api.sync_targets(p_now timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'club_id', club.club_id,
    'company_id', club.booking_company_id,
    'chain_id', club.booking_chain_id,
    'timezone', club.timezone,
    'country', club.country,
    'currency', club.currency,
    'default_language', club.default_language,
    'is_rebuild_due', crm.is_rebuild_due(club.club_id, p_now),
    'rebuild', (
      select under_way.cause
      from crm.rebuilds as under_way
      where under_way.club_id = club.club_id and under_way.finished_at is null
    ),
    'last_good_sync', crm.last_good_sync(club.club_id),
    'entities', (
      select coalesce(jsonb_object_agg(state.entity, jsonb_build_object(
        'complete_until', state.complete_until,
        'fresh_for_seconds', extract(epoch from crm.fresh_for(state.entity))::integer,
        'is_full_open', whole.opened_at is not null,
        'failed_at', whole.error_at
      )), '{}')
      from crm.mirror_states as state
      left join crm.listings as whole
        on whole.club_id = state.club_id and whole.entity = state.entity and whole.lane = 'full'
      where state.club_id = club.club_id
    )
  ) order by club.club_id), '[]')
  from core.clubs as club
  where club.booking_provider <> 'csv'
$$;
comment on function api.sync_targets is
  'The clubs with a booking platform to ask, with what an adapter must know of each, and where the mirror of each entity stands.';

create function api.lease_sync(
  p_club_id bigint, p_lane text, p_token uuid, p_lease_seconds integer, p_now timestamptz
) returns boolean
language plpgsql set search_path = '' as $$
begin
  insert into crm.sync_leases as lease (club_id, lane, token, leased_until)
  values (p_club_id, p_lane, p_token, p_now + make_interval(secs => p_lease_seconds))
  on conflict (club_id, lane) do update set token = excluded.token, leased_until = excluded.leased_until
  where lease.leased_until <= p_now or lease.token = excluded.token;
  return found;
end
$$;
comment on function api.lease_sync is 'Claims or prolongs the right to read a lane of a club; false while another holds it.';

create function api.release_sync(p_club_id bigint, p_lane text, p_token uuid) returns void
language sql set search_path = '' as $$
  delete from crm.sync_leases as lease
  where lease.club_id = p_club_id and lease.lane = p_lane and lease.token = p_token
$$;
comment on function api.release_sync is 'Gives the right to read a lane of a club back.';

create function api.take_request(
  p_bucket text, p_share text, p_per_second integer, p_per_minute integer, p_longest_wait_ms integer, p_now timestamptz
) returns integer
language sql set search_path = '' as $$
  select core.take_request(p_bucket, p_share, p_per_second, p_per_minute, p_longest_wait_ms, p_now)
$$;
comment on function api.take_request is
  'Reserves the next request of a share of a rate bucket; milliseconds to wait before making it, null when that is too long.';

create function api.hold_requests(p_bucket text, p_wait_ms integer, p_now timestamptz) returns void
language sql set search_path = '' as $$ select core.hold_requests(p_bucket, p_wait_ms, p_now) $$;
comment on function api.hold_requests is 'Holds a rate bucket for all after a throttling answer.';

create function api.begin_rebuild(p_club_id bigint, p_cause text, p_now timestamptz) returns bigint
language sql set search_path = '' as $$ select crm.begin_rebuild(p_club_id, p_cause, p_now) $$;
comment on function api.begin_rebuild is 'Begins to read everything of a club again; the rebuild''s id, or null while one is under way.';

create function api.open_listing(p_club_id bigint, p_entity text, p_lane text, p_now timestamptz) returns jsonb
language sql set search_path = '' as $$
  select to_jsonb(listing) from crm.open_listing(p_club_id, p_entity, p_lane, p_now) as listing
$$;
comment on function api.open_listing is 'Opens or resumes the listing of an entity in a lane; its row.';

create function api.apply_page(
  p_club_id bigint, p_entity text, p_lane text, p_page integer, p_rows jsonb, p_quarantined jsonb, p_requests bigint,
  p_asked_at timestamptz, p_now timestamptz
) returns bigint
language sql set search_path = '' as $$
  select crm.apply_page(p_club_id, p_entity, p_lane, p_page, p_rows, p_quarantined, p_requests, p_asked_at, p_now)
$$;
comment on function api.apply_page is 'Applies one page of the open listing; how many rows changed.';

create function api.unlisted_ids(p_club_id bigint, p_entity text) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(unlisted), '[]') from crm.unlisted_ids(p_club_id, p_entity) as unlisted
$$;
comment on function api.unlisted_ids is 'Rows the mirror believes to exist and the open full listing has not shown, as a list of ids.';

create function api.close_listing(
  p_club_id bigint, p_entity text, p_lane text, p_total bigint, p_gone text[], p_requests bigint, p_now timestamptz
) returns jsonb
-- The Data API takes the limit from here: a club with years of bookings needs more than its usual few seconds.
language sql set search_path = '' set statement_timeout = '100s' as $$
  select crm.close_listing(p_club_id, p_entity, p_lane, p_total, p_gone, p_requests, p_now)
$$;
comment on function api.close_listing is 'Closes a listing read to its end: {is_closed, archived}; not closed: read it again.';

create function api.fail_listing(
  p_club_id bigint, p_entity text, p_lane text, p_error text, p_is_hopeless boolean, p_now timestamptz
) returns void
language sql set search_path = '' as $$
  select crm.fail_listing(p_club_id, p_entity, p_lane, p_error, p_is_hopeless, p_now)
$$;
comment on function api.fail_listing is 'Notes why a listing stopped; hopeless ones are not asked for again every minute.';

create function api.finish_sync(p_club_id bigint, p_now timestamptz) returns bigint
-- As api.close_listing: the first time, everybody's numbers are computed.
language sql set search_path = '' set statement_timeout = '100s' as $$
  select case when crm.last_good_sync(p_club_id) is not null then segments.tick(p_club_id, p_now) end
$$;
comment on function api.finish_sync is
  'Brings rollup and segments of a club to what was synced; how many clients changed segment, null while its facts are not whole.';

create function api.claim_drafts(
  p_limit integer, p_lease_seconds integer, p_model text, p_estimate_micro_usd bigint, p_now timestamptz
) returns jsonb
language sql set search_path = '' as $$
  select campaigns.claim_drafts(p_limit, p_lease_seconds, p_model, p_estimate_micro_usd, p_now)
$$;
comment on function api.claim_drafts is
  'Claims planned drafts, reserves what asking a model for them costs at most (no model: drafting is off), and returns a writing task for each.';

create function api.store_draft(
  p_club_id bigint, p_draft_id uuid, p_lease_token uuid, p_message text, p_source text, p_author text, p_usage jsonb,
  p_now timestamptz
) returns text
language plpgsql set search_path = '' as $$
declare
  status text := campaigns.store_draft(p_club_id, p_draft_id, p_lease_token, p_message, p_source, p_author, p_usage, p_now);
begin
  if status = 'approved' then
    perform outbox.enqueue_approved(p_club_id, p_now);
  end if;
  return status;
end
$$;
comment on function api.store_draft is 'Stores the first wording of a claimed draft; the status it moved to.';

create function api.claim_messages(p_limit integer, p_lease_seconds integer, p_now timestamptz) returns jsonb
language sql set search_path = '' as $$ select outbox.claim_messages(p_limit, p_lease_seconds, p_now) $$;
comment on function api.claim_messages is 'Claims due messages after checking each again; what to send.';

create function api.start_send(p_club_id bigint, p_message_id uuid, p_token uuid, p_now timestamptz) returns boolean
language sql set search_path = '' as $$ select outbox.start_send(p_club_id, p_message_id, p_token, p_now) $$;
comment on function api.start_send is 'Notes that a message is about to be sent; false: do not send.';

create function api.settle_message(p_club_id bigint, p_message_id uuid, p_token uuid, p_report jsonb, p_now timestamptz) returns text
language sql set search_path = '' as $$ select outbox.settle_message(p_club_id, p_message_id, p_token, p_report, p_now) $$;
comment on function api.settle_message is 'Records the report of one attempt; the message''s new status.';

create function api.store_events(p_events jsonb, p_now timestamptz) returns bigint
language sql set search_path = '' as $$ select outbox.store_events(p_events, p_now) $$;
comment on function api.store_events is 'Stores updates of Meta as they came; how many were new.';

create function api.process_events(p_limit integer, p_now timestamptz) returns bigint
language sql set search_path = '' as $$ select outbox.process_events(p_limit, p_now) $$;
comment on function api.process_events is 'Processes stored updates of Meta; how many.';

create function api.clubs() returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('club_id', club.club_id) order by club.club_id), '[]') from core.clubs as club
$$;
comment on function api.clubs is 'Every club of the installation, wherever its facts come from.';

create function api.mirror_templates(p_club_id bigint, p_templates jsonb, p_now timestamptz) returns bigint
language sql set search_path = '' as $$ select campaigns.mirror_templates(p_club_id, p_templates, p_now) $$;
comment on function api.mirror_templates is 'Mirrors the complete list of WhatsApp templates; how many were given.';

create function api.keep_submission(p_club_id bigint, p_refused jsonb, p_error text, p_now timestamptz) returns void
language sql set search_path = '' as $$ select campaigns.keep_submission(p_club_id, p_refused, p_error, p_now) $$;
comment on function api.keep_submission is 'Keeps what came of submitting the starter templates: those Meta refused, or the error that broke it off.';

do $$
declare
  door regprocedure;
begin
  -- Service only: nobody else may even try.
  for door in
    select procedure.oid::regprocedure
    from pg_proc as procedure
    where procedure.pronamespace = 'api'::regnamespace
  loop
    execute format('revoke all on function %s from public, anon, authenticated', door);
    execute format('grant execute on function %s to service_role', door);
  end loop;
end
$$;
