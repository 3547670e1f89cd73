-- What may be sent, but not yet: the pace of a member and the limits of 24 hours are asked before a worker gets it.
create function outbox.messages_left(p_club_id bigint, p_at timestamptz) returns bigint
language sql stable set search_path = '' as $$
  select setting.daily_limit - count(contact.draft_id)
  from core.settings as setting
  left join campaigns.contacts as contact
    on contact.club_id = setting.club_id
    and contact.contacted_at > p_at - interval '24 hours'
  where setting.club_id = p_club_id
    and setting.daily_limit is not null
  group by setting.club_id
$$;
comment on function outbox.messages_left is
  'How many more messages a club may send now within its own limit of a rolling 24 hours; null when it has set none.';

create function outbox.waits(p_judged outbox.judgement[], p_now timestamptz)
returns table (message_id uuid, token uuid, run_at timestamptz)
language sql stable set search_path = '' as $$
  with sendable as materialized (
    select judged.*
    from unnest(p_judged) with ordinality as judged (
      club_id, message_id, token, purpose, draft_id, phone, reaches, run_at, obstacle, place
    )
    where judged.obstacle is null
  ),
  hurried as materialized (
    -- One message in 6 seconds to one member is all that WhatsApp takes.
    select sendable.message_id, max(attempt.claimed_at) + interval '6 seconds' as run_at
    from sendable
    join outbox.messages as earlier on earlier.phone = sendable.phone
    join outbox.attempts as attempt
      on attempt.club_id = earlier.club_id
      and attempt.message_id = earlier.message_id
      and attempt.claimed_at > p_now - interval '6 seconds'
      and attempt.outcome is distinct from 'not_started'
    group by sendable.message_id
  ),
  counted as (
    select
      ready.*,
      count(*) filter (where ready.purpose = 'campaign') over (partition by ready.club_id order by ready.place) as messages_of_club,
      count(*) filter (where ready.is_new_person) over (order by ready.place) as new_people
    from (
      select
        sendable.*,
        sendable.reaches and not exists (
          select from campaigns.outreaches as outreach
          where outreach.phone = sendable.phone
            and outreach.reached_at > p_now - interval '24 hours'
        ) as is_new_person
      from sendable
      where sendable.message_id not in (select hurried.message_id from hurried)
    ) as ready
  ),
  reached as materialized (
    select campaigns.people_reached(p_now) as people
  ),
  allowed as materialized (
    select
      setting.club_id,
      setting.portfolio_limit - reached.people as people_left,
      outbox.messages_left(setting.club_id, p_now) as messages_left
    from core.settings as setting
    cross join reached
    where setting.club_id in (select sendable.club_id from sendable)
  )
  select hurried.message_id, sendable.token, hurried.run_at
  from hurried
  join sendable on sendable.message_id = hurried.message_id
  union all
  -- The limits of 24 hours: the portfolio's of different people, over all clubs, and the club's own of messages.
  select counted.message_id, counted.token, p_now + interval '15 minutes'
  from counted
  join allowed on allowed.club_id = counted.club_id
  where (counted.is_new_person and counted.new_people > allowed.people_left)
    or (counted.purpose = 'campaign' and counted.messages_of_club > allowed.messages_left)
$$;
comment on function outbox.waits is
  'Which of the messages that may be sent must wait, and until when: for the pace of one member, or the limits of 24 hours.';
