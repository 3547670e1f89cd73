-- One row per service the platform ever named. A service deleted there keeps its row and its kind.
create table crm.services (
  club_id bigint not null references core.clubs on delete cascade,
  service_id bigint generated always as identity,
  external_id text not null,
  title text not null default '',
  category_external_id text,
  category_title text not null default '',
  kind text not null check (kind in ('trial', 'group', 'personal', 'open', 'other')),
  kind_source text not null default 'guess' check (kind_source in ('guess', 'operator')),
  is_deleted boolean not null default false,
  raw jsonb not null default '{}',
  primary key (club_id, service_id),
  unique (club_id, external_id)
);
comment on table crm.services is 'One row per service of the booking platform, with its kind: guessed, or an operator''s choice.';
comment on column crm.services.category_external_id is 'The platform''s id of its category; null: in none.';

alter table crm.services enable row level security;
grant select on crm.services to authenticated;
create policy "operators read the services of their clubs" on crm.services
  for select to authenticated using (club_id in (select core.my_clubs()));

create function crm.guess_service_kind(p_title text, p_category_title text) returns text
language sql immutable set search_path = '' as $$
  -- Words of cs, uk, ru, en and bg. The title speaks before the category: "Trial" in "Group classes" is a trial.
  with text_to_read as (
    select lower(coalesce(p_title, '')) as title, lower(coalesce(p_category_title, '')) as category
  ),
  word as (
    select *
    from (values
      (1, 'trial', '(trial|intro|first (visit|class|training)|taster|zkušeb|první (lekce|hodina|trénink)|ukázkov|пробн|перше (тренування|заняття)|перв(ая|ое) (трениров|заняти)|първа тренировка)'),
      (2, 'personal', '(personal|private|individu|one.to.one|1 ?(:|on|na|на) ?1|(^|[^[:alpha:]])pt([^[:alpha:]]|$)|osobní|soukrom|персонал|індивідуал|индивидуал|личн(ая|ые) трениров|лична тренировка)'),
      (3, 'group', '(group|class|lekce|kurz|kruhov|skupin|yoga|jóga|pilates|zumba|spinning|crossfit|групов|группов|занят|йога|пілатес|пилатес|клас)'),
      (4, 'open', '(open|free (gym|training)|gym entry|entry|vstup|volný|otevřen|posilovn|вільн|відкрит|свободн|открыт|вхід|вход|зал|отворен)')
    ) as words (priority, kind, pattern)
  )
  select coalesce(
    (select word.kind from word, text_to_read where text_to_read.title ~ word.pattern order by word.priority limit 1),
    (select word.kind from word, text_to_read where text_to_read.category ~ word.pattern order by word.priority limit 1),
    'other'
  )
$$;
comment on function crm.guess_service_kind is
  'Guesses trial, group, personal, open or other from a service''s title, else from its category, in the five languages.';

create function crm.kind_of_services(p_club_id bigint, p_external_ids text[]) returns text
language sql stable set search_path = '' as $$
  -- A booking with several services has the first kind of personal, trial, group, open, other among them.
  select coalesce(
    (
      select service.kind
      from crm.services as service
      where service.club_id = p_club_id
        and service.external_id = any (p_external_ids)
      order by array_position(array['personal', 'trial', 'group', 'open', 'other'], service.kind)
      limit 1
    ),
    'other'
  )
$$;
comment on function crm.kind_of_services is 'The kind of a booking of these services: personal, trial, group, open, other, in that order.';
