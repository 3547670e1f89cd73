-- One row per one-off campaign: whom an operator writes to, what in, what it says, and from when to when.
-- draft → running → stopped | finished. Its words and its audience can be changed only while it is a draft: what was approved by
-- starting it is what is sent.
-- Every constraint that a person can break has a name, and as its comment the sentence that they read.
create table campaigns.campaigns (
  club_id bigint not null references core.clubs on delete cascade,
  campaign_id bigint generated always as identity,
  name text not null
    constraint campaign_has_a_name check (btrim(name) <> '' and length(name) <= 120),

  segment text
    constraint campaign_segment_is_known references campaigns.cooldowns (segment),
  languages text[]
    constraint campaign_languages_are_known
    check (languages <@ array['cs', 'uk', 'ru', 'en', 'bg'] and cardinality(languages) > 0 and array_position(languages, null) is null),
  last_visit_from_days integer
    constraint campaign_last_visit_begins_within_ten_years check (last_visit_from_days between 0 and 3650),
  last_visit_until_days integer
    constraint campaign_last_visit_ends_within_ten_years check (last_visit_until_days between 0 and 3650),
  tags text[]
    constraint campaign_tags_are_said check (cardinality(tags) > 0 and array_position(tags, null) is null and array_position(tags, '') is null),

  template_name text
    constraint campaign_template_is_a_name check (template_name ~ '^[a-z0-9_]+$' and length(template_name) <= 512),
  fallback_language text
    constraint campaign_fallback_is_a_language check (fallback_language in ('cs', 'uk', 'ru', 'en', 'bg')),
  messages jsonb not null default '{}'
    constraint campaign_messages_are_one_line_a_language check (
      jsonb_typeof(messages) = 'object'
      and messages - array['cs', 'uk', 'ru', 'en', 'bg'] = '{}'
      and not jsonb_path_exists(messages, '$.* ? (@.type() != "string")')
    ),
  starts_date date not null,
  ends_date date not null,

  status text not null default 'draft' check (status in ('draft', 'running', 'stopped', 'finished')),
  stopped_reason text,
  created_by text not null,
  created_at timestamptz not null,
  started_by text,
  started_at timestamptz,
  spoken_languages text[],
  approved_texts jsonb,
  stopped_by text,
  stopped_at timestamptz,

  primary key (club_id, campaign_id),
  -- A draft may be incomplete, so that nothing entered is lost; campaigns.check_campaign says what it lacks.
  check (status = 'draft' or (template_name is not null and starts_date <= ends_date)),
  check ((status = 'draft') = (started_at is null)),
  check (num_nulls(started_at, started_by, spoken_languages, approved_texts) in (0, 4)),
  check ((status = 'stopped') = (stopped_at is not null) and num_nulls(stopped_at, stopped_by, stopped_reason) in (0, 3))
);
create index campaigns_running on campaigns.campaigns (club_id, starts_date, ends_date) where status = 'running';
comment on table campaigns.campaigns is 'One row per one-off campaign of a club: its audience, its template and words, its days and state.';
comment on column campaigns.campaigns.segment is 'One of the eight segments, or ''unsegmented''; null: everybody.';
comment on column campaigns.campaigns.languages is 'Only clients who speak one of these; null: whatever they speak.';
comment on column campaigns.campaigns.last_visit_from_days is 'Only clients whose last visit is this many days ago or more; null: no lower end.';
comment on column campaigns.campaigns.last_visit_until_days is 'Only clients whose last visit is this many days ago or less; null: no upper end.';
comment on column campaigns.campaigns.tags is 'Only clients who carry one of these tags in the booking platform; null: with or without.';
comment on column campaigns.campaigns.template_name is 'The template, whose variants in several languages bear one name; null: not chosen yet.';
comment on column campaigns.campaigns.fallback_language is
  'The language of the template for whoever speaks one in which there is no usable one; null: they are not written to.';
comment on column campaigns.campaigns.spoken_languages is
  'What its audience spoke when it was started: when the template can not be sent to one of these any more, the campaign stops.';
comment on column campaigns.campaigns.approved_texts is
  'The template''s texts as they were when it was started, {language: text}: when Meta shows another text, the campaign stops.';
comment on column campaigns.campaigns.messages is
  'What {{message}} becomes: one line for each language of the template; {} where the template has no {{message}}.';

do $$
declare
  sentence record;
begin
  for sentence in
    select *
    from (values
      ('campaign_has_a_name', 'A campaign needs a name of at most 120 characters: it is how you find it again.'),
      ('campaign_segment_is_known', 'The segment must be one of the eight, or unsegmented: leave it empty for everybody.'),
      ('campaign_languages_are_known', 'The languages must be among cs, uk, ru, en and bg: choose none for whatever a client speaks.'),
      ('campaign_last_visit_begins_within_ten_years', 'The last visit must be 0 to 3650 days ago or more: leave it empty for no lower end.'),
      ('campaign_last_visit_ends_within_ten_years', 'The last visit must be 0 to 3650 days ago or less: leave it empty for no upper end.'),
      ('campaign_tags_are_said', 'A tag may not be empty: choose none for clients with or without tags.'),
      ('campaign_template_is_a_name', 'A template''s name has only small letters, digits and underscores: choose one from the list.'),
      ('campaign_fallback_is_a_language', 'The fallback language must be cs, uk, ru, en or bg: leave it empty for none.'),
      ('campaign_messages_are_one_line_a_language', 'The message must be one line of text for each of the languages cs, uk, ru, en and bg.')
    ) as said (name, words)
  loop
    execute format('comment on constraint %I on campaigns.campaigns is %L', sentence.name, sentence.words);
  end loop;
end
$$;

alter table campaigns.campaigns enable row level security;
grant select on campaigns.campaigns to authenticated;
create policy "operators read the campaigns of their clubs" on campaigns.campaigns
  for select to authenticated using (club_id in (select core.my_clubs()));
