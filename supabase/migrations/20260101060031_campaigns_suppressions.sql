-- The people who may not be messaged at all, by phone, by WhatsApp user id, or by who they are here.
-- One row per person and spell: in force until it is lifted, by an operator who says why. Rows are kept.
create table campaigns.suppressions (
  club_id bigint not null references core.clubs on delete cascade,
  suppression_id bigint generated always as identity,
  phone text,
  wa_user_id text check (wa_user_id <> ''),
  client_ids bigint[] not null default '{}',
  person text generated always as (coalesce(phone, wa_user_id, 'client:' || client_ids[1]::text)) stored,
  cause text not null check (cause in
    ('stop_word', 'button', 'user_preferences', 'error_131050', 'unreachable', 'do_not_contact')),
  suppressed_at timestamptz not null,
  said_at timestamptz,
  lifted_at timestamptz,
  lifted_by text,
  lift_reason text,
  primary key (club_id, suppression_id),
  constraint suppressions_of_somebody check (coalesce(phone, wa_user_id, client_ids[1]::text) is not null)
);
create unique index suppressions_in_force on campaigns.suppressions (club_id, person) where lifted_at is null;
create index suppressions_by_phone on campaigns.suppressions (club_id, phone);
comment on table campaigns.suppressions is 'One row per person who may not be messaged, with the cause; lifted only by an operator.';
comment on column campaigns.suppressions.wa_user_id is
  'WhatsApp''s id of the person towards this business: all that is known of a member who hides the number.';
comment on column campaigns.suppressions.client_ids is
  'The clients who were this person: what they said holds after a change of phone. An unreachable phone says nothing of a new one.';
comment on column campaigns.suppressions.person is 'What the row is known by: the phone, else the user id, else the client.';
comment on column campaigns.suppressions.said_at is 'When the person last said so; null where a phone only did not answer.';
comment on constraint suppressions_of_somebody on campaigns.suppressions is
  'A suppression is of somebody: give a phone, a WhatsApp user id or a client.';

alter table campaigns.suppressions enable row level security;
grant select on campaigns.suppressions to authenticated;
create policy "operators read the suppressions of their clients" on campaigns.suppressions
  for select to authenticated using (club_id in (select core.my_clubs()));

create function campaigns.is_own_word(p_cause text) returns boolean
language sql immutable set search_path = '' as $$ select p_cause <> 'unreachable' $$;
comment on function campaigns.is_own_word is 'Whether a cause is what the person said, and not only a phone that did not answer.';

create function campaigns.suppressions_of(p_club_id bigint, p_client_id bigint, p_at timestamptz)
returns setof campaigns.suppressions
language sql stable set search_path = '' rows 1 as $$
  -- The rule of campaigns.client_checks, for one client, with the rows behind it.
  with asked as (
    select client.phone
    from crm.clients as client
    where client.club_id = p_club_id
      and client.client_id = p_client_id
  ),
  person as (
    -- Whoever else has this phone: deleted ones too, whose word still holds.
    select p_client_id as client_id
    union
    select other.client_id
    from asked
    join crm.clients as other
      on other.club_id = p_club_id
      and other.phone = asked.phone
  )
  select known.*
  from campaigns.suppressions as known
  where known.club_id = p_club_id
    and known.suppressed_at <= p_at
    and (known.lifted_at > p_at) is not false
    and (
      known.phone = (select asked.phone from asked)
      or (
        campaigns.is_own_word(known.cause)
        and known.client_ids && array(select person.client_id from person)
      )
    )
$$;
comment on function campaigns.suppressions_of is 'The suppressions that keep a client from being messaged at an instant.';
grant execute on function campaigns.is_own_word, campaigns.suppressions_of to authenticated;
