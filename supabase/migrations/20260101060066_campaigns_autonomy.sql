-- Earned autonomy: a scenario in a language may go out without a person's approval once people approved enough of it in a row.
-- One row per automated scenario and language. It is asked anew at every planning, so it falls back at once.
create index drafts_decided on campaigns.drafts (
  club_id, scenario, split_part(template_language, '_', 1), decided_at desc, status desc, draft_id
) where status in ('approved', 'rejected') and decided_by not like 'system:%';

create function campaigns.scenario_languages() returns table (scenario text, language text)
language sql stable set search_path = '' rows 25 as $$
  select known.code, spoken.language
  from campaigns.scenarios as known
  cross join unnest(array['cs', 'uk', 'ru', 'en', 'bg']) as spoken (language)
  where known.is_automated
$$;
comment on function campaigns.scenario_languages is 'Every automated scenario with every language that it can be written in.';

create function campaigns.approval_streaks(p_club_id bigint, p_at timestamptz)
returns table (scenario text, language text, approvals bigint, edited bigint, setback text)
language sql stable set search_path = '' rows 25 as $$
  with doubt as materialized (
    -- What went out by itself and was judged bad is as good as rejected from that moment on. The last one tells: whatever came
    -- before it does not count any more.
    select
      draft.scenario,
      split_part(draft.template_language, '_', 1) as language,
      max(judgement.judged_at) as judged_at
    from campaigns.judgements as judgement
    join campaigns.drafts as draft
      on draft.club_id = judgement.club_id
      and draft.draft_id = judgement.draft_id
    where judgement.club_id = p_club_id
      and not judgement.is_good
      and judgement.judged_at <= p_at
    group by draft.scenario, split_part(draft.template_language, '_', 1)
  ),
  decision as (
    -- The last that people took: what expired, was voided or went out by itself says nothing about its words.
    select
      pair.scenario,
      pair.language,
      -- Of a rejection and an approval at one instant the rejection is the later: the doubt counts.
      row_number() over (
        partition by pair.scenario, pair.language
        order by decided.decided_at desc, decided.setback nulls last, decided.draft_id
      ) as place,
      decided.setback,
      decided.is_edited
    from campaigns.scenario_languages() as pair
    join core.settings as setting on setting.club_id = p_club_id
    cross join lateral (
      (
        select
          draft.draft_id,
          draft.decided_at,
          case when draft.status = 'rejected' then 'rejected' end as setback,
          exists (
            select
            from campaigns.draft_versions as version
            where version.club_id = draft.club_id
              and version.draft_id = draft.draft_id
              and version.source = 'operator'
          ) as is_edited
        from campaigns.drafts as draft
        where draft.club_id = p_club_id
          and draft.scenario = pair.scenario
          and split_part(draft.template_language, '_', 1) = pair.language
          and draft.status in ('approved', 'rejected')
          and draft.decided_by not like 'system:%'
          and draft.decided_at <= p_at
        order by draft.decided_at desc, draft.status desc, draft.draft_id
        limit setting.autonomy_min_approvals
      )
      union all
      select null, doubt.judged_at, 'judged bad', false
      from doubt
      where doubt.scenario = pair.scenario
        and doubt.language = pair.language
    ) as decided
  ),
  counted as (
    select decision.*
    from decision
    join core.settings as setting on setting.club_id = p_club_id
    where decision.place <= setting.autonomy_min_approvals
  ),
  fall as (
    select distinct on (counted.scenario, counted.language) counted.scenario, counted.language, counted.place, counted.setback
    from counted
    where counted.setback is not null
    order by counted.scenario, counted.language, counted.place
  )
  select
    counted.scenario,
    counted.language,
    count(*) filter (where (counted.place >= fall.place) is not true),
    count(*) filter (where counted.is_edited and (counted.place >= fall.place) is not true),
    max(fall.setback)
  from counted
  left join fall
    on fall.scenario = counted.scenario
    and fall.language = counted.language
  group by counted.scenario, counted.language
$$;
comment on function campaigns.approval_streaks is
  'Per scenario and language: of the last decisions by people, as many as autonomy asks for, the approvals since the last setback, how many of these were edited, and what the setback was: a message rejected, or one that went out by itself judged bad.';

create function campaigns.opt_outs(p_club_id bigint, p_at timestamptz)
returns table (scenario text, language text, sent bigint, opted_out bigint)
language sql stable set search_path = '' rows 25 as $$
  with contact as materialized (
    select
      draft.scenario,
      split_part(draft.template_language, '_', 1) as language,
      reached.client_id,
      reached.phone,
      reached.contacted_at
    from campaigns.contacts as reached
    join campaigns.drafts as draft
      on draft.club_id = reached.club_id
      and draft.draft_id = reached.draft_id
    where reached.club_id = p_club_id
      and reached.campaign_id is null
      and reached.contacted_at > p_at - interval '30 days'
      and reached.contacted_at <= p_at
  ),
  said as materialized (
    -- A row's first word, and its last: it may have begun as a phone that did not answer, or have been said twice.
    select suppression.phone, suppression.client_ids, word.said_at
    from campaigns.suppressions as suppression
    cross join lateral (values (suppression.suppressed_at), (suppression.said_at)) as word (said_at)
    where suppression.club_id = p_club_id
      and campaigns.is_own_word(suppression.cause)
      and word.said_at > p_at - interval '30 days'
      and word.said_at <= p_at
  ),
  answer as (
    select contact.scenario, contact.language, contact.phone
    from said
    join contact on contact.phone = said.phone
    where said.said_at between contact.contacted_at and contact.contacted_at + interval '7 days'
    union
    select contact.scenario, contact.language, contact.phone
    from said
    cross join lateral unnest(said.client_ids) as person (client_id)
    join contact on contact.client_id = person.client_id
    where said.said_at between contact.contacted_at and contact.contacted_at + interval '7 days'
  ),
  answered as (
    select answer.scenario, answer.language, count(*) as persons
    from answer
    group by answer.scenario, answer.language
  )
  select contact.scenario, contact.language, count(*), coalesce(max(answered.persons), 0)
  from contact
  left join answered
    on answered.scenario = contact.scenario
    and answered.language = contact.language
  group by contact.scenario, contact.language
$$;
comment on function campaigns.opt_outs is
  'Per scenario and language: the messages of the last 30 days, and the people who opted out by their own word within 7 days after one.';

create function campaigns.autonomy(p_club_id bigint, p_at timestamptz)
returns table (
  scenario text,
  language text,
  approvals_in_a_row integer,
  edited integer,
  opt_outs integer,
  sent integer,
  lowest_quality text,
  is_earned boolean,
  why text
)
language sql stable set search_path = '' rows 25 as $$
  with quality as (
    select
      template.scenario,
      split_part(template.language, '_', 1) as language,
      (array['RED', 'YELLOW', 'GREEN'])[min(array_position(array['RED', 'YELLOW', 'GREEN'], template.quality))] as lowest
    from campaigns.templates as template
    where template.club_id = p_club_id
      and campaigns.is_usable(template)
    group by template.scenario, split_part(template.language, '_', 1)
  ),
  known as (
    select
      setting.is_autonomy_on,
      setting.autonomy_min_approvals as asked,
      trunc(setting.autonomy_max_edited_share * setting.autonomy_min_approvals) as bearable_edits,
      pair.scenario,
      pair.language,
      coalesce(streak.approvals, 0) as approvals,
      coalesce(streak.edited, 0) as edited,
      streak.setback,
      coalesce(answered.sent, 0) as sent,
      coalesce(answered.opted_out, 0) as opted_out,
      coalesce(answered.opted_out >= 2 and answered.opted_out > setting.autonomy_max_opt_out_share * answered.sent, false) as is_spike,
      quality.lowest
    from core.settings as setting
    cross join campaigns.scenario_languages() as pair
    left join campaigns.approval_streaks(p_club_id, p_at) as streak
      on streak.scenario = pair.scenario
      and streak.language = pair.language
    left join campaigns.opt_outs(p_club_id, p_at) as answered
      on answered.scenario = pair.scenario
      and answered.language = pair.language
    left join quality
      on quality.scenario = pair.scenario
      and quality.language = pair.language
    where setting.club_id = p_club_id
  ),
  judged as (
    select
      known.*,
      case
        when not known.is_autonomy_on then 'Earned autonomy is switched off.'
        when known.lowest in ('RED', 'YELLOW') then
          format('The quality of its template dropped to %s: members block or report it.', known.lowest)
        when known.is_spike then
          format('%s people opted out within a week of its %s messages of the last 30 days.', known.opted_out, known.sent)
        when known.approvals < known.asked and known.setback is not null then
          format(
            'A message was %s: of the %s approvals in a row that it takes, %s were given since.',
            known.setback, known.asked, known.approvals
          )
        when known.approvals < known.asked then
          format('Of the %s approvals in a row that it takes, %s were given.', known.asked, known.approvals)
        when known.edited > known.bearable_edits then
          format('Of the last %s approved messages %s were edited; at most %s may be.', known.asked, known.edited, known.bearable_edits)
      end as obstacle
    from known
  )
  select
    judged.scenario,
    judged.language,
    judged.approvals::integer,
    judged.edited::integer,
    judged.opted_out::integer,
    judged.sent::integer,
    judged.lowest,
    judged.obstacle is null,
    coalesce(
      judged.obstacle,
      format('Approved in a row: %s; edited by a person before that: %s.', judged.asked, judged.edited)
    )
  from judged
$$;
comment on function campaigns.autonomy is
  'Per automated scenario and language at an instant: what people decided (at most as many as autonomy asks for), opt-outs, template quality, whether its messages may go out by themselves, and why or why not.';
grant execute on function campaigns.scenario_languages, campaigns.approval_streaks, campaigns.opt_outs, campaigns.autonomy to authenticated;
