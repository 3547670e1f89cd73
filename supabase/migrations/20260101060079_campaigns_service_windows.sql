-- When a member last wrote to us on WhatsApp: for 24 hours after that we may answer in words of our own, without a template.
-- One row per client and phone; the latest message counts, whenever and in whatever order we hear of it.
create table campaigns.service_windows (
  club_id bigint not null references core.clubs on delete cascade,
  client_id bigint not null,
  phone text not null,
  last_inbound_at timestamptz not null,
  refused_at timestamptz,
  primary key (club_id, client_id, phone),
  foreign key (club_id, client_id) references crm.clients (club_id, client_id) on delete cascade
);
create index service_windows_by_phone on campaigns.service_windows (club_id, phone);
comment on table campaigns.service_windows is 'One row per client and phone that wrote to us, with the latest message.';
comment on column campaigns.service_windows.refused_at is
  'When WhatsApp refused a message because the window was closed after all: only a message after that opens it again.';

alter table campaigns.service_windows enable row level security;
grant select on campaigns.service_windows to authenticated;
create policy "operators read the service windows of their clubs" on campaigns.service_windows
  for select to authenticated using (club_id in (select core.my_clubs()));

create function campaigns.note_inbound(
  p_club_id bigint, p_client_id bigint, p_phone text, p_at timestamptz, p_now timestamptz
) returns void
language sql set search_path = '' as $$
  insert into campaigns.service_windows as known (club_id, client_id, phone, last_inbound_at)
  -- A clock ahead of ours prolongs nothing.
  values (p_club_id, p_client_id, p_phone, least(p_at, p_now))
  on conflict (club_id, client_id, phone) do update set
    last_inbound_at = excluded.last_inbound_at
  where excluded.last_inbound_at > known.last_inbound_at
$$;
comment on function campaigns.note_inbound is
  'Notes that a client wrote to us from a phone at p_at; a message older than the latest known changes nothing.';

create function campaigns.refuse_window(p_club_id bigint, p_phone text, p_at timestamptz) returns void
language sql set search_path = '' as $$
  -- The window is the phone's, whoever shares it. In one order, as everybody locks them.
  with refused as materialized (
    select opened.client_id
    from campaigns.service_windows as opened
    where opened.club_id = p_club_id
      and opened.phone = p_phone
    order by opened.client_id
    for update
  )
  update campaigns.service_windows as opened
  set refused_at = greatest(opened.refused_at, p_at)
  from refused
  where opened.club_id = p_club_id
    and opened.client_id = refused.client_id
    and opened.phone = p_phone
$$;
comment on function campaigns.refuse_window is
  'Notes that WhatsApp holds the window of a phone for closed, whatever we believed: nobody is answered there until they write again.';

create function campaigns.window_closes_at(p_club_id bigint, p_client_id bigint, p_at timestamptz) returns timestamptz
language sql stable set search_path = '' as $$
  select opened.last_inbound_at + interval '24 hours'
  from campaigns.service_windows as opened
  join crm.clients as client
    on client.club_id = opened.club_id
    and client.client_id = opened.client_id
    and client.phone = opened.phone
  where opened.club_id = p_club_id
    and opened.client_id = p_client_id
    and opened.last_inbound_at + interval '24 hours' > p_at
    and (opened.last_inbound_at <= opened.refused_at) is not true
$$;
comment on function campaigns.window_closes_at is
  'When the service window of the phone a client has now closes; null when it is closed.';
grant execute on function campaigns.window_closes_at to authenticated;
