-- What the owner is told about drafting: that the day's budget is used up, that the key is refused, that Claude has been silent for a day.
-- One row per club, local day and kind, shown in the dashboard and told once in the moderation chat.
create table campaigns.drafting_notices (
  club_id bigint not null references core.clubs on delete cascade,
  notice_date date not null,
  kind text not null check (kind in ('budget_money', 'budget_drafts', 'key_refused', 'no_answer')),
  noticed_at timestamptz not null,
  detail jsonb not null,
  leased_until timestamptz,
  chat_id text,
  message_id bigint,
  told_at timestamptz,
  primary key (club_id, notice_date, kind)
);
create index drafting_notices_untold on campaigns.drafting_notices (club_id, notice_date) where told_at is null;
comment on table campaigns.drafting_notices is
  'One row per club, local day and kind of what the owner is told about drafting; told_at: when the moderation chat was.';
comment on column campaigns.drafting_notices.detail is 'The figures of that moment: budget, spent, drafts, or why there is no answer.';

alter table campaigns.drafting_notices enable row level security;
grant select on campaigns.drafting_notices to authenticated;
create policy "operators read the drafting notices of their clubs" on campaigns.drafting_notices
  for select to authenticated using (club_id in (select core.my_clubs()));

create function campaigns.notice_drafting(p_club_id bigint, p_kind text, p_detail jsonb, p_now timestamptz) returns boolean
language plpgsql set search_path = '' as $$
begin
  insert into campaigns.drafting_notices (club_id, notice_date, kind, noticed_at, detail)
  values (p_club_id, core.local_date(p_club_id, p_now), p_kind, p_now, p_detail)
  on conflict do nothing;
  if not found then
    return false;
  end if;
  perform core.audit(p_club_id, 'system:drafting', 'drafting.' || p_kind, 'club:' || p_club_id, p_detail, p_now);
  return true;
end
$$;
comment on function campaigns.notice_drafting is 'Notes and audits something about drafting that the owner is told; false when this day knows it already.';

create function campaigns.due_drafting_notices(p_now timestamptz)
returns table (club_id bigint, notice_date date, kind text)
language sql stable set search_path = '' rows 10 as $$
  select notice.club_id, notice.notice_date, notice.kind
  from campaigns.drafting_notices as notice
  where notice.told_at is null
    and (notice.leased_until > p_now) is not true
    -- Tomorrow there is a new budget: what was not told in time is in the dashboard.
    and notice.notice_date = core.local_date(notice.club_id, p_now)
$$;
comment on function campaigns.due_drafting_notices is 'Notices of today, by each club''s calendar, that the moderation chat has not been told.';

create function campaigns.claim_drafting_notices(p_lease_seconds integer, p_now timestamptz) returns jsonb
language plpgsql set search_path = '' as $$
declare
  claimed jsonb;
begin
  with waiting as materialized (
    select known.club_id, known.notice_date, known.kind
    from campaigns.drafting_notices as known
    where (known.club_id, known.notice_date, known.kind) in (
        select due.club_id, due.notice_date, due.kind from campaigns.due_drafting_notices(p_now) as due
      )
      and known.told_at is null
      and (known.leased_until > p_now) is not true
    order by known.noticed_at
    limit 5
    for update skip locked
  ),
  taken as (
    update campaigns.drafting_notices as notice
    set leased_until = p_now + make_interval(secs => p_lease_seconds)
    from waiting
    where notice.club_id = waiting.club_id
      and notice.notice_date = waiting.notice_date
      and notice.kind = waiting.kind
    returning notice.*
  )
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'club_id', taken.club_id,
        'club', club.name,
        'notice_date', taken.notice_date,
        'kind', taken.kind,
        'detail', taken.detail
      )
      order by taken.noticed_at
    ),
    '[]'
  )
  into claimed
  from taken
  join core.clubs as club using (club_id);
  return claimed;
end
$$;
comment on function campaigns.claim_drafting_notices is 'Claims a few notices for the moderation chat, with what they say.';

create function campaigns.store_drafting_notice(
  p_club_id bigint, p_notice_date date, p_kind text, p_chat_id text, p_message_id bigint, p_now timestamptz
) returns void
language sql set search_path = '' as $$
  update campaigns.drafting_notices as notice
  set chat_id = p_chat_id,
      message_id = p_message_id,
      told_at = p_now,
      leased_until = null
  where notice.club_id = p_club_id
    and notice.notice_date = p_notice_date
    and notice.kind = p_kind
$$;
comment on function campaigns.store_drafting_notice is 'Remembers which message of the moderation chat told a notice: it is not told again.';
