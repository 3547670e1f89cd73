// Whether the mirror is what the platform holds, row by row.
import { expect } from 'vitest';
import type { ClubUnderSync } from './club.ts';

const STATUS: Record<number, string> = { [-1]: 'no_show', 0: 'booked', 1: 'attended', 2: 'confirmed' };
const ALL = { page: 1, count: 100_000 };
const EVERY = { sql: [], values: [] };

type Rows = Record<string, unknown>;

/** Fails with the difference when a row is lost, invented or read wrongly. */
export async function expectMirrorEqualsPlatform(club: ClubUnderSync): Promise<void> {
  const [mirror, platform] = [await mirrored(club), held(club)];
  for (const entity of Object.keys(platform))
    expect({ [entity]: mirror[entity] }).toEqual({ [entity]: platform[entity] });
}

function held({ booking: { store, time } }: ClubUnderSync): Record<string, Rows> {
  const instant = (wall: string) => new Date(time.withColon(wall)).toISOString();
  const text = (id: number | null) => (id === null ? null : String(id));
  const by = <Row extends { id: number }>(rows: Row[], value: (row: Row) => unknown) =>
    Object.fromEntries(rows.map((row) => [String(row.id), value(row)]));
  return {
    clients: Object.fromEntries(
      store.clients(EVERY, ALL).rows.map(({ payload }) => [String(payload.id), payload.display_name]),
    ),
    bookings: by(store.records(EVERY, ALL).rows, (record) => ({
      status: record.deleted === 1 ? 'cancelled' : STATUS[record.attendance],
      client: text(record.clientId),
      starts_at: instant(record.date),
      made_at: instant(record.created),
    })),
    payments: by(store.transactions(EVERY, ALL).rows, (row) => ({
      amount: Math.round(row.amount * 100),
      client: text(row.clientId),
      paid_at: instant(row.date),
      is_deleted: row.deleted === 1,
    })),
    membership_sales: by(
      store.goods(EVERY, ALL).rows.filter(({ membershipTypeId }) => membershipTypeId !== 0),
      (row) => ({
        client: text(row.clientId),
        sold_date: row.created.slice(0, 10),
        is_deleted: row.deleted === 1,
      }),
    ),
    memberships: by(store.memberships(EVERY, ALL).rows, (row) => ({
      sale: row.goodsTransactionId === 0 ? null : String(row.goodsTransactionId),
      created_date: row.created.slice(0, 10),
      expires_date: row.expires?.slice(0, 10) ?? null,
    })),
  };
}

async function mirrored({ sql }: ClubUnderSync): Promise<Record<string, Rows>> {
  const [mirror] = await sql<Record<string, Rows>[]>`
    select
      (select coalesce(jsonb_object_agg(external_id, name), '{}') from crm.clients where deleted_at is null) as clients,
      (select coalesce(jsonb_object_agg(external_id, jsonb_build_object(
          'status', status, 'client', client_external_id, 'starts_at', ${iso(sql, 'starts_at')}, 'made_at', ${iso(sql, 'made_at')}
        )), '{}') from crm.bookings) as bookings,
      (select coalesce(jsonb_object_agg(external_id, jsonb_build_object(
          'amount', amount_minor, 'client', client_external_id, 'paid_at', ${iso(sql, 'paid_at')}, 'is_deleted', is_deleted
        )), '{}') from crm.payments) as payments,
      (select coalesce(jsonb_object_agg(external_id, jsonb_build_object(
          'client', client_external_id, 'sold_date', sold_date, 'is_deleted', is_deleted
        )), '{}') from crm.membership_sales) as membership_sales,
      (select coalesce(jsonb_object_agg(external_id, jsonb_build_object(
          'sale', sale_external_id, 'created_date', created_date, 'expires_date', expires_date
        )), '{}') from crm.memberships) as memberships
  `;
  return mirror!;
}

function iso(sql: ClubUnderSync['sql'], column: string) {
  return sql`to_char(${sql(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"')`;
}
