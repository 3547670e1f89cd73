-- Trying out a voice: three messages to real clients of the club, written as drafts are and shown to nobody but the club.
-- Nothing of it is a draft or is ever sent, and no contact is noted. What the writing costs counts in the drafting budget.
create table campaigns.voice_trials (
  club_id bigint not null references core.clubs on delete cascade,
  trial_id bigint generated always as identity,
  voice jsonb not null,
  scenario text not null references campaigns.scenarios (code),
  language text check (language in ('cs', 'uk', 'ru', 'en', 'bg')),
  form text not null check (form in ('template', 'free_text')),
  requested_by text not null,
  requested_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'writing', 'done', 'failed')),
  claims integer not null default 0,
  leased_until timestamptz,
  finished_at timestamptz,
  error text,
  primary key (club_id, trial_id),
  check ((state in ('done', 'failed')) = (finished_at is not null)),
  check ((state = 'failed') = (error is not null))
);
create index voice_trials_by_time on campaigns.voice_trials (club_id, requested_at);
create index voice_trials_open on campaigns.voice_trials (club_id, requested_at) where state in ('waiting', 'writing');
comment on table campaigns.voice_trials is 'One row per try of a voice that somebody asked for, with how far it is; kept for 30 days.';
comment on column campaigns.voice_trials.voice is 'The voice that is tried, saved or not, as a row of campaigns.voices; its version is the saved one it began from.';
comment on column campaigns.voice_trials.language is 'What all messages are to be written in; null: in what each client speaks.';

create table campaigns.trial_drafts (
  club_id bigint not null,
  trial_id bigint not null,
  place integer not null check (place between 1 and 3),
  client_id bigint not null,
  fits boolean not null,
  why text not null,
  variables jsonb not null,
  template_name text not null,
  template_language text not null,
  lease_token uuid,
  source text check (source in ('claude', 'static')),
  message text,
  rendered text,
  author text,
  usage jsonb not null default '{}',
  written_at timestamptz,
  primary key (club_id, trial_id, place),
  foreign key (club_id, trial_id) references campaigns.voice_trials (club_id, trial_id) on delete cascade,
  foreign key (club_id, client_id) references crm.clients (club_id, client_id) on delete cascade,
  foreign key (club_id, template_name, template_language) references campaigns.templates (club_id, name, language),
  check (num_nulls(source, message, rendered, author, written_at) in (0, 5))
);
create index trial_drafts_by_client on campaigns.trial_drafts (club_id, client_id);
comment on table campaigns.trial_drafts is 'One row per message of a trial: for which client, and, once it is written, what they would read. Never sent.';
comment on column campaigns.trial_drafts.fits is 'Whether the scenario fits the client today; else they only lend their facts.';
comment on column campaigns.trial_drafts.rendered is 'The whole message as the member would read it.';

alter table campaigns.voice_trials enable row level security;
alter table campaigns.trial_drafts enable row level security;
grant select on campaigns.voice_trials, campaigns.trial_drafts to authenticated;
create policy "operators read the trials of their clubs" on campaigns.voice_trials
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "operators read what was written in trials of their clubs" on campaigns.trial_drafts
  for select to authenticated using (club_id in (select core.my_clubs()));

create function campaigns.is_trial_waiting(p_now timestamptz) returns boolean
language sql stable set search_path = '' as $$
  select exists (
    select
    from campaigns.voice_trials as trial
    where trial.state in ('waiting', 'writing')
      and (trial.leased_until > p_now) is not true
  )
$$;
comment on function campaigns.is_trial_waiting is 'Whether somebody waits for a trial that nobody writes.';

create function campaigns.request_trial(
  p_club_id bigint, p_voice jsonb, p_scenario text, p_language text, p_form text, p_by text, p_now timestamptz
) returns bigint
language plpgsql set search_path = '' as $$
declare
  voice campaigns.voices;
  asked bigint;
begin
  if not exists (select from campaigns.scenarios as known where known.code = p_scenario and known.is_automated) then
    raise exception 'Scenario "%" can not be tried: choose one of %.',
      p_scenario, (select string_agg(known.code, ', ' order by known.priority) from campaigns.scenarios as known where known.is_automated)
      using errcode = 'no_data_found';
  end if;
  if p_language is not null and p_language <> all (array['cs', 'uk', 'ru', 'en', 'bg']) then
    raise exception 'The language must be cs, uk, ru, en or bg, or none for what each client speaks.' using errcode = 'check_violation';
  end if;
  if p_form is null or p_form not in ('template', 'free_text') then
    raise exception 'The form must be template (the line of a template) or free_text (a message of its own).'
      using errcode = 'check_violation';
  end if;
  -- Those who ask at once are counted one after the other.
  perform from core.clubs as club where club.club_id = p_club_id for no key update;
  if not found then
    raise exception 'There is no club %: ask for one in core.clubs.', p_club_id using errcode = 'no_data_found';
  end if;
  voice := campaigns.entered_voice(campaigns.voice_of(p_club_id), p_voice);
  if (
    select count(*)
    from campaigns.voice_trials as recent
    where recent.club_id = p_club_id and recent.requested_at > p_now - interval '1 minute'
  ) >= 5 then
    raise exception 'Five tries a minute are the most: wait a moment, and try again.' using errcode = 'object_not_in_prerequisite_state';
  end if;

  insert into campaigns.voice_trials (club_id, voice, scenario, language, form, requested_by, requested_at)
  values (p_club_id, to_jsonb(voice), p_scenario, p_language, p_form, p_by, p_now)
  returning trial_id into asked;
  perform core.audit(
    p_club_id, p_by, 'voice.tried', 'trial:' || asked,
    jsonb_build_object('scenario', p_scenario, 'language', p_language, 'form', p_form), p_now
  );
  return asked;
end
$$;
comment on function campaigns.request_trial is
  'Asks for a voice, saved or not, to be tried in a scenario; the trial''s id. Fails with a sentence for a voice that can not be, and after five in a minute.';

create function campaigns.forget_trials(p_now timestamptz) returns void
language sql set search_path = '' as $$
  -- They hold names and were for looking at.
  delete from campaigns.voice_trials as old where old.requested_at < p_now - interval '30 days'
$$;
comment on function campaigns.forget_trials is 'Deletes the trials of more than 30 days ago, with what was written in them.';
