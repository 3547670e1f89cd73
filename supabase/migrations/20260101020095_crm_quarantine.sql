-- Rows that could not be read. Nothing is dropped silently; the newest failure of a row replaces the older one.
create table crm.quarantine (
  club_id bigint not null references core.clubs on delete cascade,
  entity text not null,
  external_id text not null,
  reason text not null,
  raw jsonb not null,
  quarantined_at timestamptz not null,
  primary key (club_id, entity, external_id)
);
comment on table crm.quarantine is 'Rows of the platform that could not be read, with the reason; released when the row is read again.';

alter table crm.quarantine enable row level security;
grant select on crm.quarantine to authenticated;
create policy "owners and operators read the quarantine of their clubs" on crm.quarantine
  for select to authenticated using (core.my_role(club_id) in ('owner', 'operator'));

create function crm.keep_quarantine(
  p_club_id bigint, p_entity text, p_rows jsonb, p_quarantined jsonb, p_now timestamptz
) returns void
language sql set search_path = '' as $$
  delete from crm.quarantine as held
  using jsonb_to_recordset(p_rows) as given (external_id text)
  where held.club_id = p_club_id and held.entity = p_entity and held.external_id = given.external_id;

  insert into crm.quarantine as held (club_id, entity, external_id, reason, raw, quarantined_at)
  select distinct on (given.external_id) p_club_id, p_entity, given.external_id, given.reason, given.raw, p_now
  from jsonb_to_recordset(p_quarantined) as given (external_id text, reason text, raw jsonb)
  order by given.external_id
  on conflict (club_id, entity, external_id) do update set
    reason = excluded.reason,
    raw = excluded.raw,
    quarantined_at = excluded.quarantined_at;
$$;
comment on function crm.keep_quarantine is 'Releases the rows that were read from quarantine and keeps those that could not be.';
