-- A card in the moderation chat: one message we mean to send, for a person to decide about.
create function outbox.card_states(p_draft_ids uuid[], p_now timestamptz) returns table (draft_id uuid, state text)
language sql stable set search_path = '' rows 100 as $$
  select
    draft.draft_id,
    concat_ws(
      ' ',
      'v' || draft.version,
      draft.status,
      case when draft.status = 'pending' and draft.snoozed_until > p_now
        then 'snoozed ' || extract(epoch from draft.snoozed_until)::bigint
      end,
      -- A translation that came later is shown later.
      case when translation.text is not null then 'translated' end
    )
  from campaigns.drafts as draft
  join core.settings as setting on setting.club_id = draft.club_id
  left join campaigns.translations as translation
    on translation.club_id = draft.club_id
    and translation.draft_id = draft.draft_id
    and translation.version = draft.version
    and translation.language = setting.moderation_language
  where draft.draft_id = any (p_draft_ids)
$$;
comment on function outbox.card_states is 'What cards show of these drafts, in short: a card is drawn again when this changes.';

create function outbox.due_cards(p_now timestamptz)
returns table (kind text, object text, club_id bigint, since timestamptz, state text, lane text)
language sql stable set search_path = '' rows 100 as $$
  with crowded as materialized (
    -- More than a person reads one by one: what is not shown yet comes as digests.
    select load.club_id from campaigns.moderation_load(p_now) as load where load.waiting > 10
  ),
  fresh as (
    select draft.draft_id, draft.club_id, draft.planned_at
    from campaigns.drafts as draft
    left join outbox.posts as post on post.draft_id = draft.draft_id
    left join campaigns.digest_drafts as member
      on member.club_id = draft.club_id
      and member.draft_id = draft.draft_id
    left join campaigns.digests as digest
      on digest.club_id = member.club_id
      and digest.digest_id = member.digest_id
    where draft.status = 'pending'
      and draft.expires_at > p_now
      and (draft.snoozed_until > p_now) is not true
      and post.message_id is null
      and (post.retry_at > p_now) is not true
      and case
        when digest.digest_id is not null then digest.mode = 'one_by_one'
        else draft.club_id not in (select crowded.club_id from crowded)
      end
    order by draft.planned_at, draft.draft_id::text
    -- More than a chat takes in two minutes: the rest has its turn later.
    limit 50
  ),
  shown as (
    select post.draft_id, post.club_id, draft.planned_at, draft.status, post.shown
    from outbox.posts as post
    join campaigns.drafts as draft
      on draft.club_id = post.club_id
      and draft.draft_id = post.draft_id
    where post.kind = 'card'
      and post.is_live
      and post.message_id is not null
  ),
  current as (
    select found.draft_id, found.state
    from outbox.card_states(
      array(select fresh.draft_id from fresh union all select shown.draft_id from shown), p_now
    ) as found
  )
  select 'card', fresh.draft_id::text, fresh.club_id, fresh.planned_at, current.state, 'send'
  from fresh
  join current using (draft_id)
  union all
  select
    'card', shown.draft_id::text, shown.club_id, shown.planned_at, current.state,
    -- Whoever put it off wants to see it again, at the end of the chat.
    case when shown.status = 'pending' and shown.shown like '%snoozed%' and current.state not like '%snoozed%' then 'send' else 'edit' end
  from shown
  join current using (draft_id)
  where shown.shown is distinct from current.state
$$;
comment on function outbox.due_cards is 'Cards that are not in the moderation chat and should be (the next fifty), or show an older state than their message has.';

create function outbox.card_body(p_object text, p_now timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'club_id', draft.club_id,
    'draft_id', draft.draft_id,
    'version', draft.version,
    'status', draft.status,
    'decided_by', draft.decided_by,
    'decided_by_name', core.actor_name(draft.club_id, draft.decided_by),
    'decided_in', case split_part(draft.decided_by, ':', 1)
      when 'telegram' then 'telegram'
      when 'operator' then 'dashboard'
      when 'system' then 'system'
    end,
    'decided_at', draft.decided_at,
    'decision_reason', draft.decision_reason,
    'snoozed_until', case when draft.snoozed_until > p_now then draft.snoozed_until end,
    'snoozed_by_name', core.actor_name(draft.club_id, draft.snoozed_by),
    'member', outbox.short_name(client.first_name, client.name),
    'segment', draft.segment,
    'segment_name', segment.name,
    'scenario', draft.scenario,
    'scenario_name', scenario.name,
    'campaign', campaign.name,
    'why', draft.why,
    'variables', draft.variables,
    'language', split_part(draft.template_language, '_', 1),
    'form', draft.form,
    'message', wording.message,
    'rendered', wording.rendered,
    'source', wording.source,
    'author_name', core.actor_name(draft.club_id, wording.author),
    'warnings', coalesce(wording.usage -> 'warnings', '[]'),
    'expires_at', draft.expires_at,
    'timezone', club.timezone,
    'club', club.name,
    'translation', campaigns.translation_of(draft.club_id, draft.draft_id, draft.version),
    'facts', outbox.card_facts(draft.club_id, draft.draft_id, p_now)
  )
  from campaigns.drafts as draft
  join core.clubs as club on club.club_id = draft.club_id
  join crm.clients as client
    on client.club_id = draft.club_id
    and client.client_id = draft.client_id
  join campaigns.scenarios as scenario on scenario.code = draft.scenario
  left join campaigns.campaigns as campaign
    on campaign.club_id = draft.club_id
    and campaign.campaign_id = draft.campaign_id
  left join segments.definitions as segment on segment.code = draft.segment
  join campaigns.draft_versions as wording
    on wording.club_id = draft.club_id
    and wording.draft_id = draft.draft_id
    and wording.version = draft.version
  where draft.draft_id = p_object::uuid
$$;
comment on function outbox.card_body is 'Everything a card shows of a draft, as it is now.';

create function outbox.settle_posts(p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  settled bigint;
begin
  update outbox.posts as post
  set is_live = false
  from campaigns.drafts as draft
  where post.kind = 'card'
    and post.is_live
    and draft.club_id = post.club_id
    and draft.draft_id = post.draft_id
    and draft.expires_at < p_now - interval '1 day'
    and post.shown = (select current.state from outbox.card_states(array[draft.draft_id], p_now) as current);
  get diagnostics settled = row_count;
  return settled;
end
$$;
comment on function outbox.settle_posts is 'Looks no more at cards whose messages have long been on their way; returns how many.';
