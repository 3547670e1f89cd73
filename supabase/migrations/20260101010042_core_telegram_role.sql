-- Who somebody in Telegram is for a club: what they may do there, and by what name their decisions are shown.
-- Fails closed: an empty list and no linked operator let nobody in. Asked at each tap, so that a removal counts at once.
create function core.telegram_role(p_club_id bigint, p_telegram_user_id bigint, p_is_allowed boolean) returns text
language sql stable set search_path = '' as $$
  with own_standing as (
    -- At most one row: the operator of this club whom the account is linked to.
    select
      operator.role,
      operator.is_active
    from core.operators as operator
    where operator.club_id = p_club_id
      and operator.telegram_user_id = p_telegram_user_id
  ),
  removed as (
    -- A person whom this club removed before they linked the account in another club: the list does not bring them back.
    select operator.user_id
    from core.operators as operator
    join core.operators as elsewhere using (user_id)
    where operator.club_id = p_club_id
      and not operator.is_active
      and elsewhere.telegram_user_id = p_telegram_user_id
  )
  select case
    when exists (select from own_standing) then (
      select standing.role
      from own_standing as standing
      where standing.is_active
        and standing.role in ('owner', 'operator', 'moderator')
    )
    when exists (select from removed) then null
    when p_is_allowed and exists (select from core.clubs as club where club.club_id = p_club_id) then 'moderator'
  end
$$;
comment on function core.telegram_role is
  'What a Telegram account may do in a club: the role of the active operator it is linked to (null for an analyst, and for whoever was removed), moderator when it is linked to nobody and on the installation''s list, otherwise null: nothing.';

create function core.telegram_clubs(p_telegram_user_id bigint, p_is_allowed boolean) returns table (club_id bigint, role text)
language sql stable set search_path = '' rows 10 as $$
  select
    club.club_id,
    standing.role
  from core.clubs as club
  cross join lateral core.telegram_role(club.club_id, p_telegram_user_id, p_is_allowed) as standing (role)
  where standing.role is not null
  order by club.club_id
$$;
comment on function core.telegram_clubs is 'The clubs in which a Telegram account may do something, and its role there.';

create table core.telegram_names (
  club_id bigint not null references core.clubs on delete cascade,
  telegram_user_id bigint not null,
  name text not null check (btrim(name) <> ''),
  seen_at timestamptz not null,
  primary key (club_id, telegram_user_id)
);
comment on table core.telegram_names is
  'One row per club and Telegram account that was let in there, with the name it last went by.';

alter table core.telegram_names enable row level security;
grant select on core.telegram_names to authenticated;
create policy "operators read who decides in Telegram" on core.telegram_names
  for select to authenticated using (club_id in (select core.my_clubs()));

create function core.note_telegram_name(p_club_id bigint, p_telegram_user_id bigint, p_name text, p_now timestamptz) returns void
language sql set search_path = '' as $$
  insert into core.telegram_names as known (club_id, telegram_user_id, name, seen_at)
  select p_club_id, p_telegram_user_id, left(given.name, 128), p_now
  from (select btrim(regexp_replace(p_name, '\s+', ' ', 'g')) as name) as given
  where given.name <> ''
  on conflict (club_id, telegram_user_id) do update set
    name = excluded.name,
    seen_at = excluded.seen_at
  where known.seen_at <= excluded.seen_at
$$;
comment on function core.note_telegram_name is
  'Notes the name that somebody whom the club let in goes by in Telegram; an empty one leaves what was known.';

create function core.actor_name(p_club_id bigint, p_actor text) returns text
language sql stable set search_path = '' as $$
  with account as (
    -- At most one row: a Telegram account, an operator, or an operator with their account.
    select
      coalesce(operator.telegram_user_id::text, substring(p_actor from '^telegram:(\d+)$')) as telegram_user_id,
      operator.email
    from (select p_actor as actor) as given
    left join core.operators as operator
      on operator.club_id = p_club_id
      and given.actor in ('telegram:' || operator.telegram_user_id, 'operator:' || operator.user_id)
  )
  select coalesce(
    (
      select known.name
      from core.telegram_names as known
      where known.club_id = p_club_id
        and known.telegram_user_id::text = account.telegram_user_id
    ),
    split_part(account.email, '@', 1)
  )
  from account
$$;
comment on function core.actor_name is
  'Whom to name for an actor of the audit log: the name in Telegram, otherwise the operator''s e-mail before the @; null for the machine and for whom the club does not know.';
grant execute on function core.actor_name to authenticated;
