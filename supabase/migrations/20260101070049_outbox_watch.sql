-- What slows the queue down as no number of waiting messages does: a transaction left open. Rows deleted since it began can not be
-- cleared away, and every claim walks past them. Looked for once a minute, told to a person after ten.
-- One row, while anybody holds a snapshot: the oldest, and since when it is the oldest. Seen twice is held in between: each look
-- writes here, so that whoever began after it sees a later transaction than this one.
create table outbox.oldest_snapshot (
  is_only boolean primary key default true check (is_only),
  first_unseen xid not null,
  holder text not null,
  held_since timestamptz not null
);
comment on table outbox.oldest_snapshot is 'One row, or none: the oldest snapshot that keeps dead rows from being cleared away, and since when.';
comment on column outbox.oldest_snapshot.first_unseen is 'The first transaction whose deletions it may not have seen (xmin).';
-- The watch alone reads and writes it.
alter table outbox.oldest_snapshot enable row level security;

create function outbox.snapshots() returns table (first_unseen xid, holder text)
language sql stable set search_path = '' rows 20 as $$
  -- Sessions in other databases keep nothing from being cleared away here, and neither does a vacuum; a standby's belong to none.
  select
    case
      when session.backend_xmin is null then session.backend_xid
      when age(session.backend_xid) > age(session.backend_xmin) then session.backend_xid
      else session.backend_xmin
    end,
    format(
      'process %s of %s, %s',
      session.pid,
      coalesce(nullif(session.application_name, ''), session.usename, session.backend_type),
      coalesce(session.state, 'a standby')
    )
  from pg_stat_activity as session
  where session.pid <> pg_backend_pid()
    and (session.datname = current_database() or session.datname is null)
    and session.backend_type <> 'autovacuum worker'
    and (session.backend_xmin is not null or session.backend_xid is not null)
  union all
  select slot.xmin, format('replication slot %s', slot.slot_name)
  from pg_replication_slots as slot
  where slot.xmin is not null
  union all
  select prepared.transaction, format('prepared transaction %s', prepared.gid)
  from pg_prepared_xacts as prepared
  where prepared.database = current_database()
$$;
comment on function outbox.snapshots is
  'Who else keeps dead rows from being cleared away: sessions, replication slots and prepared transactions, each with its oldest transaction.';

create function outbox.watch_snapshots(p_now timestamptz) returns interval
language plpgsql set search_path = '' as $$
declare
  longest constant interval := '10 minutes';
  oldest outbox.oldest_snapshot;
begin
  delete from outbox.oldest_snapshot as known
  where known.first_unseen not in (select held.first_unseen from outbox.snapshots() as held);

  insert into outbox.oldest_snapshot as known (first_unseen, holder, held_since)
  select held.first_unseen, held.holder, p_now
  from outbox.snapshots() as held
  order by age(held.first_unseen) desc, held.holder
  limit 1
  on conflict (is_only) do update set
    first_unseen = excluded.first_unseen,
    holder = excluded.holder,
    held_since = case known.first_unseen when excluded.first_unseen then known.held_since else excluded.held_since end
  returning known.* into oldest;

  if p_now - oldest.held_since >= longest then
    perform outbox.raise_alert(
      'old_snapshot',
      format(
        'A transaction in the database has been open for %s minutes (%s): the longer it stays so, the slower messages go out. '
        'Whoever runs the database must end it.',
        floor(extract(epoch from p_now - oldest.held_since) / 60), oldest.holder
      ),
      p_now
    );
  else
    perform outbox.end_alert('old_snapshot', p_now);
  end if;
  return p_now - oldest.held_since;
end
$$;
comment on function outbox.watch_snapshots is
  'Looks for the oldest snapshot that anybody else holds and alerts when it is held for 10 minutes; returns how long it has been, null when there is none.';
revoke all on function outbox.snapshots, outbox.watch_snapshots from public, anon, authenticated, service_role;
