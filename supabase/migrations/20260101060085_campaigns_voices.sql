-- How a club speaks and what it lets be said: one row per version, never changed.
-- Every message notes the version it was written with, so a voice that was in force stays as it was.
create table campaigns.voices (
  club_id bigint not null references core.clubs on delete cascade,
  version integer not null check (version > 0),
  tone text not null,
  signature text,
  allowed_offers text[] not null default '{}',
  forbidden_words text[] not null default '{}',
  opening_hours text,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (club_id, version)
);
comment on table campaigns.voices is 'One row per version of a club''s voice: tone, signature, offers it allows, words it does not, opening hours.';
comment on column campaigns.voices.signature is 'What stands under a message without a template; null: the club''s name. Claude never sees it.';
comment on column campaigns.voices.allowed_offers is 'Offers in the club''s own words, the only ones a message may make.';
comment on column campaigns.voices.forbidden_words is 'Words no message of Claude''s may use, in any form.';

alter table campaigns.voices enable row level security;
revoke update, delete on campaigns.voices from service_role;
grant select on campaigns.voices to authenticated;
create policy "operators read the voices of their clubs" on campaigns.voices
  for select to authenticated using (club_id in (select core.my_clubs()));

create function campaigns.default_voice(p_club_id bigint) returns campaigns.voices
language sql immutable set search_path = '' as $$
  select
    p_club_id,
    0,
    'Warm, short, one honest invitation. No pressure, no exclamation marks in a row.',
    null::text,
    '{}'::text[],
    '{}'::text[],
    null::text,
    'system:default',
    null::timestamptz
$$;
comment on function campaigns.default_voice is 'The product''s own voice, with which every club begins: version 0.';

create function campaigns.voice_of(p_club_id bigint) returns campaigns.voices
language sql stable set search_path = '' as $$
  select known.*
  from (
    (
      select voice.*
      from campaigns.voices as voice
      where voice.club_id = p_club_id
      order by voice.version desc
      limit 1
    )
    union all
    select standard.* from campaigns.default_voice(p_club_id) as standard
  ) as known
  order by known.version desc
  limit 1
$$;
comment on function campaigns.voice_of is 'The voice a club has now; version 0, the product''s own, while nobody changed it.';
grant execute on function campaigns.default_voice, campaigns.voice_of to authenticated;
