-- On whom a voice is tried: three clients whom the scenario fits today, with the facts a draft to them would have.
-- Always the same three on the same day, so that two voices can be compared; of several languages one of each.
create function campaigns.trial_template(
  p_club_id bigint, p_scenario text, p_language text, p_is_only boolean, p_variables jsonb
) returns campaigns.templates
language sql stable set search_path = '' as $$
  -- As campaigns.choose_template; but what Meta still reviews is good enough to look at.
  select template.*
  from campaigns.templates as template
  join core.clubs as club on club.club_id = template.club_id
  cross join lateral (select split_part(template.language, '_', 1) as language) as spoken
  where template.club_id = p_club_id
    and template.scenario = p_scenario
    and template.status <> 'DELETED'
    and (spoken.language = p_language or (not p_is_only and spoken.language = club.default_language))
    and campaigns.can_fill(template.parameters, p_variables, spoken.language)
  order by
    spoken.language = p_language desc,
    campaigns.is_usable(template) desc,
    substring(template.name from '_v([0-9]+)$')::numeric desc nulls last,
    template.name,
    template.language
  limit 1
$$;
comment on function campaigns.trial_template is
  'The template in which a trial is shown: in the language, unless it is the only one wanted else the club''s; null when there is none.';

create function campaigns.trial_candidates(p_club_id bigint, p_scenario text, p_at timestamptz)
returns table (client_id bigint, language text, fits boolean, rank bigint, why text, variables jsonb)
language sql stable set search_path = '' set plan_cache_mode = 'force_custom_plan' rows 100 as $$
  with today as materialized (
    select core.local_date(p_club_id, p_at) as as_of
  ),
  fitting as materialized (
    select found.*
    from today
    cross join lateral campaigns.evaluate(p_club_id, today.as_of, p_at, p_scenario) as found
    -- Who wants no messages is none to try them on.
    where found.skip_reason is distinct from 'suppressed'
  ),
  -- Who came last lends their facts where too few fit.
  recent as materialized (
    select stat.*
    from stats.client_stats as stat
    join crm.clients as client using (club_id, client_id)
    where stat.club_id = p_club_id
      and stat.visits_total > 0
      and client.deleted_at is null
      and stat.client_id not in (select fitting.client_id from fitting)
      and (select count(*) from fitting) < 3
    order by stat.last_visit_date desc, stat.client_id
    limit 20
  )
  select
    fitting.client_id,
    fitting.language,
    true,
    row_number() over (order by fitting.skip_reason is null desc, fitting.client_id),
    fitting.why,
    fitting.variables
  from fitting
  union all
  select
    recent.client_id,
    checked.language,
    false,
    row_number() over (order by recent.last_visit_date desc, recent.client_id),
    format('last visit on %s, %s in all', recent.last_visit_date, recent.visits_total),
    jsonb_strip_nulls(jsonb_build_object(
      'first_name', checked.first_name,
      'days_since_last_visit', today.as_of - recent.last_visit_date,
      'visits_total', recent.visits_total,
      'milestone', case
        when p_scenario = 'milestone'
          then (select max(step.visits) from unnest(array[10, 25, 50, 100, 200, 500]) as step (visits) where step.visits <= recent.visits_total)
      end,
      'days_since_last_pt_visit', case when p_scenario = 'pt_dropout' then today.as_of - recent.last_pt_visit_date end
    ))
  from today
  cross join recent
  join campaigns.client_checks(
    p_club_id, (select today.as_of from today), p_at, (select coalesce(array_agg(recent.client_id), '{}') from recent)
  ) as checked on checked.client_id = recent.client_id
  where not checked.is_suppressed
$$;
comment on function campaigns.trial_candidates is
  'On whom a scenario could be tried: whom it fits today, opted out or not wanted aside, and where too few do, who came last; the first in rank is to be taken first.';

create function campaigns.begin_trial(p_trial campaigns.voice_trials, p_now timestamptz) returns text
language plpgsql set search_path = '' as $$
declare
  chosen bigint;
begin
  with candidate as materialized (
    select
      found.*,
      row_number() over (
        partition by found.fits, found.language order by found.rank
      ) as turn
    from campaigns.trial_candidates(p_trial.club_id, p_trial.scenario, p_now) as found
  ),
  shown as (
    select
      candidate.*,
      template.name as template_name,
      template.language as template_language,
      row_number() over (
        order by
          candidate.fits desc, (candidate.language = p_trial.language) is true desc, candidate.turn, candidate.rank
      ) as place
    from candidate
    cross join lateral campaigns.trial_template(
      p_trial.club_id, p_trial.scenario, coalesce(p_trial.language, candidate.language), p_trial.language is not null,
      candidate.variables
    ) as template
    where template.name is not null
  ),
  habit as (
    select known.*
    from campaigns.usual_habits(
      p_trial.club_id, core.local_date(p_trial.club_id, p_now),
      (select coalesce(array_agg(shown.client_id), '{}') from shown where shown.place <= 3)
    ) as known
  )
  insert into campaigns.trial_drafts (
    club_id, trial_id, place, client_id, fits, why, variables, template_name, template_language
  )
  select
    p_trial.club_id,
    p_trial.trial_id,
    shown.place,
    shown.client_id,
    shown.fits,
    shown.why,
    shown.variables
      || jsonb_strip_nulls(jsonb_build_object('usual_service', habit.usual_service, 'usual_weekday', habit.usual_weekday)),
    shown.template_name,
    shown.template_language
  from shown
  left join habit on habit.client_id = shown.client_id
  where shown.place <= 3;
  get diagnostics chosen = row_count;
  if chosen > 0 then
    return null;
  end if;
  if not exists (
    select
    from campaigns.templates as template
    where template.club_id = p_trial.club_id
      and template.scenario = p_trial.scenario
      and template.status <> 'DELETED'
      and (p_trial.language is null or split_part(template.language, '_', 1) = p_trial.language)
  ) then
    return 'There is no template for it, in which the message would stand: submit the starter templates, or choose another language or scenario.';
  end if;
  return 'There is nobody to try it on: no client whose facts are known has visited yet.';
end
$$;
comment on function campaigns.begin_trial is 'Chooses the clients of a trial; null, or the sentence that says why there are none.';

grant execute on function campaigns.draft_facts to authenticated;
