-- One row per kind of membership the platform ever offered. One deleted there keeps its row.
create table crm.membership_types (
  club_id bigint not null references core.clubs on delete cascade,
  membership_type_id bigint generated always as identity,
  external_id text not null,
  title text not null default '',
  period integer,
  period_unit text check (period_unit in ('day', 'week', 'month', 'year')),
  visits_included integer,
  is_auto_renewing boolean not null default false,
  auto_renewing_source text not null default 'guess' check (auto_renewing_source in ('guess', 'operator')),
  is_deleted boolean not null default false,
  raw jsonb not null default '{}',
  primary key (club_id, membership_type_id),
  unique (club_id, external_id)
);
comment on table crm.membership_types is 'One row per kind of membership of the booking platform; deleted ones keep their row.';
comment on column crm.membership_types.period is 'How many period_unit a membership lasts; null when the platform does not say.';
comment on column crm.membership_types.visits_included is 'Visits on one balance; null: not counted in visits, or a balance per service.';
comment on column crm.membership_types.is_auto_renewing is
  'Whether its cards are paid anew by themselves: guessed from the title, or an operator''s choice; the platform does not say.';

alter table crm.membership_types enable row level security;
grant select on crm.membership_types to authenticated;
create policy "operators read the membership types of their clubs" on crm.membership_types
  for select to authenticated using (club_id in (select core.my_clubs()));

create function crm.guess_auto_renewing(p_title text) returns boolean
language sql immutable set search_path = '' as $$
  -- Words of cs, en, uk, ru and bg, Czech with or without its accents. A pass by itself is none: "абонемент" and the Bulgarian
  -- "абонамент" are any membership. Nor is what is said not to renew: "bez automatického obnovení", "без автопродления".
  with text_to_read as (
    select translate(lower(normalize(coalesce(p_title, ''), nfc)), 'áčďéěíňóřšťúůýž', 'acdeeinorstuuyz') as title
  ),
  word as (
    select '\m(' || string_agg(words.pattern, '|') || ')' as pattern
    from (values
      ('auto[ -]?(renew|pay\M)|automatic(ally)? renew|renew[a-z]* automatic|renews? itself|recurring|subscription'),
      ('direct debit|standing order|rolling (month|member|contract)'),
      ('auto[ -]?(obnov|prodl)|automatick[a-z]* (obnov|prodl)|(obnov|prodl)[a-z]* (se )?automatick'),
      ('predplatn|trval[a-z]* prikaz|inkas|opakovan[a-z]* platb|dobu neurcit'),
      ('авто([ -]?|мати[[:alpha:]]* )(продовж|подовж|поновл|оновл|продл|обновл|возобновл|поднов|удълж|продълж|списан|плат[еёі]ж)'),
      ('(продовж|подовж|поновл|оновл|продл|обновл|возобновл|поднов|удълж|продълж)[[:alpha:]]* (се )?автомати'),
      ('підписк|подписк|рекур+ент|регулярн[[:alpha:]]* (списан|плат[еёі]ж)|(директ|прям)[[:alpha:]]* деб[еи]т')
    ) as words (pattern)
  )
  select text_to_read.title ~ word.pattern
    and text_to_read.title !~ ('\m(without|no|not|non|never|bez|ne|без|не)[ -]+' || word.pattern)
  from text_to_read
  cross join word
$$;
comment on function crm.guess_auto_renewing is
  'Guesses from a membership type''s title, in the five languages, whether its cards are paid anew by themselves.';
