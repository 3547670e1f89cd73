-- Asking Meta for the starter templates: who asked, what came of it, and what Meta refused to take in.
create table campaigns.template_requests (
  club_id bigint primary key references core.clubs on delete cascade,
  requested_by text not null,
  requested_at timestamptz not null,
  answered_at timestamptz,
  failed_at timestamptz,
  error text,
  check ((failed_at is null) = (error is null))
);
comment on table campaigns.template_requests is 'One row per club that asked for the starter templates to be submitted: the last time, and what came of it.';
comment on column campaigns.template_requests.answered_at is 'When Meta had been told all of them; null while they are waiting.';
comment on column campaigns.template_requests.error is 'Why the last try broke off; it is made again.';

create table campaigns.template_refusals (
  club_id bigint not null references core.clubs on delete cascade,
  name text not null,
  language text not null,
  reason text not null,
  refused_at timestamptz not null,
  primary key (club_id, name, language)
);
comment on table campaigns.template_refusals is 'One row per starter template that Meta did not even take in for review, with its words for it.';

alter table campaigns.template_requests enable row level security;
alter table campaigns.template_refusals enable row level security;
grant select on campaigns.template_requests, campaigns.template_refusals to authenticated;
create policy "operators read what their clubs asked of Meta" on campaigns.template_requests
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "operators read what Meta refused their clubs" on campaigns.template_refusals
  for select to authenticated using (club_id in (select core.my_clubs()));

create function campaigns.request_templates(p_club_id bigint, p_actor text, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  -- Asked again while it waits, it waits on; what failed is tried at once.
  insert into campaigns.template_requests as known (club_id, requested_by, requested_at)
  values (p_club_id, p_actor, p_now)
  on conflict (club_id) do update set
    requested_by = excluded.requested_by,
    requested_at = excluded.requested_at,
    answered_at = null,
    failed_at = null,
    error = null
  where known.answered_at is not null or known.failed_at is not null;
  perform core.audit(p_club_id, p_actor, 'templates.requested', 'club:' || p_club_id, '{}', p_now);
end
$$;
comment on function campaigns.request_templates is 'Asks for the starter templates that Meta does not have yet to be submitted.';

create function campaigns.is_submission_due(p_now timestamptz) returns boolean
language sql stable set search_path = '' as $$
  select exists (
    select
    from campaigns.template_requests as request
    where request.answered_at is null
      -- What has just failed waits a while.
      and (request.failed_at > p_now - interval '10 minutes') is not true
  )
$$;
comment on function campaigns.is_submission_due is 'Whether a club waits for the starter templates to be submitted.';

create function campaigns.keep_submission(p_club_id bigint, p_refused jsonb, p_error text, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  if p_error is not null then
    update campaigns.template_requests as request
    set failed_at = p_now, error = p_error
    where request.club_id = p_club_id and request.answered_at is null;
    return;
  end if;

  delete from campaigns.template_refusals as refusal where refusal.club_id = p_club_id;
  insert into campaigns.template_refusals (club_id, name, language, reason, refused_at)
  select p_club_id, given.name, given.language, given.reason, p_now
  from jsonb_to_recordset(p_refused) as given (name text, language text, reason text);
  -- Whoever asked while the submission was under way asked for what it did.
  update campaigns.template_requests as request
  set answered_at = p_now, failed_at = null, error = null
  where request.club_id = p_club_id and request.answered_at is null;
end
$$;
comment on function campaigns.keep_submission is
  'Keeps what came of submitting the starter templates: [{name, language, reason}] that Meta refused, or the error that broke it off.';
