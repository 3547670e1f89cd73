-- Stand-in for the extension pg_net: requests queued in a transaction leave after its commit.
-- stack/embedded/net-worker.ts sends them and writes the answers. At most once, like pg_net.
create schema if not exists net;
grant usage on schema net to postgres, service_role;

do $$
begin
  if not exists (
    select from pg_catalog.pg_type where typname = 'http_method' and typnamespace = 'net'::regnamespace
  ) then
    create domain net.http_method as text
      check (value ilike 'get' or value ilike 'post' or value ilike 'delete');
  end if;
end
$$;

create table if not exists net.http_request_queue (
  id bigserial primary key,
  method net.http_method not null,
  url text not null,
  headers jsonb,
  body bytea,
  timeout_milliseconds integer not null
);

create table if not exists net._http_response (
  id bigint,
  status_code integer,
  content_type text,
  headers jsonb,
  content text,
  timed_out boolean,
  error_msg text,
  created timestamptz not null default now()
);
create index if not exists _http_response_id_idx on net._http_response (id);
create index if not exists _http_response_created_idx on net._http_response (created);

-- Ours, not pg_net's: requests taken from the queue and not answered yet.
create table if not exists net._in_flight (
  id bigint primary key
);

create or replace function net._urlencode_string(string text)
returns text
language sql
immutable
strict
set search_path = ''
as $$
  select coalesce(
    string_agg(
      case
        when character ~ '[A-Za-z0-9_.~-]' then character
        else upper(regexp_replace(encode(convert_to(character, 'UTF8'), 'hex'), '(..)', '%\1', 'g'))
      end,
      '' order by position
    ),
    ''
  )
  from regexp_split_to_table(string, '') with ordinality as characters (character, position)
$$;

create or replace function net._with_params(url text, params jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  select url || coalesce(
    (
      select
        case when position('?' in url) > 0 then '&' else '?' end
        || string_agg(net._urlencode_string(key) || '=' || net._urlencode_string(value), '&' order by key)
      from jsonb_each_text(params)
    ),
    ''
  )
$$;

create or replace function net._enqueue(
  method text,
  url text,
  params jsonb,
  headers jsonb,
  body bytea,
  timeout_milliseconds integer
)
returns bigint
language plpgsql
security definer -- callers may ask for a request, not rewrite the queue
set search_path = ''
as $$
declare
  v_request_id bigint;
begin
  insert into net.http_request_queue as queue (method, url, headers, body, timeout_milliseconds)
  values (
    _enqueue.method,
    net._with_params(_enqueue.url, _enqueue.params),
    _enqueue.headers,
    _enqueue.body,
    _enqueue.timeout_milliseconds
  )
  returning queue.id into v_request_id;
  perform pg_notify('net_http_request', '');
  return v_request_id;
end
$$;

create or replace function net.http_get(
  url text,
  params jsonb default '{}'::jsonb,
  headers jsonb default '{}'::jsonb,
  timeout_milliseconds integer default 5000
)
returns bigint
language sql
set search_path = ''
as $$ select net._enqueue('GET', url, params, headers, null, timeout_milliseconds) $$;

create or replace function net.http_delete(
  url text,
  params jsonb default '{}'::jsonb,
  headers jsonb default '{}'::jsonb,
  timeout_milliseconds integer default 5000,
  body jsonb default null
)
returns bigint
language sql
set search_path = ''
as $$
  select net._enqueue('DELETE', url, params, headers, convert_to(body::text, 'UTF8'), timeout_milliseconds)
$$;

create or replace function net.http_post(
  url text,
  body jsonb default '{}'::jsonb,
  params jsonb default '{}'::jsonb,
  headers jsonb default '{"Content-Type": "application/json"}'::jsonb,
  timeout_milliseconds integer default 5000
)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  v_content_type text;
begin
  select header.value into v_content_type
  from jsonb_each_text(coalesce(headers, '{}'::jsonb)) as header
  where lower(header.key) = 'content-type'
  limit 1;
  if v_content_type is null then
    headers := coalesce(headers, '{}'::jsonb) || '{"Content-Type": "application/json"}'::jsonb;
  elsif v_content_type <> 'application/json' then
    raise exception 'Content-Type header must be "application/json"';
  end if;
  return net._enqueue('POST', url, params, headers, convert_to(body::text, 'UTF8'), timeout_milliseconds);
end
$$;

revoke execute on all functions in schema net from public;
grant execute on all functions in schema net to postgres, service_role;
grant select, insert, update, delete on net.http_request_queue, net._http_response to postgres;
grant usage on all sequences in schema net to postgres;
