import type { Sql } from 'postgres';
import { Club } from './club.ts';
import type { Day } from './club.ts';

const TIMEZONE = 'Europe/Prague';

export interface Size {
  clients: number;
  bookings: number;
}

/** Members joined at even distances over three years; each came most in the days after. In the order of time, as in life. */
const BOOKINGS = `
  insert into crm.bookings (
    club_id, external_id, client_id, client_external_id, staff_external_id, service_external_ids, service_kind, status,
    is_deleted, starts_at, local_date, made_at, made_date, raw
  )
  select
    $1,
    made.ordinal::text,
    made.client_id,
    made.client_external_id,
    'trainer-' || made.ordinal % 20,
    array[made.service_kind],
    made.service_kind,
    made.status,
    made.status = 'cancelled' and made.ordinal % 2 = 0,
    (made.local_date + time '18:00') at time zone '${TIMEZONE}',
    made.local_date,
    made.local_date - interval '1 day',
    made.local_date - 1,
    jsonb_build_object('id', made.ordinal, 'comment', repeat('As the platform gave it. ', 16))
  from (
    select
      ordinal,
      member.client_id,
      member.external_id as client_external_id,
      case
        when ordinal % 50 = 0 then $2::date + 1 + (ordinal % 7)::integer
        else $2::date - floor(member.days_ago * (1 - random() ^ 2))::integer
      end as local_date,
      (array['group', 'group', 'group', 'open', 'open', 'personal', 'trial', 'other'])[1 + ordinal % 8] as service_kind,
      case
        when ordinal % 50 = 0 then 'booked'
        when ordinal % 10 < 8 then 'attended'
        when ordinal % 10 = 8 then 'no_show'
        else 'cancelled'
      end as status
    from generate_series(1, $4::bigint) as ordinal
    join (
      select
        client.client_id,
        client.external_id,
        row_number() over (order by client.client_id) - 1 as place,
        (row_number() over (order by client.client_id)) * 1100 / $3::bigint as days_ago
      from crm.clients as client
      where client.club_id = $1
    ) as member on member.place = (ordinal * 7919) % $3::bigint
  ) as made
  order by made.local_date, made.ordinal`;

const MONEY = `
  with bought as (
    select
      row_number() over (order by visit.local_date, visit.booking_id) as ordinal,
      visit.client_id,
      visit.client_external_id,
      visit.local_date
    from crm.bookings as visit
    where visit.club_id = $1 and visit.status = 'attended' and visit.booking_id % 6 = 0
  ),
  sold as (
    insert into crm.membership_sales (club_id, external_id, client_id, client_external_id, title, sold_date, raw)
    select $1, ordinal::text, client_id, client_external_id, '10 visits', local_date, '{}' from bought where ordinal % 3 = 0
  ),
  carded as (
    insert into crm.memberships (
      club_id, external_id, client_id, client_external_id, sale_external_id, title, created_date, raw
    )
    select $1, ordinal::text, client_id, client_external_id, ordinal::text, '10 visits', local_date, '{}'
    from bought
    where ordinal % 3 = 0
  )
  insert into crm.payments (
    club_id, external_id, client_id, client_external_id, sale_external_id, amount_minor, paid_at, local_date, title, raw
  )
  select
    $1,
    ordinal::text,
    client_id,
    client_external_id,
    case when ordinal % 3 = 0 then ordinal::text end,
    10000 + ordinal % 7 * 5000,
    (local_date + time '18:00') at time zone '${TIMEZONE}',
    local_date,
    'Sale',
    '{}'
  from bought`;

const MESSAGES = `
  with drafted as (
    insert into campaigns.drafts (
      club_id, client_id, scenario, occasion, why, variables, language, template_name, template_language, planned_date,
      planned_at, expires_at, delivery_mode, mode_basis, status, version
    )
    select
      $1,
      client.client_id,
      'reactivation',
      'last visit',
      'Has not come for a while',
      '{}',
      'cs',
      'reactivation',
      'cs',
      $2::date - (client.client_id % 60)::integer,
      $2::date - (client.client_id % 60)::integer,
      $2::date + 1,
      'moderation',
      'club',
      case when client.client_id % 4 = 0 then 'pending' else 'approved' end,
      1
    from crm.clients as client
    where client.club_id = $1 and client.client_id % 4 < 2
    returning *
  ),
  worded as (
    insert into campaigns.draft_versions (club_id, draft_id, version, source, message, parameters, rendered, author, written_at)
    select club_id, draft_id, 1, 'static', 'We miss you', '[]', 'We miss you', 'static', planned_at from drafted
  )
  insert into outbox.messages (
    club_id, draft_id, client_id, phone, template_name, template_language, parameters, rendered, version, queued_at, status,
    accepted_at
  )
  select
    club_id, draft_id, client_id, '+420777000777', template_name, template_language, '[]', 'We miss you', 1, planned_at, 'sent',
    planned_at
  from drafted
  where status = 'approved'`;

/** A club with years of history as the superuser puts it in: no trigger looks. The same club each time. */
export async function openLargeClub(admin: Sql, today: Day, { clients, bookings }: Size): Promise<Club> {
  const club = await Club.open(admin, { today, timezone: TIMEZONE });
  const { id } = club;
  await admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`select setseed(0.5)`;
    await sql`
      insert into crm.clients (club_id, external_id, name, phone, language, language_source, raw)
      select ${id}, ordinal::text, 'Member ' || ordinal, '+420777' || lpad((ordinal % 1500)::text, 6, '0'), 'cs', 'default', '{}'
      from generate_series(1, ${clients}::bigint) as ordinal`;
    await sql`
      insert into crm.services (club_id, external_id, title, kind)
      select ${id}, kind, kind, kind from unnest(array['trial', 'group', 'personal', 'open', 'other']) as kind`;
    await sql`
      insert into crm.staff (club_id, external_id, name)
      select ${id}, 'trainer-' || ordinal, 'Trainer ' || ordinal from generate_series(0, 19) as ordinal`;
    await sql`
      insert into crm.listings (club_id, entity, lane, complete_until, completed_at)
      select ${id}, entity, 'full', ${today}::date, ${today}::date
      from unnest(array['clients', 'bookings', 'payments', 'membership_sales', 'memberships', 'services', 'staff']) as entity`;
    await sql.unsafe(BOOKINGS, [id, today, clients, bookings]);
    await sql.unsafe(MONEY, [id]);
    await sql.unsafe(MESSAGES, [id, today]);
  });
  return club;
}
