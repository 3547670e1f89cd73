// A club made in SQL by hashing row numbers: the same club each time, whatever the machine. Most members come a few times, a few
// for years, so that a visit drawn at random belongs to somebody with some 230 of them.
import type { Sql } from 'postgres';
import { HISTORY_DAYS, LAST_DAY } from './size.ts';
import type { Size } from './size.ts';

const TIMEZONE = 'Europe/Prague';
/** The dice: a fraction in [0, 1) from two numbers and what it is for. */
const DICE = `
  create function pg_temp.dice(p_one bigint, p_other bigint, p_salt integer) returns double precision
  language sql immutable parallel safe as $$
    select (hashint8extended(p_one * 2048 + p_other, p_salt) & 1073741823)::double precision / 1073741824
  $$`;

/** Kinds as the product would guess them from these titles. */
const SERVICES = [
  ['1', 'Trial', 'trial'],
  ['2', 'Group class', 'group'],
  ['3', 'Personal training', 'personal'],
  ['4', 'Open gym', 'open'],
  ['5', 'Massage', 'other'],
];

const CLIENTS = `
  insert into crm.clients (club_id, external_id, name, language, language_source, deleted_at, raw)
  select $1, (1000000 + row_number)::text, 'Member ' || row_number, 'cs', 'default',
    case when pg_temp.dice(row_number, 0, 1) < 0.01 then timestamptz '${LAST_DAY} 03:00Z' end,
    jsonb_build_object('id', 1000000 + row_number)
  from generate_series(1, $2::bigint) as row_number
  order by row_number`;

/** One row per client: how many bookings and over which days, how many purchases and at which distance. One in twenty never came. */
const MEMBERS = `
  create temp table member as
  with drawn as (
    select
      client.client_id,
      client.external_id,
      case
        when pg_temp.dice(client.client_id, 0, 2) < 0.05 then 0
        -- Lognormal by Box and Muller; six bookings make five visits.
        else least(1100, 1 + 1.2 * 22.5 * exp(
          1.36 * sqrt(-2 * ln(1 - pg_temp.dice(client.client_id, 0, 3))) * cos(2 * pi() * pg_temp.dice(client.client_id, 0, 4))
        ))::integer
      end as bookings,
      1.3 + 5 * pg_temp.dice(client.client_id, 0, 5) as gap_days,
      pg_temp.dice(client.client_id, 0, 6) < 0.15 as has_trainer,
      pg_temp.dice(client.client_id, 0, 7) < 0.65 as is_member,
      pg_temp.dice(client.client_id, 0, 8) < 0.25 as is_active
    from crm.clients as client
    where client.club_id = $1
  ),
  stayed as (
    select drawn.*, least(${HISTORY_DAYS}, ceil(drawn.bookings * drawn.gap_days))::integer as days from drawn
  )
  select
    stayed.*,
    date '${LAST_DAY}' - stayed.days + 1 - case
      when stayed.is_active then 0
      else floor(pg_temp.dice(stayed.client_id, 0, 9) * (${HISTORY_DAYS} - stayed.days + 1))::integer
    end as joined_date,
    case when stayed.is_member then 30 else greatest(1, ceil(stayed.gap_days * 5))::integer end as purchase_every_days,
    -- Some buy before they come, most a few days later.
    floor(pg_temp.dice(stayed.client_id, 0, 10) * 30)::integer - 5 as purchase_offset_days
  from stayed`;

/** The bookings of a month in the order of time, so that a client's visits lie scattered over the table, as in life. */
const BOOKINGS = `
  insert into crm.bookings (
    club_id, external_id, client_id, client_external_id, staff_external_id, service_external_ids, service_kind, status,
    is_deleted, starts_at, local_date, made_at, made_date, raw
  )
  select
    $1,
    ($2::date - date '2000-01-01')::text || lpad((row_number() over ())::text, 8, '0'),
    case when not slot.is_walk_in then slot.client_id end,
    case when not slot.is_walk_in then slot.external_id end,
    (slot.client_id % 25 + 1)::text,
    array[slot.service_external_id],
    (array['trial', 'group', 'personal', 'open', 'other'])[slot.service_external_id::integer],
    slot.status,
    slot.is_deleted,
    slot.starts_at,
    slot.local_date,
    slot.starts_at - interval '2 days',
    slot.local_date - 2,
    jsonb_build_object('id', slot.client_id, 'visit', slot.number)
  from (
    select
      member.client_id,
      member.external_id,
      slot.number,
      placed.local_date,
      (placed.local_date + make_interval(hours => 6 + floor(dice.hour * 15)::integer)) at time zone '${TIMEZONE}' as starts_at,
      dice.walk_in < 0.01 as is_walk_in,
      dice.status >= 0.98 as is_deleted,
      case when dice.status < 0.8333 then 'attended' when dice.status < 0.88 then 'no_show' else 'cancelled' end as status,
      case
        when slot.number = 0 and dice.kind < 0.6 then '1'
        when member.has_trainer and dice.kind < 0.4 then '3'
        when dice.kind < 0.01 then '3'
        when dice.kind < 0.65 then '2'
        when dice.kind < 0.95 then '4'
        else '5'
      end as service_external_id
    from member
    cross join lateral generate_series(
      greatest(0, floor(($2::date - member.joined_date)::double precision * member.bookings / member.days)::integer - 1),
      least(
        member.bookings - 1,
        ceil(($3::date - member.joined_date)::double precision * member.bookings / member.days)::integer
      )
    ) as slot (number)
    cross join lateral (
      select
        pg_temp.dice(member.client_id, slot.number, 20) as day,
        pg_temp.dice(member.client_id, slot.number, 21) as hour,
        pg_temp.dice(member.client_id, slot.number, 22) as status,
        pg_temp.dice(member.client_id, slot.number, 23) as kind,
        pg_temp.dice(member.client_id, slot.number, 24) as walk_in
    ) as dice
    cross join lateral (
      select member.joined_date + floor((slot.number + dice.day) * member.days / member.bookings)::integer as local_date
    ) as placed
    where member.bookings > 0
      and member.joined_date < $3::date
      and member.joined_date + member.days > $2::date
      and placed.local_date >= $2::date
      and placed.local_date < $3::date
    order by starts_at, member.client_id
  ) as slot`;

/** What members and guests bought in a month; membership sales are those of members. */
const PURCHASES = `
  create temp table purchase as
  select
    member.client_id,
    member.external_id,
    member.is_member,
    bought.local_date,
    bought.number,
    (array[49000, 89000, 129000, 159000, 249000])[1 + floor(pg_temp.dice(member.client_id, 0, 11) * 5)::integer] as amount_minor,
    pg_temp.dice(member.client_id, bought.number, 30) as fate
  from member
  cross join lateral (
    select
      step.number,
      member.joined_date + member.purchase_offset_days + step.number * member.purchase_every_days as local_date
    from generate_series(0, (member.days - 1) / member.purchase_every_days) as step (number)
  ) as bought
  where member.bookings > 1
    and member.joined_date - 5 < $2::date
    and member.joined_date + member.days + 30 > $1::date
    and bought.local_date >= $1::date
    and bought.local_date < $2::date
    and bought.local_date <= date '${LAST_DAY}'`;

const PAYMENTS = `
  insert into crm.payments (club_id, external_id, client_id, client_external_id, amount_minor, paid_at, local_date, title, is_deleted, raw)
  select
    $1,
    ($2::date - date '2000-01-01')::text || lpad((row_number() over ())::text, 8, '0'),
    case when paid.fate >= 0.02 then paid.client_id end,
    case when paid.fate >= 0.02 then paid.external_id end,
    case when paid.fate > 0.98 then -paid.amount_minor else paid.amount_minor end,
    (paid.local_date + time '18:00') at time zone '${TIMEZONE}',
    paid.local_date,
    'Sale',
    paid.fate between 0.02 and 0.025,
    '{}'
  from (select * from purchase order by purchase.local_date, purchase.client_id) as paid`;

const SALES = `
  insert into crm.membership_sales (club_id, external_id, client_id, client_external_id, title, sold_date, is_deleted, raw)
  select
    $1,
    ($2::date - date '2000-01-01')::text || lpad((row_number() over ())::text, 8, '0'),
    sold.client_id,
    sold.external_id,
    'Month',
    sold.local_date,
    sold.fate between 0.02 and 0.025,
    '{}'
  from (select * from purchase where purchase.is_member order by purchase.local_date, purchase.client_id) as sold`;

function months(): [from: string, before: string][] {
  const day = (offset: number) => {
    const date = new Date(`${LAST_DAY}T00:00:00Z`);
    date.setUTCDate(date.getUTCDate() + offset);
    return date.toISOString().slice(0, 10);
  };
  const edges: [string, string][] = [];
  // From a little before the first visit, since a membership may be bought before it.
  for (let from = -HISTORY_DAYS - 10; from < 1; from += 30)
    edges.push([day(from), day(Math.min(from + 30, 1))]);
  return edges;
}

/** Fills an empty club through a superuser's connection, without triggers; returns its id. */
export async function generateClub(admin: Sql, size: Size): Promise<number> {
  const [club] = await admin<{ id: number }[]>`
    select core.create_club('Vltava Fit', ${TIMEZONE}, 'CZ', 'CZK', '2023-01-01T00:00:00Z')::int as id`;
  const clubId = club!.id;
  await admin`set session_replication_role = replica`;
  await admin`set work_mem = '256MB'`;
  await admin.unsafe(DICE);
  for (const [externalId, title, kind] of SERVICES) {
    await admin`
      insert into crm.services (club_id, external_id, title, kind) values (${clubId}, ${externalId!}, ${title!}, ${kind!})`;
  }
  await admin.unsafe(CLIENTS, [clubId, size.clients]);
  await admin.unsafe(MEMBERS, [clubId]);
  await withoutIndexes(admin, async () => {
    for (const [from, before] of months()) {
      await admin.unsafe(BOOKINGS, [clubId, from, before]);
      await admin.unsafe(
        PURCHASES.replaceAll('$1::date', `date '${from}'`).replaceAll('$2::date', `date '${before}'`),
      );
      await admin.unsafe(PAYMENTS, [clubId, from]);
      await admin.unsafe(SALES, [clubId, from]);
      await admin`drop table pg_temp.purchase`;
    }
  });
  await admin`set session_replication_role = origin`;
  return clubId;
}

/** Indexes that hold no constraint are made afterwards, each in one go. */
async function withoutIndexes(admin: Sql, work: () => Promise<void>): Promise<void> {
  const indexes = await admin<{ name: string; definition: string }[]>`
    select index.indexrelid::regclass::text as name, pg_get_indexdef(index.indexrelid) as definition
    from pg_index as index
    where index.indrelid in ('crm.bookings'::regclass, 'crm.payments'::regclass, 'crm.membership_sales'::regclass)
      and not exists (select from pg_constraint as held where held.conindid = index.indexrelid)`;
  for (const { name } of indexes) await admin.unsafe(`drop index ${name}`);
  await work();
  for (const { definition } of indexes) await admin.unsafe(definition);
}
