-- Whose WhatsApp user id is which phone: a member with a user name may hide the number, and says STOP all the same.
-- One row per club and user id; the phone is null until an update of Meta's showed both, or answered a message of ours.
create table campaigns.whatsapp_ids (
  club_id bigint not null references core.clubs on delete cascade,
  wa_user_id text not null check (wa_user_id <> ''),
  phone text,
  seen_at timestamptz not null,
  primary key (club_id, wa_user_id)
);
create index whatsapp_ids_of_any_club on campaigns.whatsapp_ids (wa_user_id);
comment on table campaigns.whatsapp_ids is 'One row per WhatsApp user id that a club heard of, with the phone once it is known.';
-- The webhook alone reads and writes it.
alter table campaigns.whatsapp_ids enable row level security;

create function campaigns.note_whatsapp_id(p_club_id bigint, p_wa_user_id text, p_phone text, p_now timestamptz) returns text
language sql set search_path = '' as $$
  -- Whoever notes one waits for whoever else does, so that a STOP and the news of the phone see each other.
  insert into campaigns.whatsapp_ids as known (club_id, wa_user_id, phone, seen_at)
  values (p_club_id, p_wa_user_id, p_phone, p_now)
  on conflict (club_id, wa_user_id) do update set
    phone = coalesce(excluded.phone, known.phone),
    seen_at = greatest(known.seen_at, excluded.seen_at)
  returning known.phone
$$;
comment on function campaigns.note_whatsapp_id is 'Notes that a user id was seen, and its phone when that is known; returns the phone known of it.';
