-- One row per person and club: who may see and do what. Supabase Auth knows the person, this table the right.
create table core.operators (
  club_id bigint not null references core.clubs on delete cascade,
  user_id uuid not null,
  email text not null,
  role text not null check (role in ('owner', 'operator', 'moderator', 'analyst')),
  telegram_user_id bigint,
  is_active boolean not null default true,
  created_at timestamptz not null,
  primary key (club_id, user_id),
  unique (club_id, telegram_user_id)
);
create index operators_by_user on core.operators (user_id, club_id);
comment on table core.operators is 'One row per person and club, with the role the person has there.';

alter table core.operators enable row level security;
grant select on core.operators to authenticated;

-- Security definer: policies of every table ask this, and must not be asked for the right to ask.
create function core.my_clubs() returns setof bigint
-- In plpgsql, which keeps its plan for the session: this is asked in every query of every signed-in person.
language plpgsql stable security definer set search_path = '' rows 10 as $$
begin
  return query
    select operator.club_id
    from core.operators as operator
    where operator.user_id = (select auth.uid())
      and operator.is_active;
end
$$;
comment on function core.my_clubs is 'Clubs in which the signed-in person is an active operator.';
grant execute on function core.my_clubs to authenticated;

-- Security definer for the same reason.
create function core.my_role(p_club_id bigint) returns text
language sql stable security definer set search_path = '' as $$
  select operator.role
  from core.operators as operator
  where operator.club_id = p_club_id
    and operator.user_id = auth.uid()
    and operator.is_active
$$;
comment on function core.my_role is 'The signed-in person''s role in a club; null when not an active operator there.';
grant execute on function core.my_role to authenticated;

create policy "operators read their clubs" on core.clubs
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "operators read their clubs' settings" on core.settings
  for select to authenticated using (club_id in (select core.my_clubs()));
create policy "operators read the operators of their clubs" on core.operators
  for select to authenticated using (club_id in (select core.my_clubs()));
