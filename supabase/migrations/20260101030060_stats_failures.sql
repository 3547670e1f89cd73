-- A club whose numbers could not be brought to now: the others go on, and this one says so until it succeeds again.
create table stats.failures (
  club_id bigint not null references core.clubs on delete cascade,
  step text not null,
  first_failed_at timestamptz not null,
  last_failed_at timestamptz not null,
  times bigint not null,
  message text not null,
  primary key (club_id, step)
);
comment on table stats.failures is 'One row per club and scheduled step that fails since its last success.';
alter table stats.failures enable row level security;
grant select on stats.failures to authenticated;
create policy "operators read the failures of their clubs" on stats.failures
  for select to authenticated using (club_id in (select core.my_clubs()));

create function stats.note_failure(p_club_id bigint, p_step text, p_message text, p_now timestamptz) returns void
language sql set search_path = '' as $$
  insert into stats.failures as known (club_id, step, first_failed_at, last_failed_at, times, message)
  values (p_club_id, p_step, p_now, p_now, 1, p_message)
  on conflict (club_id, step) do update set
    last_failed_at = excluded.last_failed_at,
    times = known.times + 1,
    message = excluded.message
$$;
comment on function stats.note_failure is 'Notes that a step failed for a club, with the database''s own words.';

create function stats.note_success(p_club_id bigint, p_step text) returns void
language sql set search_path = '' as $$
  delete from stats.failures as known where known.club_id = p_club_id and known.step = p_step
$$;
comment on function stats.note_success is 'Forgets the failures of a step that succeeded.';
