-- One row per draft shown in Telegram: which message shows it, and what it shows. A card that shows an older state than its
-- draft's is due; so is a pending draft without a card.
create table campaigns.cards (
  club_id bigint not null,
  draft_id uuid not null,
  chat_id text,
  message_id bigint,
  shown_version integer,
  shown_status text,
  leased_until timestamptz,
  primary key (club_id, draft_id),
  foreign key (club_id, draft_id) references campaigns.drafts (club_id, draft_id) on delete cascade
);
comment on table campaigns.cards is 'One row per draft shown in Telegram: the message that shows it and the state it shows.';

alter table campaigns.cards enable row level security;
grant select on campaigns.cards to authenticated;
create policy "operators read the cards of their clubs" on campaigns.cards
  for select to authenticated using (club_id in (select core.my_clubs()));

create view campaigns.due_cards with (security_invoker = true) as
  -- One row per draft whose card is missing, or shows an older state than the draft's.
  select draft.club_id, draft.draft_id, draft.planned_at, card.message_id, card.leased_until
  from campaigns.drafts as draft
  left join campaigns.cards as card using (club_id, draft_id)
  where (draft.status = 'pending' and card.message_id is null)
    or (card.message_id is not null and (card.shown_version, card.shown_status) is distinct from (draft.version, draft.status));
grant select on campaigns.due_cards to service_role;

create function campaigns.card_of(p_club_id bigint, p_draft_id uuid) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'club_id', draft.club_id,
    'draft_id', draft.draft_id,
    'version', draft.version,
    'status', draft.status,
    'decided_by', draft.decided_by,
    'decided_at', draft.decided_at,
    'decision_reason', draft.decision_reason,
    'message_id', card.message_id,
    'chat_id', card.chat_id,
    'member', concat_ws(' ', coalesce(client.first_name, split_part(client.name, ' ', 1)),
      nullif(left(split_part(client.name, ' ', 2), 1), '') || '.'),
    'segment', definition.name,
    'scenario', scenario.name,
    'why', draft.why,
    'language', draft.language,
    'form', draft.form,
    'rendered', wording.rendered,
    'source', wording.source,
    'expires_at', draft.expires_at,
    'timezone', club.timezone,
    'club', club.name
  )
  from campaigns.drafts as draft
  join core.clubs as club using (club_id)
  join crm.clients as client using (club_id, client_id)
  join campaigns.scenarios as scenario on scenario.code = draft.scenario
  left join segments.definitions as definition on definition.code = draft.segment
  join campaigns.draft_versions as wording
    on wording.club_id = draft.club_id and wording.draft_id = draft.draft_id and wording.version = draft.version
  left join campaigns.cards as card on card.club_id = draft.club_id and card.draft_id = draft.draft_id
  where draft.club_id = p_club_id
    and draft.draft_id = p_draft_id
$$;
comment on function campaigns.card_of is 'Everything a moderation card shows of a draft, as it is now.';

create function campaigns.claim_cards(p_limit integer, p_lease_seconds integer, p_now timestamptz) returns jsonb
language plpgsql set search_path = '' as $$
declare
  claimed jsonb;
begin
  insert into campaigns.cards (club_id, draft_id)
  select due.club_id, due.draft_id from campaigns.due_cards as due
  on conflict do nothing;

  with waiting as materialized (
    select known.club_id, known.draft_id
    from campaigns.cards as known
    join campaigns.due_cards as due using (club_id, draft_id)
    where (known.leased_until > p_now) is not true
    order by due.message_id is null, due.planned_at
    limit p_limit
    for update of known skip locked
  ),
  taken as (
    update campaigns.cards as card
    set leased_until = p_now + make_interval(secs => p_lease_seconds)
    from waiting
    where card.club_id = waiting.club_id
      and card.draft_id = waiting.draft_id
    returning card.club_id, card.draft_id
  )
  select coalesce(jsonb_agg(campaigns.card_of(taken.club_id, taken.draft_id)), '[]') into claimed from taken;
  return claimed;
end
$$;
comment on function campaigns.claim_cards is 'Claims cards that must be sent or redrawn, with what they show.';

create function campaigns.store_card(
  p_club_id bigint, p_draft_id uuid, p_chat_id text, p_message_id bigint, p_version integer, p_status text
) returns void
language sql set search_path = '' as $$
  insert into campaigns.cards as card (club_id, draft_id, chat_id, message_id, shown_version, shown_status)
  values (p_club_id, p_draft_id, p_chat_id, p_message_id, p_version, p_status)
  on conflict (club_id, draft_id) do update set
    chat_id = excluded.chat_id,
    message_id = excluded.message_id,
    shown_version = excluded.shown_version,
    shown_status = excluded.shown_status,
    leased_until = null
$$;
comment on function campaigns.store_card is 'Remembers which Telegram message shows a draft, and the state it shows.';
