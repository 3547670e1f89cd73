-- One row per person who asked for a code: sent to the bot, it links their Telegram account to their right in the clubs.
-- A code works once and for ten minutes; only its hash is kept, so that who reads the database cannot link themselves.
create table core.telegram_codes (
  club_id bigint not null,
  code_hash bytea not null,
  user_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (club_id, code_hash),
  foreign key (club_id, user_id) references core.operators on delete cascade
);
create index telegram_codes_by_hash on core.telegram_codes (code_hash);
create index telegram_codes_by_user on core.telegram_codes (user_id);
comment on table core.telegram_codes is
  'One row per person who asked for a code that links their Telegram account: its hash, until when it works, and when it was used.';

alter table core.telegram_codes enable row level security;

create function core.telegram_code_hash(p_code text) returns bytea
language sql immutable set search_path = '' as $$
  -- As people type it: in any case, with hyphens or without, and with the letters that Crockford's base32 lends to 0 and 1.
  select sha256(convert_to(translate(upper(regexp_replace(p_code, '[-\s]', '', 'g')), 'OIL', '011'), 'UTF8'))
$$;
comment on function core.telegram_code_hash is 'The hash by which a code is known, however it was typed.';

create function core.lock_person(p_user_id uuid) returns void
language sql set search_path = '' as $$
  select from core.operators as operator where operator.user_id = p_user_id order by operator.club_id for update
$$;
comment on function core.lock_person is
  'Lets one at a time change whose Telegram account a person''s is; held until the transaction ends.';

create function core.start_telegram_link(p_club_id bigint, p_user_id uuid, p_now timestamptz) returns text
language plpgsql set search_path = '' as $$
declare
  alphabet constant text := '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  bits bit(80);
  code text;
begin
  perform core.lock_person(p_user_id);
  if not exists (
    select from core.operators as operator
    where operator.club_id = p_club_id
      and operator.user_id = p_user_id
      and operator.is_active
  ) then
    raise exception 'Only an active operator of the club can link a Telegram account: ask whoever runs the installation to add you.'
      using errcode = 'insufficient_privilege';
  end if;

  bits := ('x' || encode(extensions.gen_random_bytes(10), 'hex'))::bit(80);
  select string_agg(substr(alphabet, substring(bits from 5 * place + 1 for 5)::bit(5)::integer + 1, 1), '' order by place)
  into code
  from generate_series(0, 15) as place;

  delete from core.telegram_codes as earlier where earlier.user_id = p_user_id;
  insert into core.telegram_codes (club_id, code_hash, user_id, created_at, expires_at)
  values (p_club_id, core.telegram_code_hash(code), p_user_id, p_now, p_now + interval '10 minutes');
  return regexp_replace(code, '(.{4})(?=.)', '\1-', 'g');
end
$$;
comment on function core.start_telegram_link is
  'A new code that links a Telegram account to this person for ten minutes, once; voids their earlier one. XXXX-XXXX-XXXX-XXXX.';
