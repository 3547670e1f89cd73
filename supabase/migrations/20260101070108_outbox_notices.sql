-- What the owner is told about drafting, in the moderation chat: each notice once, on the day it is about.
create function outbox.due_notices(p_now timestamptz)
returns table (kind text, object text, club_id bigint, since timestamptz, state text, lane text)
language sql stable set search_path = '' rows 10 as $$
  select
    'notice', concat_ws('/', notice.club_id, notice.notice_date, notice.kind), notice.club_id, notice.noticed_at, 'told', 'send'
  from campaigns.drafting_notices as notice
  left join outbox.posts as post
    on post.kind = 'notice'
    and post.object = concat_ws('/', notice.club_id, notice.notice_date, notice.kind)
  where post.message_id is null
    -- Tomorrow there is a new budget: what was not told in time is in the dashboard.
    and notice.notice_date = core.local_date(notice.club_id, p_now)
$$;
comment on function outbox.due_notices is 'Notices of today, by each club''s calendar, that the moderation chat does not show.';

create function outbox.notice_body(p_object text, p_now timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('club_id', club.club_id, 'club', club.name, 'kind', notice.kind, 'detail', notice.detail)
  from campaigns.drafting_notices as notice
  join core.clubs as club using (club_id)
  where notice.club_id = split_part(p_object, '/', 1)::bigint
    and notice.notice_date = split_part(p_object, '/', 2)::date
    and notice.kind = split_part(p_object, '/', 3)
$$;
comment on function outbox.notice_body is 'What a notice says: {club_id, club, kind, detail}.';
