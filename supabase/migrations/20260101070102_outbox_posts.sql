-- What the moderation chat shows: cards, digests, alerts, notices, daily summaries. One row per thing shown.
-- A post is due when it should be in the chat and is not, or shows an older state than the thing has: so nothing has to remember to
-- redraw it, and a crash between the chat and us only draws it once more.
create table outbox.posts (
  kind text not null check (kind in ('card', 'digest', 'alert', 'notice', 'summary')),
  object text not null,
  -- Null: it concerns all clubs.
  club_id bigint references core.clubs on delete cascade,
  draft_id uuid generated always as (case when kind = 'card' then object::uuid end) stored,
  chat_id text,
  message_id bigint,
  extra_message_id bigint,
  shown text,
  shown_at timestamptz,
  -- Whether what it shows may still change.
  is_live boolean not null default true,
  tries integer not null default 0,
  retry_at timestamptz not null default '-infinity',
  error text,
  primary key (kind, object)
);
create unique index posts_by_draft on outbox.posts (draft_id) where draft_id is not null;
create index posts_live on outbox.posts (kind, club_id) where is_live;
create index posts_by_message on outbox.posts (chat_id, message_id);
comment on table outbox.posts is 'One row per thing the moderation chat shows, or could not be shown: which message shows it, and which state of it.';
comment on column outbox.posts.extra_message_id is 'The message that holds the whole text where it is too long for the card.';

alter table outbox.posts enable row level security;
grant select on outbox.posts to authenticated;
create policy "operators read what the moderation chat shows of their clubs" on outbox.posts
  for select to authenticated using (club_id in (select core.my_clubs()));

create function outbox.store_post(
  p_kind text, p_object text, p_club_id bigint, p_chat_id text, p_message_id bigint, p_extra_message_id bigint, p_shown text,
  p_is_live boolean, p_now timestamptz
) returns void
language sql set search_path = '' as $$
  insert into outbox.posts as post (kind, object, club_id, chat_id, message_id, extra_message_id, shown, shown_at, is_live)
  values (p_kind, p_object, p_club_id, p_chat_id, p_message_id, p_extra_message_id, p_shown, p_now, p_is_live)
  on conflict (kind, object) do update set
    chat_id = excluded.chat_id,
    message_id = excluded.message_id,
    extra_message_id = excluded.extra_message_id,
    shown = excluded.shown,
    shown_at = excluded.shown_at,
    is_live = excluded.is_live,
    tries = 0,
    retry_at = '-infinity',
    error = null;
  -- What was shown tells that the chat is within reach.
  select outbox.end_alert('telegram_chat', p_now)
$$;
comment on function outbox.store_post is 'Remembers which message of the chat shows a thing, and which state of it.';

create function outbox.fail_post(p_kind text, p_object text, p_club_id bigint, p_error text, p_now timestamptz) returns integer
language sql set search_path = '' as $$
  insert into outbox.posts as post (kind, object, club_id, tries, retry_at, error)
  values (p_kind, p_object, p_club_id, 1, p_now + interval '1 minute', p_error)
  on conflict (kind, object) do update set
    tries = post.tries + 1,
    -- One that Telegram refuses must not hold up the others: a minute, two, four, at most an hour.
    retry_at = p_now + least(interval '1 hour', interval '1 minute' * (2 ^ least(post.tries, 10))),
    error = excluded.error
  returning post.tries
$$;
comment on function outbox.fail_post is 'Notes that Telegram refused a post: it is tried again later, and the others go on. Returns how often it was refused.';

create function outbox.short_name(p_first_name text, p_name text) returns text
language sql immutable set search_path = '' as $$
  select concat_ws(
    ' ',
    coalesce(nullif(btrim(p_first_name), ''), split_part(p_name, ' ', 1)),
    nullif(left(split_part(p_name, ' ', 2), 1), '') || '.'
  )
$$;
comment on function outbox.short_name is 'How the moderation chat calls a member: first name and initial, "Eva N."';
