-- The writing of trials: what the writer is given, and what came of it.
-- Each message has one writer at a time: whoever dies leaves it to the next, up to three times; what they spent stays counted.
create function campaigns.fail_trial(p_trial campaigns.voice_trials, p_error text, p_now timestamptz) returns void
language sql set search_path = '' as $$
  update campaigns.voice_trials as known
  set state = 'failed', error = p_error, finished_at = p_now, leased_until = null
  where known.club_id = p_trial.club_id and known.trial_id = p_trial.trial_id
$$;
comment on function campaigns.fail_trial is 'Ends a trial without its messages, and says why.';

create function campaigns.finish_trial(p_club_id bigint, p_trial_id bigint, p_now timestamptz) returns text
language plpgsql set search_path = '' as $$
begin
  update campaigns.voice_trials as trial
  set state = 'done', finished_at = p_now, leased_until = null
  where trial.club_id = p_club_id
    and trial.trial_id = p_trial_id
    and trial.state = 'writing'
    and not exists (
      select
      from campaigns.trial_drafts as draft
      where draft.club_id = p_club_id
        and draft.trial_id = p_trial_id
        and draft.message is null
    );
  return (
    select trial.state from campaigns.voice_trials as trial where trial.club_id = p_club_id and trial.trial_id = p_trial_id
  );
end
$$;
comment on function campaigns.finish_trial is 'Ends a trial of which every message is written; its state.';

create function campaigns.claim_trials(
  p_limit integer, p_lease_seconds integer, p_model text, p_estimate_micro_usd bigint, p_now timestamptz
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  trial campaigns.voice_trials;
  draft campaigns.trial_drafts;
  obstacle text;
  tasks jsonb := '[]';
begin
  for trial in
    with open_trial as materialized (
      select known.club_id, known.trial_id
      from campaigns.voice_trials as known
      where known.state in ('waiting', 'writing')
        and (known.leased_until > p_now) is not true
      order by known.requested_at
      limit p_limit
      for update skip locked
    ),
    claimed as (
      update campaigns.voice_trials as known
      set state = 'writing',
          claims = known.claims + 1,
          leased_until = p_now + make_interval(secs => p_lease_seconds)
      from open_trial
      where known.club_id = open_trial.club_id and known.trial_id = open_trial.trial_id
      returning known.*
    )
    -- In the order in which clubs are charged: two workers would else wait for each other.
    select claimed.* from claimed order by claimed.club_id, claimed.trial_id
  loop
    obstacle := case when trial.claims > 3 then 'It was begun three times and never finished: try again later.' end;
    if trial.claims = 1 then
      -- What breaks one trial is told to whoever asked for it, and holds up nobody else.
      begin
        obstacle := campaigns.begin_trial(trial, p_now);
      exception when query_canceled or others then
        obstacle := sqlerrm;
      end;
    end if;
    if obstacle is not null then
      perform campaigns.fail_trial(trial, obstacle, p_now);
      continue;
    end if;

    for draft in
      update campaigns.trial_drafts as known
      set lease_token = gen_random_uuid()
      where known.club_id = trial.club_id
        and known.trial_id = trial.trial_id
        and known.message is null
      returning known.*
    loop
      tasks := tasks || jsonb_build_array(
        campaigns.writing_task(
          draft.club_id, draft.client_id, trial.scenario, trial.form, draft.template_name, draft.template_language, draft.variables,
          jsonb_populate_record(null::campaigns.voices, trial.voice)
        )
        || jsonb_build_object(
          'club_id', draft.club_id,
          'trial_id', draft.trial_id,
          'place', draft.place,
          'lease_token', draft.lease_token,
          'static_reason', case
            when p_model is not null
              then campaigns.charge_draft(draft.club_id, null, draft.lease_token, p_model, false, p_estimate_micro_usd, p_now)
          end
        )
      );
    end loop;
    -- Nothing is left to write when the last of its clients was deleted meanwhile.
    perform campaigns.finish_trial(trial.club_id, trial.trial_id, p_now);
  end loop;
  return tasks;
end
$$;
comment on function campaigns.claim_trials is
  'Claims trials for p_lease_seconds, reserves what asking p_model costs at most (null: drafting is off), and returns a writing task for each message that is not written yet.';

create function campaigns.store_trial_draft(
  p_club_id bigint, p_trial_id bigint, p_place integer, p_lease_token uuid, p_message text, p_source text, p_author text,
  p_usage jsonb, p_now timestamptz
) returns text
language plpgsql set search_path = '' as $$
declare
  trial campaigns.voice_trials;
begin
  perform campaigns.settle_charge(p_club_id, p_lease_token, p_usage, p_now);
  select known.* into trial
  from campaigns.voice_trials as known
  where known.club_id = p_club_id and known.trial_id = p_trial_id
  for update;
  if trial.state is distinct from 'writing' then
    return coalesce(trial.state, 'unknown');
  end if;

  -- Of a writer whose lease another took over, nothing counts but what it spent.
  update campaigns.trial_drafts as draft
  set lease_token = null,
      source = p_source,
      message = p_message,
      rendered = campaigns.whole_message(
        p_club_id, trial.form, template, draft.variables, jsonb_populate_record(null::campaigns.voices, trial.voice), p_message
      ),
      author = p_author,
      usage = p_usage,
      written_at = p_now
  from campaigns.templates as template
  where draft.club_id = p_club_id
    and draft.trial_id = p_trial_id
    and draft.place = p_place
    and draft.lease_token = p_lease_token
    and template.club_id = draft.club_id
    and template.name = draft.template_name
    and template.language = draft.template_language;

  return campaigns.finish_trial(p_club_id, p_trial_id, p_now);
end
$$;
comment on function campaigns.store_trial_draft is
  'Stores what was written for one client of a trial, for the lease that asked for it; the state of the trial, done with its last message.';
