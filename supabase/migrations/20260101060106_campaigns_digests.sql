-- Many messages of one kind that wait together: a person who would not read 48 cards reads a digest, with samples of them.
-- One row per digest: messages of one scenario (one campaign) in one language, approved together or shown one by one.
create table campaigns.digests (
  club_id bigint not null references core.clubs on delete cascade,
  digest_id bigint generated always as identity,
  scenario text not null references campaigns.scenarios (code),
  campaign_id bigint,
  language text not null check (language in ('cs', 'uk', 'ru', 'en', 'bg')),
  mode text not null check (mode in ('together', 'one_by_one', 'approved')),
  version integer not null default 1 check (version > 0),
  opened_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  outcome jsonb,
  primary key (club_id, digest_id),
  foreign key (club_id, campaign_id) references campaigns.campaigns (club_id, campaign_id) on delete cascade,
  check ((mode = 'approved') = (outcome is not null))
);
create index digests_together on campaigns.digests (club_id) where mode = 'together';
comment on table campaigns.digests is 'One row per digest of messages that wait together: one scenario or campaign, one language.';
comment on column campaigns.digests.version is 'Counts up when messages join: who approves all approves those they were told of.';
comment on column campaigns.digests.outcome is 'Of an approved one: what came of its messages, as campaigns.approve_drafts says it.';

-- One row per draft in a digest, with the version it had when it joined: one edited since is not approved unseen.
create table campaigns.digest_drafts (
  club_id bigint not null,
  draft_id uuid not null,
  digest_id bigint not null,
  version integer not null,
  joined_at timestamptz not null,
  primary key (club_id, draft_id),
  foreign key (club_id, draft_id) references campaigns.drafts (club_id, draft_id) on delete cascade,
  foreign key (club_id, digest_id) references campaigns.digests (club_id, digest_id) on delete cascade
);
create index digest_drafts_by_digest on campaigns.digest_drafts (club_id, digest_id);
comment on table campaigns.digest_drafts is 'One row per draft in a digest, with the version that the digest stands for.';

alter table campaigns.digests enable row level security;
alter table campaigns.digest_drafts enable row level security;
grant select on campaigns.digests, campaigns.digest_drafts to authenticated;
create policy "operators read the digests of their clubs" on campaigns.digests
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "operators read the drafts in digests of their clubs" on campaigns.digest_drafts
  for select to authenticated using (club_id in (select core.my_clubs()));

create view campaigns.digest_waiting with (security_invoker = true) as
  -- One row per draft that a digest still stands for: nobody decided about it, edited it or put it off.
  select member.club_id, member.digest_id, draft.draft_id, draft.planned_at, draft.expires_at
  from campaigns.digest_drafts as member
  join campaigns.drafts as draft
    on draft.club_id = member.club_id
    and draft.draft_id = member.draft_id
  where draft.status = 'pending'
    and draft.version = member.version
    and draft.snoozed_until is null;
comment on view campaigns.digest_waiting is 'One row per draft that its digest still stands for.';
grant select on campaigns.digest_waiting to service_role;

create function campaigns.moderation_load(p_now timestamptz) returns table (club_id bigint, waiting bigint)
language sql stable set search_path = '' rows 10 as $$
  select draft.club_id, count(*)
  from campaigns.drafts as draft
  where draft.status in ('planned', 'drafted', 'pending')
    and draft.expires_at > p_now
    and (draft.status = 'pending' or draft.delivery_mode = 'moderation')
    and (draft.snoozed_until > p_now) is not true
  group by draft.club_id
$$;
comment on function campaigns.moderation_load is 'How many messages of each club wait for a person or will, those being written included.';

create function campaigns.lock_digest(p_club_id bigint, p_digest_id bigint, p_version integer, out digest campaigns.digests, out refusal jsonb)
language plpgsql set search_path = '' as $$
begin
  select known.* into digest
  from campaigns.digests as known
  where known.club_id = p_club_id and known.digest_id = p_digest_id
  for update;
  refusal := case
    when digest.digest_id is null then '{"outcome": "unknown"}'::jsonb
    when digest.mode <> 'together' then jsonb_build_object(
      'outcome', 'already_decided', 'mode', digest.mode, 'decided_by', digest.decided_by
    )
    when digest.version <> p_version then '{"outcome": "old_version"}'::jsonb
  end;
end
$$;
comment on function campaigns.lock_digest is 'A digest, locked, and why nothing can be decided about this version of it; null when it can.';

create function campaigns.approve_digest(p_club_id bigint, p_digest_id bigint, p_version integer, p_actor text, p_now timestamptz)
returns jsonb
language plpgsql set search_path = '' as $$
declare
  locked record;
  counts jsonb;
begin
  locked := campaigns.lock_digest(p_club_id, p_digest_id, p_version);
  if locked.refusal is not null then
    return locked.refusal;
  end if;
  counts := campaigns.approve_drafts(
    p_club_id,
    array(
      select waiting.draft_id
      from campaigns.digest_waiting as waiting
      where waiting.club_id = p_club_id and waiting.digest_id = p_digest_id
    ),
    p_actor,
    p_now
  );
  update campaigns.digests as known
  set mode = 'approved', decided_by = p_actor, decided_at = p_now, outcome = counts
  where known.club_id = p_club_id and known.digest_id = p_digest_id;
  -- What was edited or put off meanwhile was not meant: it comes as a card of its own.
  delete from campaigns.digest_drafts as member
  using campaigns.drafts as draft
  where member.club_id = p_club_id
    and member.digest_id = p_digest_id
    and draft.club_id = member.club_id
    and draft.draft_id = member.draft_id
    and draft.status = 'pending';
  return jsonb_build_object('outcome', 'approved') || counts;
end
$$;
comment on function campaigns.approve_digest is
  'Approves every message that this version of a digest still stands for: {outcome approved|already_decided|old_version|unknown, approved, expired, not_eligible}.';

create function campaigns.split_digest(p_club_id bigint, p_digest_id bigint, p_version integer, p_actor text, p_now timestamptz)
returns jsonb
language plpgsql set search_path = '' as $$
declare
  locked record;
begin
  locked := campaigns.lock_digest(p_club_id, p_digest_id, p_version);
  if locked.refusal is not null then
    return locked.refusal;
  end if;
  update campaigns.digests as known
  set mode = 'one_by_one', decided_by = p_actor, decided_at = p_now
  where known.club_id = p_club_id and known.digest_id = p_digest_id;
  perform core.audit(p_club_id, p_actor, 'digest.split', 'digest:' || p_digest_id, '{}', p_now);
  return '{"outcome": "one_by_one"}'::jsonb;
end
$$;
comment on function campaigns.split_digest is
  'Has the messages of a digest shown one by one: {outcome one_by_one|already_decided|old_version|unknown}.';
