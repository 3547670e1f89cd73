-- The voice of a club in the dashboard: what it is and was, saving another, and trying one out before that.
create view api.voices with (security_invoker = true) as
  -- One row per version; the newest holds. Version 0 is the product's own.
  select
    voice.club_id,
    voice.version,
    voice.tone,
    voice.signature,
    voice.allowed_offers,
    voice.forbidden_words,
    voice.opening_hours,
    voice.changed_by,
    operator.email as changed_by_email,
    voice.changed_at
  from (
    select kept.* from campaigns.voices as kept
    union all
    select standard.*
    from core.clubs as club
    cross join lateral campaigns.default_voice(club.club_id) as standard
  ) as voice
  left join core.operators as operator
    on operator.club_id = voice.club_id
    and 'operator:' || operator.user_id = voice.changed_by;
comment on view api.voices is
  'One row per version of a club''s voice, with who saved it when; the highest version holds, and version 0 is what every club begins with.';

create view api.trials with (security_invoker = true) as
  -- One row per trial of the last 30 days.
  select
    trial.club_id,
    trial.trial_id,
    trial.voice,
    trial.scenario,
    trial.language,
    trial.form,
    trial.requested_by,
    trial.requested_at,
    trial.state,
    trial.finished_at,
    trial.error,
    (
      select coalesce(
        jsonb_agg(
          jsonb_build_object(
            'place', draft.place,
            'client_id', draft.client_id,
            'member', client.name,
            'fits', draft.fits,
            'why', draft.why,
            'language', split_part(draft.template_language, '_', 1),
            'facts', campaigns.draft_facts(draft.variables),
            'source', draft.source,
            'message', draft.message,
            'rendered', draft.rendered,
            'fallback_reason', draft.usage ->> 'fallback_reason',
            'repaired', coalesce(draft.usage -> 'repaired', '[]'),
            'warnings', coalesce(draft.usage -> 'warnings', '[]')
          )
          order by draft.place
        ),
        '[]'
      )
      from campaigns.trial_drafts as draft
      join crm.clients as client
        on client.club_id = draft.club_id
        and client.client_id = draft.client_id
      where draft.club_id = trial.club_id
        and draft.trial_id = trial.trial_id
    ) as drafts
  from campaigns.voice_trials as trial;
comment on view api.trials is
  'One row per trial of a voice, with how far it is and what was written for which client, each with its facts and why the standard text was taken.';

-- Security definer, both: nobody signed in may write tables; these doors check who knocks.
create function api.change_voice(p_club_id bigint, p_voice jsonb, p_expected_version integer) returns integer
language plpgsql security definer set search_path = '' as $$
begin
  if coalesce(core.my_role(p_club_id), '') not in ('owner', 'operator') then
    raise exception 'Only an owner or operator of the club may change how it speaks.' using errcode = 'insufficient_privilege';
  end if;
  return campaigns.change_voice(p_club_id, p_voice, p_expected_version, 'operator:' || auth.uid(), now());
end
$$;
comment on function api.change_voice is
  'Saves a club''s voice as its next version, as the signed-in person; returns the version. For owners and operators.';

create function api.request_trial(
  p_club_id bigint, p_voice jsonb, p_scenario text, p_language text default null, p_form text default 'template'
) returns bigint
language plpgsql security definer set search_path = '' as $$
begin
  if coalesce(core.my_role(p_club_id), '') not in ('owner', 'operator') then
    raise exception 'Only an owner or operator of the club may try out how it speaks.' using errcode = 'insufficient_privilege';
  end if;
  return campaigns.request_trial(p_club_id, p_voice, p_scenario, p_language, p_form, 'operator:' || auth.uid(), now());
end
$$;
comment on function api.request_trial is
  'Asks for a voice, saved or not, to be tried on three clients, as the signed-in person; nothing is sent. Returns the trial''s id. For owners and operators.';

grant select on api.voices, api.trials to authenticated;
revoke all on function api.change_voice, api.request_trial from public, anon, service_role;
grant execute on function api.change_voice, api.request_trial to authenticated;
