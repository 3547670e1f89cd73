-- A club with its settings, in one step, so that no club is ever without them.
create function core.create_club(p_name text, p_timezone text, p_country text, p_currency text, p_now timestamptz)
returns bigint
language sql set search_path = '' as $$
  with club as (
    insert into core.clubs (name, timezone, country, currency, default_language, created_at)
    values (
      p_name,
      p_timezone,
      p_country,
      p_currency,
      case p_country when 'CZ' then 'cs' when 'UA' then 'uk' when 'BG' then 'bg' when 'RU' then 'ru' else 'en' end,
      p_now
    )
    returning club_id
  )
  insert into core.settings (club_id, updated_at)
  select club.club_id, p_now from club
  returning club_id
$$;
comment on function core.create_club is
  'Creates a club with default settings and returns its id. Fails when the time zone, country or currency is not a valid code.';
