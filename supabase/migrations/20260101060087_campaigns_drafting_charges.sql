-- What drafts and their translations cost: one row per claim for Claude, its estimate reserved before the question and settled with what it really cost.
-- Concurrent claims never pass a club's limits of the day, and a worker that dies leaves its estimate standing: a crash hides no money.
-- Prices are known in one place, prices.ts of draft-messages: the caller brings the estimate, the most that one claim can cost.
create table campaigns.drafting_charges (
  club_id bigint not null references core.clubs on delete cascade,
  lease_token uuid not null,
  draft_id uuid,
  charged_at timestamptz not null,
  charged_date date not null,
  model text not null,
  is_batch boolean not null,
  is_translation boolean not null,
  estimate_micro_usd bigint not null check (estimate_micro_usd > 0),
  cost_micro_usd bigint check (cost_micro_usd >= 0),
  attempts integer check (attempts >= 0),
  settled_at timestamptz,
  primary key (club_id, lease_token),
  check ((settled_at is null) = (cost_micro_usd is null))
);
create index drafting_charges_by_date on campaigns.drafting_charges (club_id, charged_date);
comment on table campaigns.drafting_charges is 'One row per claim of a draft, or of its translation, for Claude, in millionths of a US dollar.';
comment on column campaigns.drafting_charges.draft_id is
  'The draft it was for; null for a trial of the voice. No reference: what a draft cost outlives the draft.';
comment on column campaigns.drafting_charges.is_translation is
  'It was for what a draft says in the language of the moderation chat: it costs money of the day''s budget, and is none of its drafts.';
comment on column campaigns.drafting_charges.charged_date is 'The club''s local date of the claim: the day whose budget it counts in, whenever it is settled.';
comment on column campaigns.drafting_charges.cost_micro_usd is 'What it really cost; null, and the estimate counts, until it is settled.';

alter table campaigns.drafting_charges enable row level security;
grant select on campaigns.drafting_charges to authenticated;
create policy "operators read the drafting charges of their clubs" on campaigns.drafting_charges
  for select to authenticated using (club_id in (select core.my_clubs()));

create function campaigns.charged(p_club_id bigint, p_date date)
returns table (spent_micro_usd bigint, reserved_micro_usd bigint, drafts bigint)
language sql stable set search_path = '' as $$
  select
    coalesce(sum(charge.cost_micro_usd), 0)::bigint,
    coalesce(sum(charge.estimate_micro_usd) filter (where charge.settled_at is null), 0)::bigint,
    -- A question that was answered by an error of Claude's costs nothing, and is no draft; nor is a translation of one.
    count(*) filter (where coalesce(charge.cost_micro_usd, charge.estimate_micro_usd) > 0 and not charge.is_translation)
  from campaigns.drafting_charges as charge
  where charge.club_id = p_club_id
    and charge.charged_date = p_date
$$;
comment on function campaigns.charged is
  'What a club''s drafts and translations of a local day cost, what is reserved for those whose cost is not known yet, and how many drafts they are.';
grant execute on function campaigns.charged to authenticated;

create function campaigns.charge_draft(
  p_club_id bigint, p_draft_id uuid, p_lease_token uuid, p_model text, p_is_batch boolean, p_estimate_micro_usd bigint,
  p_now timestamptz, p_is_translation boolean default false
) returns text
language plpgsql set search_path = '' as $$
declare
  today date := core.local_date(p_club_id, p_now);
  setting core.settings;
  charged record;
  obstacle text;
begin
  -- One claim of a club after the other: two that look at the same room would both take it. Whoever charges several clubs in one
  -- transaction does so in the order of club_id, or two such transactions wait for each other.
  perform pg_advisory_xact_lock(hashtextextended('campaigns.charge_draft', p_club_id));
  -- What is reserved for a lease is reserved once.
  if exists (
    select from campaigns.drafting_charges as known where known.club_id = p_club_id and known.lease_token = p_lease_token
  ) then
    return null;
  end if;

  select known.* into strict setting from core.settings as known where known.club_id = p_club_id;
  select known.* into charged from campaigns.charged(p_club_id, today) as known;
  obstacle := case
    when charged.spent_micro_usd + charged.reserved_micro_usd + p_estimate_micro_usd > setting.drafting_budget_usd * 1000000
      then 'budget_money'
    -- Translations are not counted; a limit of zero means that Claude is not asked at all.
    when charged.drafts >= setting.drafting_daily_drafts and not (p_is_translation and setting.drafting_daily_drafts > 0)
      then 'budget_drafts'
  end;
  if obstacle is not null then
    -- Whoever set a limit of zero knows that Claude is not asked.
    if setting.drafting_budget_usd > 0 and setting.drafting_daily_drafts > 0 then
      perform campaigns.notice_drafting(
        p_club_id,
        obstacle,
        jsonb_build_object(
          'budget_usd', setting.drafting_budget_usd,
          'daily_drafts', setting.drafting_daily_drafts,
          'spent_micro_usd', charged.spent_micro_usd,
          'reserved_micro_usd', charged.reserved_micro_usd,
          'estimate_micro_usd', p_estimate_micro_usd,
          'drafts', charged.drafts
        ),
        p_now
      );
    end if;
    return obstacle;
  end if;

  insert into campaigns.drafting_charges (
    club_id, lease_token, draft_id, charged_at, charged_date, model, is_batch, is_translation, estimate_micro_usd
  )
  values (p_club_id, p_lease_token, p_draft_id, p_now, today, p_model, p_is_batch, p_is_translation, p_estimate_micro_usd);
  return null;
end
$$;
comment on function campaigns.charge_draft is
  'Reserves the estimate of one claim, in millionths of a US dollar, in the club''s day: null, or budget_money or budget_drafts when there is no room for it, of which the first of a day is noticed.';

create function campaigns.settle_charge(p_club_id bigint, p_lease_token uuid, p_usage jsonb, p_now timestamptz) returns void
language sql set search_path = '' as $$
  -- Whoever reports twice can only raise it. More than the estimate is kept as it is: the money is spent.
  update campaigns.drafting_charges as charge
  set cost_micro_usd = greatest(charge.cost_micro_usd, ceil((p_usage ->> 'cost_micro_usd')::numeric)::bigint),
      attempts = greatest(charge.attempts, (p_usage ->> 'attempts')::integer),
      settled_at = coalesce(charge.settled_at, p_now)
  where charge.club_id = p_club_id
    and charge.lease_token = p_lease_token
    and p_usage ->> 'cost_micro_usd' is not null
$$;
comment on function campaigns.settle_charge is
  'Puts what a claim really cost in the place of its estimate; a report that does not know the cost leaves the estimate standing.';
