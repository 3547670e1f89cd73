-- What people think of messages that nobody approved before they went out: good or bad, told afterwards under the daily summary.
-- One row per message and person: the last word of each. A bad one counts against earned autonomy as a rejection does.
create table campaigns.judgements (
  club_id bigint not null references core.clubs on delete cascade,
  draft_id uuid not null,
  judged_by text not null,
  is_good boolean not null,
  judged_at timestamptz not null,
  primary key (club_id, draft_id, judged_by),
  foreign key (club_id, draft_id) references campaigns.drafts (club_id, draft_id) on delete cascade
);
create index judgements_bad on campaigns.judgements (club_id, judged_at) where not is_good;
comment on table campaigns.judgements is 'One row per person and message that went out by itself, with what the person thinks of it.';

alter table campaigns.judgements enable row level security;
grant select on campaigns.judgements to authenticated;
create policy "operators read what is thought of the messages of their clubs" on campaigns.judgements
  for select to authenticated using (club_id in (select core.my_clubs()));

create function campaigns.judge_draft(p_club_id bigint, p_draft_id uuid, p_is_good boolean, p_actor text, p_now timestamptz)
returns text
language plpgsql set search_path = '' as $$
begin
  if not exists (
    select
    from campaigns.drafts as draft
    where draft.club_id = p_club_id
      and draft.draft_id = p_draft_id
      and draft.status = 'approved'
      -- What a person approved was judged by approving it.
      and draft.decided_by = 'system:notification'
  ) then
    return 'unknown';
  end if;
  insert into campaigns.judgements as known (club_id, draft_id, judged_by, is_good, judged_at)
  values (p_club_id, p_draft_id, p_actor, p_is_good, p_now)
  on conflict (club_id, draft_id, judged_by) do update set
    is_good = excluded.is_good,
    judged_at = excluded.judged_at
  where known.is_good <> excluded.is_good;
  if not found then
    return 'unchanged';
  end if;
  perform core.audit(p_club_id, p_actor, 'draft.judged', p_draft_id::text, jsonb_build_object('is_good', p_is_good), p_now);
  return 'judged';
end
$$;
comment on function campaigns.judge_draft is
  'Notes what a person thinks of a message that went out by itself: judged, unchanged (they had said so), or unknown for any other message. Who changes their mind is heard.';
