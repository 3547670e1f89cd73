-- The nightly comparison, of segments: only those whom a new day may concern are decided again, so all of them are, once a night,
-- beside what is kept. A difference joins the comparison of the rollup: the same incident, the same button.
create function segments.compare(p_club_id bigint, p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  latest_id bigint := (
    select comparison.comparison_id
    from stats.comparisons as comparison
    where comparison.club_id = p_club_id
      and comparison.compared_at = p_now
  );
  different_clients bigint;
begin
  if latest_id is null then
    return null;
  end if;
  -- Whoever waits is decided first, and nobody comes in between: the tick holds the club's lock.
  perform segments.tick(p_club_id, p_now);

  with kept as (
    select member.client_id, member.segment, member.turns_date
    from segments.client_segments as member
    where member.club_id = p_club_id
  ),
  placed as (
    select anew.client_id, anew.segment, anew.turns_date
    from stats.club_days as day
    cross join lateral segments.place(p_club_id, day.as_of) as anew
    join stats.client_stats as client
      on client.club_id = p_club_id
      and client.client_id = anew.client_id
    where day.club_id = p_club_id
      and client.last_visit_date is not null
  ),
  difference as (
    insert into stats.differences as known (club_id, comparison_id, client_id, fields)
    select
      p_club_id,
      latest_id,
      client_id,
      jsonb_build_object(
        'segment', jsonb_build_object('rollup', kept.segment, 'replay', placed.segment),
        'turns_date', jsonb_build_object('rollup', kept.turns_date, 'replay', placed.turns_date)
      )
    from kept
    full join placed using (client_id)
    where (kept.segment, kept.turns_date) is distinct from (placed.segment, placed.turns_date)
    on conflict (club_id, comparison_id, client_id) do update set fields = known.fields || excluded.fields
    returning 1
  )
  select count(*) into different_clients from difference;

  update stats.comparisons as comparison
  set clients_different = (
    select count(*)
    from stats.differences as difference
    where difference.club_id = p_club_id
      and difference.comparison_id = latest_id
  )
  where comparison.club_id = p_club_id
    and comparison.comparison_id = latest_id;
  return different_clients;
end
$$;
comment on function segments.compare is
  'Adds to the comparison made at p_now every client whose stored segment is not the one decided anew; how many, null when there is no such comparison.';
