-- WhatsApp refused a message for a while, not for good: its cap on marketing per member, or an experiment of Meta's.
-- One row per club and phone: nothing is planned for it before the rest is over. Trying sooner is what Meta punishes.
create table campaigns.rests (
  club_id bigint not null references core.clubs on delete cascade,
  phone text not null,
  rests_until timestamptz not null,
  error_code integer not null,
  noted_at timestamptz not null,
  primary key (club_id, phone)
);
comment on table campaigns.rests is 'One row per club and phone that WhatsApp refused for a while, with when it may be written to again.';

alter table campaigns.rests enable row level security;
grant select on campaigns.rests to authenticated;
create policy "operators read the rests of their clubs" on campaigns.rests
  for select to authenticated using (club_id in (select core.my_clubs()));

create function campaigns.rest_phone(p_club_id bigint, p_phone text, p_error_code integer, p_now timestamptz) returns void
language sql set search_path = '' as $$
  insert into campaigns.rests as known (club_id, phone, rests_until, error_code, noted_at)
  values (p_club_id, p_phone, p_now + interval '24 hours', p_error_code, p_now)
  on conflict (club_id, phone) do update set
    rests_until = excluded.rests_until,
    error_code = excluded.error_code,
    noted_at = excluded.noted_at
  where excluded.rests_until > known.rests_until
$$;
comment on function campaigns.rest_phone is 'Lets a phone rest for 24 hours after an error of WhatsApp''s that says: not now.';
