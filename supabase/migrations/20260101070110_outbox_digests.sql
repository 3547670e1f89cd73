-- Digests in the moderation chat: gathered when more wait than a person reads one by one, each with samples and what stands out.
create function outbox.gather_digests(p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  bunch record;
  target bigint;
  gathered bigint := 0;
begin
  for bunch in
    with crowded as materialized (
      select load.club_id from campaigns.moderation_load(p_now) as load where load.waiting > 10
    ),
    open_draft as (
      select
        draft.club_id, draft.draft_id, draft.version, draft.status, draft.scenario, draft.campaign_id, draft.planned_at,
        split_part(draft.template_language, '_', 1) as language,
        draft.status = 'pending'
          and (draft.snoozed_until > p_now) is not true
          and post.message_id is null
          and member.draft_id is null as is_new,
        first_wording.written_at
      from crowded
      join campaigns.drafts as draft
        on draft.club_id = crowded.club_id
        and draft.status in ('planned', 'drafted', 'pending')
        and (draft.status = 'pending' or draft.delivery_mode = 'moderation')
        and draft.expires_at > p_now
      left join campaigns.digest_drafts as member
        on member.club_id = draft.club_id
        and member.draft_id = draft.draft_id
      left join outbox.posts as post on post.draft_id = draft.draft_id
      left join campaigns.draft_versions as first_wording
        on first_wording.club_id = draft.club_id
        and first_wording.draft_id = draft.draft_id
        and first_wording.version = 1
    )
    select
      open_draft.club_id, open_draft.scenario, open_draft.campaign_id, open_draft.language,
      array_agg(open_draft.draft_id order by open_draft.planned_at, open_draft.draft_id) filter (where open_draft.is_new) as draft_ids,
      array_agg(open_draft.version order by open_draft.planned_at, open_draft.draft_id) filter (where open_draft.is_new) as versions
    from open_draft
    group by open_draft.club_id, open_draft.scenario, open_draft.campaign_id, open_draft.language
    having bool_or(open_draft.is_new)
      -- A digest that grew with every draft would be read again and again; nobody waits for the rest for long.
      and (
        not bool_or(open_draft.status <> 'pending')
        or min(open_draft.written_at) filter (where open_draft.is_new) <= p_now - interval '10 minutes'
      )
    order by open_draft.club_id, min(open_draft.planned_at), open_draft.scenario, open_draft.language
  loop
    select digest.digest_id into target
    from campaigns.digests as digest
    where digest.club_id = bunch.club_id
      and digest.scenario = bunch.scenario
      and digest.campaign_id is not distinct from bunch.campaign_id
      and digest.language = bunch.language
      and digest.mode in ('together', 'one_by_one')
      and exists (
        select from campaigns.digest_waiting as waiting
        where waiting.club_id = digest.club_id and waiting.digest_id = digest.digest_id
      )
    order by digest.digest_id desc
    limit 1
    for update;

    if target is null then
      insert into campaigns.digests (club_id, scenario, campaign_id, language, mode, opened_at)
      values (
        bunch.club_id, bunch.scenario, bunch.campaign_id, bunch.language,
        -- Of one message the card is the digest.
        case cardinality(bunch.draft_ids) when 1 then 'one_by_one' else 'together' end,
        p_now
      )
      returning digest_id into target;
    else
      update campaigns.digests as digest
      set version = digest.version + 1
      where digest.club_id = bunch.club_id and digest.digest_id = target;
    end if;
    insert into campaigns.digest_drafts (club_id, draft_id, digest_id, version, joined_at)
    select bunch.club_id, newcomer.draft_id, target, newcomer.version, p_now
    from unnest(bunch.draft_ids, bunch.versions) as newcomer (draft_id, version);
    gathered := gathered + cardinality(bunch.draft_ids);
  end loop;
  return gathered;
end
$$;
comment on function outbox.gather_digests is
  'Gathers messages that nobody has seen into digests, where more than ten of a club wait; returns how many it gathered.';

create function outbox.digest_state(p_digest campaigns.digests) returns text
language sql stable set search_path = '' as $$
  select concat_ws(' ', p_digest.mode, 'v' || p_digest.version, case when p_digest.mode = 'together' then count(*) || ' waiting' end)
  from campaigns.digest_waiting as waiting
  where waiting.club_id = p_digest.club_id
    and waiting.digest_id = p_digest.digest_id
$$;
comment on function outbox.digest_state is 'What a digest shows, in short: it is drawn again when this changes.';

create function outbox.due_digests(p_now timestamptz)
returns table (kind text, object text, club_id bigint, since timestamptz, state text, lane text)
language sql stable set search_path = '' rows 20 as $$
  select
    'digest', concat(digest.club_id, '/', digest.digest_id), digest.club_id, digest.opened_at, current.state,
    case when post.message_id is null then 'send' else 'edit' end
  from campaigns.digests as digest
  left join outbox.posts as post
    on post.kind = 'digest'
    and post.object = concat(digest.club_id, '/', digest.digest_id)
  cross join lateral outbox.digest_state(digest) as current (state)
  where digest.mode = 'together'
    and case
      when post.message_id is null then exists (
        select from campaigns.digest_waiting as waiting
        where waiting.club_id = digest.club_id
          and waiting.digest_id = digest.digest_id
          and waiting.expires_at > p_now
      )
      else post.is_live and post.shown is distinct from current.state
    end
  union all
  select 'digest', post.object, post.club_id, digest.opened_at, outbox.digest_state(digest), 'edit'
  from outbox.posts as post
  join campaigns.digests as digest
    on digest.club_id = post.club_id
    and digest.digest_id = split_part(post.object, '/', 2)::bigint
  where post.kind = 'digest'
    and post.is_live
    and post.message_id is not null
    and digest.mode <> 'together'
$$;
comment on function outbox.due_digests is 'Digests that are not in the moderation chat and should be, or show an older state.';

create function outbox.digest_members(p_club_id bigint, p_digest_id bigint)
returns table (draft_id uuid, "position" bigint, marks text[], member jsonb)
language sql stable set search_path = '' rows 100 as $$
  with waiting as (
    select
      draft.draft_id,
      outbox.short_name(client.first_name, client.name) as name,
      draft.segment,
      draft.why,
      draft.variables,
      draft.scenario,
      draft.version,
      draft.form,
      wording.rendered,
      wording.message,
      wording.source,
      coalesce(jsonb_array_length(wording.usage -> 'warnings'), 0) as warnings,
      count(*) filter (where wording.source = 'static') over () * 2 < count(*) over () as is_static_rare,
      row_number() over (order by (draft.variables ->> 'days_since_last_visit')::integer desc nulls last, draft.draft_id) as longest_place,
      row_number() over (order by md5(draft.draft_id::text)) as place
    from campaigns.digest_waiting as member
    join campaigns.drafts as draft
      on draft.club_id = member.club_id
      and draft.draft_id = member.draft_id
    join crm.clients as client
      on client.club_id = draft.club_id
      and client.client_id = draft.client_id
    join campaigns.draft_versions as wording
      on wording.club_id = draft.club_id
      and wording.draft_id = draft.draft_id
      and wording.version = draft.version
    where member.club_id = p_club_id
      and member.digest_id = p_digest_id
  )
  select
    waiting.draft_id,
    waiting.place,
    array_remove(
      array[
        case when waiting.warnings > 0 then 'warning' end,
        case when waiting.source = 'static' and waiting.is_static_rare then 'standard_wording' end,
        case when waiting.form = 'free_text' then 'free_text' end,
        case when waiting.segment = 'vip' then 'vip' end,
        case when waiting.longest_place = 1 and waiting.variables ? 'days_since_last_visit' then 'longest_away' end
      ],
      null
    ),
    jsonb_build_object(
      'member', waiting.name,
      'scenario', waiting.scenario,
      'why', waiting.why,
      'variables', waiting.variables,
      'rendered', waiting.rendered,
      'message', waiting.message,
      'translation', campaigns.translation_of(p_club_id, waiting.draft_id, waiting.version)
    )
  from waiting
$$;
comment on function outbox.digest_members is
  'The messages a digest stands for, with a place by chance that stays, and what makes one stand out: warning, standard_wording, free_text, vip, longest_away.';

create function outbox.digest_samples(p_club_id bigint, p_digest_id bigint)
returns table (draft_id uuid, marks text[], member jsonb)
language sql stable set search_path = '' rows 6 as $$
  with members as materialized (
    select found.* from outbox.digest_members(p_club_id, p_digest_id) as found
  ),
  outlier as (
    select members.* from members where members.marks <> '{}' order by cardinality(members.marks) desc, members."position" limit 3
  )
  (
    select members.draft_id, '{}'::text[], members.member
    from members
    where members.draft_id not in (select outlier.draft_id from outlier)
    order by members."position"
    limit 3
  )
  union all
  select outlier.draft_id, outlier.marks, outlier.member from outlier
$$;
comment on function outbox.digest_samples is 'Up to three messages of a digest by chance, and up to three that stand out, with why.';

create function outbox.digest_body(p_object text, p_now timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'club_id', digest.club_id,
    'digest_id', digest.digest_id,
    'version', digest.version,
    'mode', digest.mode,
    'scenario', digest.scenario,
    'scenario_name', scenario.name,
    'campaign', campaign.name,
    'language', digest.language,
    'club', club.name,
    'timezone', club.timezone,
    'waiting', (
      select count(*) from campaigns.digest_waiting as waiting
      where waiting.club_id = digest.club_id and waiting.digest_id = digest.digest_id
    ),
    'expires_at', (
      select min(waiting.expires_at) from campaigns.digest_waiting as waiting
      where waiting.club_id = digest.club_id and waiting.digest_id = digest.digest_id
    ),
    'decided_by_name', core.actor_name(digest.club_id, digest.decided_by),
    'decided_at', digest.decided_at,
    'outcome', digest.outcome,
    'samples', case when digest.mode = 'together' then (
      select coalesce(jsonb_agg(sample.member || jsonb_build_object('marks', to_jsonb(sample.marks))), '[]')
      from outbox.digest_samples(digest.club_id, digest.digest_id) as sample
    ) else '[]'::jsonb end
  )
  from campaigns.digests as digest
  join core.clubs as club on club.club_id = digest.club_id
  join campaigns.scenarios as scenario on scenario.code = digest.scenario
  left join campaigns.campaigns as campaign
    on campaign.club_id = digest.club_id
    and campaign.campaign_id = digest.campaign_id
  where digest.club_id = split_part(p_object, '/', 1)::bigint
    and digest.digest_id = split_part(p_object, '/', 2)::bigint
$$;
comment on function outbox.digest_body is 'Everything a digest shows, as it is now.';
