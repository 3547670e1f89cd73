-- Stand-in for the extension pg_cron 1.6: the same tables and functions, without the background worker.
-- stack/embedded/cron-worker.ts runs the jobs. Where a server has pg_cron, this file is not used.
create schema if not exists cron;
grant usage on schema cron to postgres with grant option;

create sequence if not exists cron.jobid_seq;
create sequence if not exists cron.runid_seq;

create table if not exists cron.job (
  jobid bigint primary key default nextval('cron.jobid_seq'),
  schedule text not null,
  command text not null,
  nodename text not null default 'localhost',
  nodeport integer not null default inet_server_port(),
  database text not null default current_database(),
  username text not null default current_user,
  active boolean not null default true,
  jobname text,
  constraint jobname_username_uniq unique (jobname, username)
);
alter table cron.job enable row level security;
drop policy if exists cron_job_policy on cron.job;
create policy cron_job_policy on cron.job using (username = current_user);

create table if not exists cron.job_run_details (
  jobid bigint,
  runid bigint primary key default nextval('cron.runid_seq'),
  job_pid integer,
  database text,
  username text,
  command text,
  status text,
  return_message text,
  start_time timestamptz,
  end_time timestamptz
);
alter table cron.job_run_details enable row level security;
drop policy if exists cron_job_run_details_policy on cron.job_run_details;
create policy cron_job_run_details_policy on cron.job_run_details using (username = current_user);

-- The shape only (five fields, '@daily' and the like, or 'N seconds'); the worker reads the meaning.
create or replace function cron.is_schedule(schedule text)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select schedule ~* '^\s*([1-9]|[1-5][0-9])\s+seconds?\s*$'
      or schedule ~* '^\s*@(yearly|annually|monthly|weekly|daily|midnight|hourly)\s*$'
      or schedule ~* '^\s*([0-9a-z*/,$-]+\s+){4}[0-9a-z*/,$-]+\s*$'
$$;

create or replace function cron.schedule_in_database(
  job_name text,
  schedule text,
  command text,
  database text,
  username text default null,
  active boolean default true
)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  v_job_id bigint;
begin
  if not cron.is_schedule(schedule) then
    raise exception 'invalid schedule: %', schedule
      using errcode = 'invalid_parameter_value',
            hint = 'Use cron format (e.g. 5 4 * * *), or interval format ''[1-59] seconds''';
  end if;
  insert into cron.job as existing (schedule, command, database, username, active, jobname)
  values (
    schedule_in_database.schedule,
    schedule_in_database.command,
    coalesce(schedule_in_database.database, current_database()),
    coalesce(schedule_in_database.username, current_user),
    schedule_in_database.active,
    job_name
  )
  on conflict on constraint jobname_username_uniq do update
    set schedule = excluded.schedule,
        command = excluded.command,
        database = excluded.database,
        active = excluded.active
  returning existing.jobid into v_job_id;
  return v_job_id;
end
$$;

create or replace function cron.schedule(job_name text, schedule text, command text)
returns bigint
language sql
set search_path = ''
as $$ select cron.schedule_in_database(job_name, schedule, command, current_database()::text) $$;

create or replace function cron.schedule(schedule text, command text)
returns bigint
language sql
set search_path = ''
as $$ select cron.schedule_in_database(null, schedule, command, current_database()::text) $$;

create or replace function cron.alter_job(
  job_id bigint,
  schedule text default null,
  command text default null,
  database text default null,
  username text default null,
  active boolean default null
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if alter_job.schedule is not null and not cron.is_schedule(alter_job.schedule) then
    raise exception 'invalid schedule: %', alter_job.schedule using errcode = 'invalid_parameter_value';
  end if;
  update cron.job as existing
  set schedule = coalesce(alter_job.schedule, existing.schedule),
      command = coalesce(alter_job.command, existing.command),
      database = coalesce(alter_job.database, existing.database),
      username = coalesce(alter_job.username, existing.username),
      active = coalesce(alter_job.active, existing.active)
  where existing.jobid = job_id;
  if not found then
    raise exception 'Job % does not exist or you don''t own it', job_id;
  end if;
end
$$;

create or replace function cron.unschedule(job_id bigint)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  delete from cron.job where jobid = job_id;
  if not found then
    raise exception 'could not find valid entry for job ''%''', job_id;
  end if;
  return true;
end
$$;

create or replace function cron.unschedule(job_name text)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  delete from cron.job where jobname = job_name and username = current_user;
  if not found then
    raise exception 'could not find valid entry for job ''%''', job_name;
  end if;
  return true;
end
$$;

revoke execute on all functions in schema cron from public;
grant execute on all functions in schema cron to postgres with grant option;
grant select, insert, update, delete on cron.job to postgres with grant option;
grant select, delete on cron.job_run_details to postgres with grant option;
grant usage on all sequences in schema cron to postgres;
