-- The demo club: used by `supabase db reset` and by `npm start`, never by production. Its members, visits and payments are not
-- here: they come over HTTP from the booking platform (the sandbox, unless you name another), as they do for any club.

insert into core.clubs (club_id, name, timezone, country, currency, default_language, created_at)
values (1, 'Vltava Fit', 'Europe/Prague', 'CZ', 'CZK', 'cs', now());
select setval(pg_get_serial_sequence('core.clubs', 'club_id'), (select max(club_id) from core.clubs));

insert into core.settings (
  club_id, delivery_mode, sending_opens_at, sending_closes_at, has_existing_customer_exception, daily_limit, updated_at
)
values (
  1,
  'moderation',
  -- A real club keeps 09:00–20:00. The demo answers at any hour, so that it can be tried at night.
  '00:00',
  '24:00',
  -- Its members bought something and were told on the form that they would hear from the club, with a way to say no.
  true,
  -- Few enough to look at each.
  8,
  now()
);

insert into campaigns.voices (club_id, version, tone, signature, allowed_offers, forbidden_words, opening_hours, changed_by, changed_at)
values (
  1,
  1,
  'Friendly and down to earth, like a coach who remembers you. One honest invitation, no pressure.',
  'Vltava Fit',
  array['a friend may come along to your first training back'],
  array['cheap', 'levně', 'дешево'],
  'Monday to Friday 6:00–22:00, Saturday and Sunday 8:00–20:00',
  'system:seed',
  now()
);

-- One operator of each role; the password of all is regulars-demo.
select core.add_operator(1, role || '@demo.regulars.local', 'regulars-demo', role, now())
from unnest(array['owner', 'operator', 'moderator', 'analyst']) as role;
