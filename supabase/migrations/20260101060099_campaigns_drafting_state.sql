-- Whether drafts are written by Claude now, and if not, why.
-- One row per club of what draft-messages last said of itself; everything else is read off what was charged and written.
create table campaigns.drafting_states (
  club_id bigint primary key references core.clubs on delete cascade,
  model text,
  seen_at timestamptz not null
);
comment on table campaigns.drafting_states is 'One row per club: the model drafts are asked of, null while drafting is off, and when draft-messages last said so.';

alter table campaigns.drafting_states enable row level security;
grant select on campaigns.drafting_states to authenticated;
create policy "operators read the drafting states of their clubs" on campaigns.drafting_states
  for select to authenticated using (club_id in (select core.my_clubs()));

-- The newest wordings of a club, and those of a day.
create index draft_versions_by_time on campaigns.draft_versions (club_id, written_at);

create function campaigns.note_drafting(p_model text, p_now timestamptz) returns void
language sql set search_path = '' as $$
  insert into campaigns.drafting_states as state (club_id, model, seen_at)
  select club.club_id, p_model, p_now
  from core.clubs as club
  order by club.club_id
  on conflict (club_id) do update set model = excluded.model, seen_at = excluded.seen_at
  -- It runs every few seconds: what is known is not written again each time.
  where state.model is distinct from excluded.model
    or state.seen_at < excluded.seen_at - interval '10 minutes'
$$;
comment on function campaigns.note_drafting is 'Notes for every club that draft-messages runs, and with which model; null: without a key.';

create function campaigns.is_drafting_unseen(p_now timestamptz) returns boolean
language sql stable set search_path = '' as $$
  select exists (
    select
    from core.clubs as club
    left join campaigns.drafting_states as state using (club_id)
    where (state.seen_at > p_now - interval '30 minutes') is not true
  )
$$;
comment on function campaigns.is_drafting_unseen is
  'Whether draft-messages should run just to say that it does: a quiet club''s dashboard is to tell "nothing to do" from "does not run".';

create function campaigns.drafting_failure(p_club_id bigint, p_now timestamptz)
returns table (failing_since timestamptz, reason text, is_key_refused boolean)
language sql stable set search_path = '' as $$
  -- No row: Claude answers, or was not asked for two days. A slow minute is no failure, a refused key is one at once.
  with asked as (
    select
      wording.written_at,
      wording.usage ->> 'fallback_reason' as reason,
      wording.usage ->> 'fallback_cause' is not distinct from 'no_answer' as is_unanswered,
      row_number() over (order by wording.written_at desc, wording.draft_id) as place
    from campaigns.draft_versions as wording
    where wording.club_id = p_club_id
      and wording.written_at > p_now - interval '2 days'
      and wording.source in ('claude', 'static')
      and (wording.usage ->> 'attempts')::integer > 0
  ),
  judged as (
    select
      min(asked.written_at) filter (where asked.place < coalesce(answered.place, asked.place + 1)) as failing_since,
      min(asked.reason) filter (where asked.place = 1) as reason,
      bool_or(asked.is_unanswered and asked.reason ~ '^Claude answered 40[13] ') filter (where asked.place = 1) as is_key_refused,
      count(*) filter (where asked.place <= 3 and asked.is_unanswered) as unanswered_of_three
    from asked
    left join (select min(known.place) as place from asked as known where not known.is_unanswered) as answered on true
  )
  select judged.failing_since, judged.reason, judged.is_key_refused
  from judged
  where judged.is_key_refused
    or judged.unanswered_of_three = 3
$$;
comment on function campaigns.drafting_failure is
  'Since when Claude answers none of a club''s questions, and the last reason: the last three had no answer, or the last was refused its key.';

create function campaigns.notice_drafting_failures(p_now timestamptz) returns void
language sql set search_path = '' as $$
  select campaigns.notice_drafting(
    club.club_id,
    case when failure.is_key_refused then 'key_refused' else 'no_answer' end,
    jsonb_build_object('since', failure.failing_since, 'reason', failure.reason),
    p_now
  )
  from core.clubs as club
  cross join lateral campaigns.drafting_failure(club.club_id, p_now) as failure
  -- Claude may be overloaded for an hour: somebody has to do something about a key, and about a whole day.
  where failure.is_key_refused
    or failure.failing_since <= p_now - interval '1 day'
$$;
comment on function campaigns.notice_drafting_failures is 'Notices clubs whose key Claude refuses, or whose questions it has not answered for a day.';

create function campaigns.drafting_state(p_club_id bigint, p_now timestamptz)
returns table (
  state text,
  model text,
  seen_at timestamptz,
  budget_usd numeric,
  daily_drafts integer,
  spent_micro_usd bigint,
  reserved_micro_usd bigint,
  drafts bigint,
  since timestamptz,
  reason text
)
language sql stable set search_path = '' rows 1 as $$
  select
    case
      when (known.seen_at >= p_now - interval '1 hour') is not true then 'unseen'
      when known.model is null then 'off'
      when setting.drafting_budget_usd = 0 or setting.drafting_daily_drafts = 0 then 'no_budget'
      when stop.kind is not null then stop.kind
      when failure.failing_since is not null then 'failing'
      else 'on'
    end,
    known.model,
    known.seen_at,
    setting.drafting_budget_usd,
    setting.drafting_daily_drafts,
    charged.spent_micro_usd,
    charged.reserved_micro_usd,
    charged.drafts,
    coalesce(stop.noticed_at, failure.failing_since),
    case when stop.kind is null then failure.reason end
  from core.settings as setting
  cross join lateral campaigns.charged(p_club_id, core.local_date(p_club_id, p_now)) as charged
  left join campaigns.drafting_states as known on known.club_id = setting.club_id
  -- A stop that still holds: nobody has raised the budget since, and no claim turned out cheaper than it was reserved for.
  left join lateral (
    select notice.kind, notice.noticed_at
    from campaigns.drafting_notices as notice
    where notice.club_id = p_club_id
      and notice.notice_date = core.local_date(p_club_id, p_now)
      and case notice.kind
        when 'budget_money' then
          charged.spent_micro_usd + charged.reserved_micro_usd + (notice.detail ->> 'estimate_micro_usd')::bigint
            > setting.drafting_budget_usd * 1000000
        when 'budget_drafts' then charged.drafts >= setting.drafting_daily_drafts
        else false
      end
    order by notice.noticed_at
    limit 1
  ) as stop on true
  left join lateral campaigns.drafting_failure(p_club_id, p_now) as failure on true
  where setting.club_id = p_club_id
$$;
comment on function campaigns.drafting_state is
  'How drafting stands in a club: on, off, unseen, no_budget, budget_money, budget_drafts or failing; the model, what of today''s budget is used, since when it stands still and why.';

grant execute on function campaigns.drafting_failure, campaigns.drafting_state to authenticated;
