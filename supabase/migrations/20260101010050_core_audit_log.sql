-- One row per act of a person or of the machine that someone may ask about later. Append-only: nobody may update or delete.
create table core.audit_log (
  club_id bigint not null references core.clubs on delete cascade,
  audit_id bigint generated always as identity,
  happened_at timestamptz not null,
  actor text not null,
  action text not null,
  object text not null,
  detail jsonb not null default '{}',
  primary key (club_id, audit_id)
);
create index audit_log_by_time on core.audit_log (club_id, happened_at desc);
comment on table core.audit_log is 'Who did what to which object and when; append-only.';
comment on column core.audit_log.actor is 'operator:<user id>, telegram:<user id> or system:<what>.';

alter table core.audit_log enable row level security;
revoke update, delete on core.audit_log from service_role;
grant select on core.audit_log to authenticated;
create policy "owners read the audit log" on core.audit_log
  for select to authenticated using (core.my_role(club_id) = 'owner');

create function core.audit(p_club_id bigint, p_actor text, p_action text, p_object text, p_detail jsonb, p_now timestamptz)
returns void
language sql set search_path = '' as $$
  insert into core.audit_log (club_id, happened_at, actor, action, object, detail)
  values (p_club_id, p_now, p_actor, p_action, p_object, p_detail)
$$;
comment on function core.audit is 'Appends one entry to the audit log.';
