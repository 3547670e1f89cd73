-- What the owner is told about drafting: that the day's budget is used up, that the key is refused, that Claude has been silent for a day.
-- One row per club, local day and kind, shown in the dashboard and once in the moderation chat.
create table campaigns.drafting_notices (
  club_id bigint not null references core.clubs on delete cascade,
  notice_date date not null,
  kind text not null check (kind in ('budget_money', 'budget_drafts', 'key_refused', 'no_answer')),
  noticed_at timestamptz not null,
  detail jsonb not null,
  primary key (club_id, notice_date, kind)
);
comment on table campaigns.drafting_notices is 'One row per club, local day and kind of what the owner is told about drafting.';
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
