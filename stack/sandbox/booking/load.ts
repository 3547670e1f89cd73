// Replaces the whole club in one transaction: either all of it is there afterwards, or what was there before.
import type { DatabaseSync } from 'node:sqlite';
import type { ClientRow, Club } from './club.ts';
import { COLUMNS, inserter } from './columns.ts';
import type { FlatRow, Table } from './columns.ts';
import { CREATE_INDEXES, DROP_INDEXES } from './schema.ts';

/** Puts a generated club in place of the one the database holds. */
export function loadClub(db: DatabaseSync, club: Club): void {
  db.exec('begin immediate');
  try {
    db.exec(DROP_INDEXES);
    for (const table of Object.keys(COLUMNS) as Table[]) db.exec(`delete from booking_${table}`);
    db.exec('delete from booking_catalogue');
    const insertClient = inserter(db, 'clients');
    for (const client of club.clients) insertClient(flatClient(client));
    for (const table of ['records', 'activities', 'memberships', 'transactions', 'goods'] as const) {
      const insert = inserter(db, table);
      for (const row of club[table]) insert(row);
    }
    db.exec(CREATE_INDEXES);
    const meta = db.prepare('insert or replace into booking_meta (key, value) values (?, ?)');
    meta.run('seed', String(club.seed));
    meta.run('today', club.today);
    db.exec('commit');
  } catch (cause) {
    db.exec('rollback');
    throw new Error('The demo club could not be loaded; the one from before is still there.', { cause });
  }
}

/** A client as one row of the table. */
export function flatClient({ payload, community, lastChange }: ClientRow): FlatRow {
  return {
    id: payload.id,
    payload: JSON.stringify(payload),
    phone: phoneDigits(payload.phone),
    community,
    lastChange,
    isGone: 0,
  };
}

/** The digits of a phone, which is how the platform looks one up. */
export function phoneDigits(phone: string | number): string {
  return String(phone).replace(/\D/g, '');
}
