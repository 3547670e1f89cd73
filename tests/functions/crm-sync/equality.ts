// Whether the mirror is what the platform holds, row by row and field by field.
import { expect } from 'vitest';
import { toE164 } from '../../../shared/booking/phone.ts';
import type { ClubUnderSync } from './club.ts';

/** The mirror's words for the platform's numbers. */
export const ATTENDANCE: Record<number, string> = {
  [-1]: 'no_show',
  0: 'booked',
  1: 'attended',
  2: 'confirmed',
};
/** The platform's own words. */
const CARD_STATUS: Record<number, string> = {
  1: 'Released',
  2: 'Активирован',
  3: 'Просрочен',
  4: 'Исчерпан',
};
const ALL = { page: 1, count: 100_000 };
const EVERY = { sql: [], values: [] };

/** By id. */
export type Rows = Record<string, Record<string, unknown>>;
export type Entities = Record<string, Rows>;

/**
 * Fails with the difference when a row is lost, invented, read wrongly, or marked as gone that is not. What the platform no
 * longer has may stay in the mirror, marked as gone.
 */
export async function expectMirrorEqualsPlatform(
  club: ClubUnderSync,
  { but = [] }: { but?: readonly string[] } = {},
): Promise<void> {
  expectSameRows(held(club), await mirrored(club), but);
}

/** The same for rows that were read in another way; `but`: ids that may differ. */
export function expectSameRows(platform: Entities, mirror: Entities, but: readonly string[] = []): void {
  expect(Object.keys(mirror).sort()).toEqual(Object.keys(platform).sort());
  for (const [entity, rows] of Object.entries(platform)) {
    const known = without(mirror[entity]!, rows);
    for (const id of but) delete known[id];
    for (const id of but) delete rows[id];
    expect({ [entity]: known }).toEqual({ [entity]: rows });
  }
}

/** Rows that the mirror takes for gone though the platform has them, as `entity id`. */
export async function archivedThoughThere(club: ClubUnderSync): Promise<string[]> {
  return wronglyArchived(held(club), await mirrored(club));
}

/** The same for rows that were read in another way. */
export function wronglyArchived(platform: Entities, mirror: Entities): string[] {
  return Object.entries(platform).flatMap(([entity, rows]) =>
    Object.entries(rows)
      .filter(([id, { is_deleted: isDeleted }]) => !isDeleted && mirror[entity]![id]?.is_deleted)
      .map(([id]) => `${entity} ${id}`),
  );
}

function held(club: ClubUnderSync): Entities {
  return { ...offered(club), ...booked(club), ...sold(club) };
}

/** All rows of the mirror. */
export async function mirrored(club: Pick<ClubUnderSync, 'sql'>): Promise<Entities> {
  return { ...(await mirroredOffers(club)), ...(await mirroredFacts(club)) };
}

/** The mirror's rows but those that are gone from the platform and known to be. */
function without(mirror: Rows, platform: Rows): Rows {
  return Object.fromEntries(
    Object.entries(mirror).filter(
      ([id, { is_deleted: isDeleted }]) => platform[id] !== undefined || !isDeleted,
    ),
  );
}

function by<Row extends { id: number }>(
  rows: readonly Row[],
  read: (row: Row) => Record<string, unknown>,
): Rows {
  return Object.fromEntries(rows.map((row) => [String(row.id), { is_deleted: false, ...read(row) }]));
}

const text = (id: number | null) => (id === null || id === 0 ? null : String(id));

function offered({ booking: { store } }: ClubUnderSync): Entities {
  const { catalogue } = store;
  const titles = new Map(catalogue.list('service_categories').map(({ id, title }) => [id, title]));
  return {
    services: by(catalogue.list('services'), ({ title, categoryId }) => ({
      title,
      category: titles.get(categoryId) ?? '',
    })),
    staff: by(catalogue.list('staff'), ({ name, fired }) => ({ name, is_deleted: fired === 1 })),
    membership_types: by(catalogue.list('membership_types'), ({ title, period, entries }) => ({
      title,
      period,
      visits: entries === 0 ? null : entries,
    })),
    loyalty_programmes: by(catalogue.list('loyalty_programmes'), (programme) => ({
      title: programme.title,
      type: programme.type,
      discount: programme.value,
      unit: programme.value_unit,
      limit: programme.usage_limit === 0 ? null : programme.usage_limit,
    })),
  };
}

function booked({ booking: { store, time } }: ClubUnderSync): Entities {
  const instant = (wall: string) => new Date(time.withColon(wall)).toISOString();
  const clients = store.clients(EVERY, ALL).rows.map(({ payload }) => payload);
  return {
    clients: by(clients, ({ display_name: name, phone, birth_date: birthDate, sms_not: smsNot }) => ({
      name,
      phone: toE164(phone, 'CZ'),
      birth_date: birthDate === '1970-01-01' ? null : birthDate,
      is_excluded: smsNot === 1,
    })),
    bookings: by(store.records(EVERY, ALL).rows, (record) => ({
      status: record.deleted === 1 ? 'cancelled' : ATTENDANCE[record.attendance],
      client: text(record.clientId),
      staff: text(record.staffId),
      services: (JSON.parse(record.services) as [number][]).map(([id]) => String(id)),
      starts_at: instant(record.date),
      made_at: instant(record.created),
      is_deleted: record.deleted === 1,
    })),
  };
}

function sold({ booking: { store, time } }: ClubUnderSync): Entities {
  const instant = (wall: string) => new Date(time.withColon(wall)).toISOString();
  const sales = store.goods(EVERY, ALL).rows.filter(({ membershipTypeId }) => membershipTypeId !== 0);
  return {
    payments: by(store.transactions(EVERY, ALL).rows, (row) => ({
      amount: Math.round(row.amount * 100),
      client: text(row.clientId),
      booking: text(row.recordId),
      sale: row.soldItemType === 'goods_transaction' ? text(row.soldItemId) : null,
      paid_at: instant(row.date),
      is_deleted: row.deleted === 1,
    })),
    membership_sales: by(sales, (row) => ({
      client: text(row.clientId),
      sold_date: row.created.slice(0, 10),
      is_deleted: row.deleted === 1,
    })),
    memberships: by(store.memberships(EVERY, ALL).rows, (row) => ({
      sale: text(row.goodsTransactionId),
      status: CARD_STATUS[row.statusId],
      created_date: row.created.slice(0, 10),
      expires_date: row.expires?.slice(0, 10) ?? null,
    })),
  };
}

async function mirroredOffers({ sql }: Pick<ClubUnderSync, 'sql'>): Promise<Entities> {
  const [mirror] = await sql<Entities[]>`
    select
      (select coalesce(jsonb_object_agg(external_id, jsonb_build_object(
          'title', title, 'category', category_title, 'is_deleted', is_deleted
        )), '{}') from crm.services) as services,
      (select coalesce(jsonb_object_agg(external_id, jsonb_build_object(
          'name', name, 'is_deleted', not is_active
        )), '{}') from crm.staff) as staff,
      (select coalesce(jsonb_object_agg(external_id, jsonb_build_object(
          'title', title, 'period', period, 'visits', visits_included, 'is_deleted', is_deleted
        )), '{}') from crm.membership_types) as membership_types,
      (select coalesce(jsonb_object_agg(external_id, jsonb_build_object(
          'title', title, 'type', type, 'discount', discount_value, 'unit', discount_unit, 'limit', usage_limit,
          'is_deleted', is_deleted
        )), '{}') from crm.loyalty_programmes) as loyalty_programmes
  `;
  return mirror!;
}

async function mirroredFacts({ sql }: Pick<ClubUnderSync, 'sql'>): Promise<Entities> {
  const [mirror] = await sql<Entities[]>`
    select
      (select coalesce(jsonb_object_agg(external_id, jsonb_build_object(
          'name', name, 'phone', phone, 'birth_date', birth_date, 'is_excluded', is_excluded_from_mailings,
          'is_deleted', deleted_at is not null
        )), '{}') from crm.clients) as clients,
      (select coalesce(jsonb_object_agg(external_id, jsonb_build_object(
          'status', status, 'client', client_external_id, 'staff', staff_external_id, 'services', service_external_ids,
          'starts_at', ${iso(sql, 'starts_at')}, 'made_at', ${iso(sql, 'made_at')}, 'is_deleted', is_deleted
        )), '{}') from crm.bookings) as bookings,
      (select coalesce(jsonb_object_agg(external_id, jsonb_build_object(
          'amount', amount_minor, 'client', client_external_id, 'booking', booking_external_id, 'sale', sale_external_id,
          'paid_at', ${iso(sql, 'paid_at')}, 'is_deleted', is_deleted
        )), '{}') from crm.payments) as payments,
      (select coalesce(jsonb_object_agg(external_id, jsonb_build_object(
          'client', client_external_id, 'sold_date', sold_date, 'is_deleted', is_deleted
        )), '{}') from crm.membership_sales) as membership_sales,
      (select coalesce(jsonb_object_agg(external_id, jsonb_build_object(
          'sale', sale_external_id, 'status', status, 'created_date', created_date, 'expires_date', expires_date,
          'is_deleted', false
        )), '{}') from crm.memberships) as memberships
  `;
  return mirror!;
}

function iso(sql: ClubUnderSync['sql'], column: string) {
  return sql`to_char(${sql(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"')`;
}
