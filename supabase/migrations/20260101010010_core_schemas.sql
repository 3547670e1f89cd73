-- The rooms of the house, in the order in which one may read another:
-- core → crm → stats → metrics, segments → campaigns → outbox → api.
-- Only `api` is exposed by the Data API. Nothing is granted to PUBLIC; each file grants what its object needs.

create schema if not exists extensions;

do $$
begin
  -- Hosted Supabase and a Postgres with the packages have these; the embedded stack brings schemas of the same shape.
  if exists (select from pg_available_extensions where name = 'pg_cron') then
    create extension if not exists pg_cron;
  end if;
  if exists (select from pg_available_extensions where name = 'pg_net') then
    create extension if not exists pg_net with schema extensions;
  end if;
end
$$;

create schema core;
create schema crm;
create schema stats;
create schema metrics;
create schema segments;
create schema campaigns;
create schema outbox;
create schema api;

comment on schema core is 'Clubs, their settings and operators, the audit log.';
comment on schema crm is 'Mirror of the booking platform and the state of its sync.';
comment on schema stats is 'One row per client: what metrics and segments need, kept equal to a plain recomputation.';
comment on schema metrics is 'The numbers of a club: one function each, one row shape, one dictionary.';
comment on schema segments is 'Eight exclusive behavioural segments with a reason in words.';
comment on schema campaigns is 'Scenarios, templates, consents, drafts, decisions: whom we write to, what, and why.';
comment on schema outbox is 'Transport and delivery of approved messages.';
comment on schema api is 'The only schema the Data API exposes: security-invoker views and functions.';

alter default privileges revoke execute on functions from public;

grant usage on schema core, crm, stats, metrics, segments, campaigns, outbox, api to authenticated, service_role;
grant usage on schema api to anon;

alter default privileges in schema core, crm, stats, metrics, segments, campaigns, outbox, api
  grant select, insert, update, delete on tables to service_role;
alter default privileges in schema core, crm, stats, metrics, segments, campaigns, outbox, api
  grant execute on functions to service_role;
