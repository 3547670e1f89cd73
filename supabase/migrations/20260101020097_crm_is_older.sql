-- Pages overtake each other, so what the platform changed earlier must not overwrite what it changed later. Its clock is the one on
-- the club's wall, though: in the hour that the wall shows twice, the later change may bear the earlier time.
create function crm.is_older(p_club_id bigint, p_incoming_at timestamptz, p_known_at timestamptz) returns boolean
language sql stable set search_path = '' as $$
  select p_incoming_at < p_known_at
    and not exists (
      select
      from core.clubs as club
      where club.club_id = p_club_id
        and p_known_at - p_incoming_at < interval '1 hour'
        and p_known_at at time zone club.timezone in (
          (p_known_at - interval '1 hour') at time zone club.timezone,
          (p_known_at + interval '1 hour') at time zone club.timezone
        )
    )
$$;
comment on function crm.is_older is
  'Whether a row of the platform was surely changed before the one known; null when either does not say, false in the hour that comes twice.';
