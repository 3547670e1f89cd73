-- Sign-up is closed: people come in through this door, opened by whoever holds the database (npm run operator, the seed).
create function core.add_operator(p_club_id bigint, p_email text, p_password text, p_role text, p_now timestamptz) returns uuid
language plpgsql set search_path = '' as $$
declare
  address text := lower(btrim(p_email));
  person uuid;
  account bigint;
begin
  if address !~ '^[^@[:space:]]+@[^@[:space:]]+$' then
    raise exception '"%" is not an e-mail address.', p_email using errcode = 'check_violation';
  end if;
  if not exists (select from core.clubs as club where club.club_id = p_club_id) then
    raise exception 'There is no club %: see core.clubs for the ids.', p_club_id using errcode = 'foreign_key_violation';
  end if;

  select known.id into person from auth.users as known where known.email = address;
  if person is null then
    if length(coalesce(p_password, '')) < 12 then
      raise exception 'The password of a new person must have at least 12 characters.' using errcode = 'check_violation';
    end if;
    person := gen_random_uuid();
    insert into auth.users (
      instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data,
      confirmation_token, recovery_token, email_change, email_change_token_new, created_at, updated_at
    )
    values (
      '00000000-0000-0000-0000-000000000000', person, 'authenticated', 'authenticated', address,
      extensions.crypt(p_password, extensions.gen_salt('bf', 10)), p_now,
      '{"provider": "email", "providers": ["email"]}', '{}', '', '', '', '', p_now, p_now
    );
    insert into auth.identities (id, provider, provider_id, user_id, identity_data, last_sign_in_at, created_at, updated_at)
    values (
      gen_random_uuid(), 'email', person::text, person,
      jsonb_build_object('sub', person, 'email', address, 'email_verified', true), p_now, p_now, p_now
    );
  end if;

  -- A person has one Telegram account: the one they linked in another club, unless it is somebody else's here.
  perform core.lock_person(person);
  select elsewhere.telegram_user_id into account
  from core.operators as elsewhere
  where elsewhere.user_id = person
    and elsewhere.telegram_user_id is not null
    and not exists (
      select from core.operators as other
      where other.club_id = p_club_id
        and other.user_id <> person
        and other.telegram_user_id = elsewhere.telegram_user_id
    )
  order by elsewhere.is_active desc, elsewhere.created_at desc, elsewhere.club_id
  limit 1;

  insert into core.operators as known (club_id, user_id, email, role, telegram_user_id, created_at)
  values (p_club_id, person, address, p_role, account, p_now)
  on conflict (club_id, user_id) do update set
    role = excluded.role,
    is_active = true,
    -- Who is here already keeps what the club's owner left them with.
    telegram_user_id = case when known.is_active then known.telegram_user_id else excluded.telegram_user_id end;
  perform core.audit(p_club_id, 'system:operator', 'operator.added', 'user:' || person, jsonb_build_object('role', p_role), p_now);
  return person;
end
$$;
comment on function core.add_operator is
  'Gives a person a role in a club, creating their account with the password when they have none, and with the Telegram account they linked elsewhere; returns their user id. Fails for an unknown club or role, a bad address, a password under 12 characters.';
revoke all on function core.add_operator from public, anon, authenticated, service_role;
