-- The daily summary in the moderation chat: due when it is not there, or shows older judgements than there are.
-- A post of its own per club and day; its samples wait a little for their translations.
create function outbox.sample_translations(p_summary outbox.summaries) returns setof campaigns.translations
language sql stable set search_path = '' rows 5 as $$
  select translation.*
  from unnest(p_summary.samples) as sample (draft_id)
  join campaigns.drafts as draft
    on draft.club_id = p_summary.club_id
    and draft.draft_id = sample.draft_id
  join core.settings as setting on setting.club_id = p_summary.club_id
  join campaigns.translations as translation
    on translation.club_id = draft.club_id
    and translation.draft_id = draft.draft_id
    and translation.version = draft.version
    and translation.language = setting.moderation_language
$$;
comment on function outbox.sample_translations is 'What of a summary''s samples is or will be translated for the moderation chat.';

create function outbox.summary_state(p_summary outbox.summaries) returns text
language sql stable set search_path = '' as $$
  select concat_ws(
    ' ',
    -- Samples of whoever was erased are gone.
    (
      select count(*) || ' samples'
      from campaigns.drafts as draft
      where draft.club_id = p_summary.club_id
        and draft.draft_id = any (p_summary.samples)
    ),
    (
      select 'judged ' || md5(string_agg(concat(judgement.draft_id, judgement.judged_by, judgement.is_good), ' ' order by judgement.draft_id, judgement.judged_by))
      from campaigns.judgements as judgement
      where judgement.club_id = p_summary.club_id
        and judgement.draft_id = any (p_summary.samples)
    ),
    -- One that came later is shown later.
    (
      select nullif(count(*), 0) || ' translated'
      from outbox.sample_translations(p_summary) as translation
      where translation.text is not null
    )
  )
$$;
comment on function outbox.summary_state is 'What a summary shows, in short: it is drawn again when this changes.';

create function outbox.due_summaries(p_now timestamptz)
returns table (kind text, object text, club_id bigint, since timestamptz, state text, lane text)
language sql stable set search_path = '' rows 5 as $$
  select
    'summary', concat_ws('/', summary.club_id, summary.summary_date), summary.club_id, summary.made_at, current.state,
    case when post.message_id is null then 'send' else 'edit' end
  from outbox.summaries as summary
  left join outbox.posts as post
    on post.kind = 'summary'
    and post.object = concat_ws('/', summary.club_id, summary.summary_date)
  cross join lateral outbox.summary_state(summary) as current (state)
  where summary.made_at <= p_now
    -- What people think of an older one is kept all the same; its message stays as it is.
    and summary.made_at > p_now - interval '14 days'
    and case
      -- Nobody wants the week at once, when the chat comes back after one.
      when post.message_id is null then summary.made_at > p_now - interval '1 day' and (
        summary.made_at < p_now - interval '2 minutes'
        or not exists (select from outbox.sample_translations(summary) as translation where translation.finished_at is null)
      )
      else post.shown is distinct from current.state
    end
$$;
comment on function outbox.due_summaries is 'Daily summaries that the moderation chat does not show, or shows as they were.';

create function outbox.summary_body(p_object text, p_now timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'club_id', summary.club_id,
    'club', club.name,
    'timezone', club.timezone,
    'date', summary.summary_date,
    'made_at', summary.made_at,
    'counts', (
      select coalesce(
        jsonb_agg(
          bunch.counted || jsonb_build_object('scenario_name', scenario.name, 'campaign', campaign.name) order by bunch.place
        ),
        '[]'
      )
      from jsonb_array_elements(summary.counts) with ordinality as bunch (counted, place)
      join campaigns.scenarios as scenario on scenario.code = bunch.counted ->> 'scenario'
      left join campaigns.campaigns as campaign
        on campaign.club_id = summary.club_id
        and campaign.campaign_id = (bunch.counted ->> 'campaign_id')::bigint
    ),
    'samples', (
      select coalesce(
        jsonb_agg(
          jsonb_build_object(
            'draft_id', draft.draft_id,
            'member', outbox.short_name(client.first_name, client.name),
            'scenario', draft.scenario,
            'scenario_name', scenario.name,
            'language', split_part(draft.template_language, '_', 1),
            'rendered', message.rendered,
            'translation', campaigns.translation_of(draft.club_id, draft.draft_id, draft.version),
            'judgements', (
              select coalesce(
                jsonb_agg(
                  jsonb_build_object(
                    'is_good', judgement.is_good, 'name', core.actor_name(judgement.club_id, judgement.judged_by)
                  )
                  order by judgement.judged_at, judgement.judged_by
                ),
                '[]'
              )
              from campaigns.judgements as judgement
              where judgement.club_id = draft.club_id
                and judgement.draft_id = draft.draft_id
            )
          )
          order by sample.place
        ),
        '[]'
      )
      from unnest(summary.samples) with ordinality as sample (draft_id, place)
      join campaigns.drafts as draft
        on draft.club_id = summary.club_id
        and draft.draft_id = sample.draft_id
      join crm.clients as client
        on client.club_id = draft.club_id
        and client.client_id = draft.client_id
      join campaigns.scenarios as scenario on scenario.code = draft.scenario
      join outbox.messages as message
        on message.club_id = draft.club_id
        and message.draft_id = draft.draft_id
    )
  )
  from outbox.summaries as summary
  join core.clubs as club using (club_id)
  where summary.club_id = split_part(p_object, '/', 1)::bigint
    and summary.summary_date = split_part(p_object, '/', 2)::date
$$;
comment on function outbox.summary_body is
  'What a daily summary shows now: {club, date, made_at, counts, samples: [{draft_id, member, scenario, rendered, translation, judgements}]}.';
