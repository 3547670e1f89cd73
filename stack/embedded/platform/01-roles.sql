-- The roles a Supabase project has before its first migration.
-- Runs as supabase_admin (the only superuser) at every start; every statement may be repeated.
do $$
declare
  wanted record;
begin
  for wanted in
    select *
    from (
      values
        ('postgres', 'login createdb createrole replication bypassrls'),
        ('anon', 'nologin noinherit'),
        ('authenticated', 'nologin noinherit'),
        ('service_role', 'nologin noinherit bypassrls'),
        ('authenticator', 'login noinherit'),
        ('supabase_auth_admin', 'login noinherit createrole'),
        ('dashboard_user', 'nologin createdb createrole replication')
    ) as role_list (role_name, attributes)
  loop
    if not exists (select from pg_catalog.pg_roles where rolname = wanted.role_name) then
      execute format('create role %I %s', wanted.role_name, wanted.attributes);
    end if;
  end loop;
end
$$;

grant anon, authenticated, service_role to authenticator;
-- With the admin option it may set what applies to their sessions, as on Supabase.
grant anon, authenticated, service_role, authenticator to postgres with admin option;
grant dashboard_user, supabase_auth_admin to postgres;
grant pg_monitor, pg_read_all_data, pg_signal_backend to postgres;

-- As on Supabase, extensions live outside public and are found without a prefix by the owner's sessions.
alter role postgres set search_path to "$user", public, extensions;
alter role supabase_admin set search_path to "$user", public, auth, extensions;

create schema if not exists extensions authorization postgres;
grant usage on schema extensions to anon, authenticated, service_role;
create extension if not exists pgcrypto with schema extensions;
create extension if not exists "uuid-ossp" with schema extensions;

grant usage on schema public to postgres, anon, authenticated, service_role;

-- The Supabase CLI's history. It makes this by itself too, but asks for it first and leaves an error in the log.
create schema if not exists supabase_migrations authorization postgres;
create table if not exists supabase_migrations.schema_migrations (
  version text primary key,
  statements text[],
  name text
);
alter table supabase_migrations.schema_migrations owner to postgres;
