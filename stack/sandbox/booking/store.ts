// The club as the sandbox keeps it: in SQLite, so that killing the sandbox loses nothing.
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type {
  ActivityRow,
  ClientPayload,
  ClientRow,
  Club,
  GoodsRow,
  MembershipRow,
  RecordRow,
  TransactionRow,
} from './club.ts';
import { CatalogueStore } from './catalogue-store.ts';
import { FIRST_ID } from './club.ts';
import { COLUMNS, inserter, selectList } from './columns.ts';
import type { FlatRow, Table } from './columns.ts';
import { flatClient, loadClub } from './load.ts';
import { CREATE_INDEXES, CREATE_TABLES } from './schema.ts';

/** A page of rows and how many there are in all. */
export type Page<Row> = { rows: Row[]; total: number };
/** `repeated` rows of the page before are shown again at the head of the page. */
export type Paging = { page: number; count: number; repeated?: number };
/** Conditions that must all hold, with their values in order. */
export type Where = { sql: string[]; values: SQLInputValue[] };

export type StoredClient = ClientRow & { isGone: boolean };
/** `extra` is laid over the payload, so that a test can send what the sandbox would not. */
export type StoredRecord = RecordRow & { extra: Record<string, unknown> | null };
export type ClubTotals = Record<Table | 'goneClients' | 'deletedRecords' | 'attended', number> & {
  seed: number | null;
  today: string | null;
};

// Latest session first: a booking made between two pages moves every later row, as on the real platform.
const ORDER: Record<Table, string> = {
  clients: 'id',
  records: 'date desc, id desc',
  activities: 'date, id',
  memberships: 'id',
  transactions: 'date desc, id desc',
  goods: 'created desc, id desc',
};

/** Reads and writes the club's rows. Open one per database; it creates its tables. */
export class BookingStore {
  readonly db: DatabaseSync;
  readonly catalogue: CatalogueStore;
  #statements = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.db = db;
    db.exec(CREATE_TABLES);
    db.exec(CREATE_INDEXES);
    this.catalogue = new CatalogueStore(db);
  }

  /** True until a club was loaded. */
  isEmpty(): boolean {
    return this.#meta('seed') === null;
  }

  /** Puts a generated club in place of what is there. */
  load(club: Club): void {
    loadClub(this.db, club);
    this.catalogue.reload();
  }

  #meta(key: string): string | null {
    const row = this.#get<{ value: string }>('select value from booking_meta where key = ?', key);
    return row?.value ?? null;
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values) as Row | undefined;
  }

  // The page is found on an index first, so that a deep page of half a million rows does not read the rows it skips.
  #page<Row>(table: Table, where: Where, paging: Paging, order = ORDER[table]): Page<Row> {
    const { first, count } = windowOf(paging);
    const condition = where.sql.length === 0 ? '' : `where ${where.sql.join(' and ')}`;
    const found = `select id from booking_${table} ${condition} order by ${order} limit ? offset ?`;
    const rows = this.#prepare(
      `select ${selectList(table)} from booking_${table} where id in (${found}) order by ${order}`,
    ).all(...where.values, count, first);
    return { rows: rows as Row[], total: this.count(table, where) };
  }

  /** How many rows meet the conditions. */
  count(table: Table, where: Where): number {
    const condition = where.sql.length === 0 ? '' : `where ${where.sql.join(' and ')}`;
    return (
      this.#get<{ total: number }>(
        `select count(*) as total from booking_${table} ${condition}`,
        ...where.values,
      )?.total ?? 0
    );
  }

  #byId<Row>(table: Table, id: number): Row | undefined {
    return this.#get<Row>(`select ${selectList(table)} from booking_${table} where id = ?`, id);
  }

  clients(where: Where, paging: Paging, order?: string): Page<StoredClient> {
    const shown = { sql: ['is_gone = 0', ...where.sql], values: where.values };
    const { rows, total } = this.#page<FlatRow>('clients', shown, paging, order);
    return { rows: rows.map(clientOf), total };
  }

  /** A client by id; those who vanished are still known to their old bookings. */
  client(id: number): StoredClient | null {
    const row = this.#byId<FlatRow>('clients', id);
    return row === undefined ? null : clientOf(row);
  }

  records(where: Where, paging: Paging): Page<StoredRecord> {
    const { rows, total } = this.#page<FlatRow>('records', where, paging);
    return { rows: rows.map(recordOf), total };
  }

  record(id: number): StoredRecord | null {
    const row = this.#byId<FlatRow>('records', id);
    return row === undefined ? null : recordOf(row);
  }

  activities(where: Where, paging: Paging): Page<ActivityRow> {
    return this.#page<ActivityRow>('activities', where, paging);
  }

  memberships(where: Where, paging: Paging): Page<MembershipRow> {
    return this.#page<MembershipRow>('memberships', where, paging);
  }

  membership(id: number): MembershipRow | undefined {
    return this.#byId<MembershipRow>('memberships', id);
  }

  transactions(where: Where, paging: Paging): Page<TransactionRow> {
    return this.#page<TransactionRow>('transactions', where, paging);
  }

  transaction(id: number): TransactionRow | undefined {
    return this.#byId<TransactionRow>('transactions', id);
  }

  goods(where: Where, paging: Paging): Page<GoodsRow> {
    return this.#page<GoodsRow>('goods', where, paging);
  }

  sale(id: number): GoodsRow | undefined {
    return this.#byId<GoodsRow>('goods', id);
  }

  /** All rows of a table in the order of ids, read a batch at a time: another club may be loaded, or a row changed, in between. */
  *every(table: Table): Generator<FlatRow[]> {
    for (let after = 0; ;) {
      const rows = this.#prepare(
        `select ${selectList(table)} from booking_${table} where id > ? order by id limit 1000`,
      ).all(after);
      if (rows.length === 0) return;
      yield rows;
      after = Number(rows.at(-1)?.['id']);
    }
  }

  /** How often a client came and failed to come, and when first and last. */
  visitsOf(clientId: number): { came: number; missed: number; first: string | null; last: string | null } {
    const row = this.#get<{ came: number; missed: number; first: string | null; last: string | null }>(
      `select coalesce(sum(attendance = 1), 0) as came, coalesce(sum(attendance = -1), 0) as missed,
        min(case when attendance = 1 then date end) as first, max(case when attendance = 1 then date end) as last
       from booking_records where client_id = ? and deleted = 0`,
      clientId,
    );
    return row ?? { came: 0, missed: 0, first: null, last: null };
  }

  /** What a client paid in all, refunds subtracted, money struck out left out. */
  paidBy(clientId: number): number {
    const row = this.#get<{ paid: number }>(
      'select round(coalesce(sum(amount), 0), 2) as paid from booking_transactions where client_id = ? and deleted = 0',
      clientId,
    );
    return row?.paid ?? 0;
  }

  /** Adds a client, or puts a changed one in place of the old. */
  putClient(client: ClientRow): void {
    inserter(this.db, 'clients')(flatClient(client));
  }

  /** The client is in no list any more; nothing says so. */
  removeClient(id: number): void {
    this.#prepare('update booking_clients set is_gone = 1 where id = ?').run(id);
  }

  /** The record is nowhere any more, and was never deleted. */
  purgeRecord(id: number): void {
    // Its id is not given to another.
    this.#prepare(
      `insert into booking_meta (key, value) values ('purged_record', ?)
       on conflict do update set value = max(cast(value as integer), excluded.value)`,
    ).run(id);
    this.#prepare('delete from booking_records where id = ?').run(id);
  }

  /** Adds a record, or puts a changed one in place of the old. */
  putRecord(record: StoredRecord): void {
    inserter(
      this.db,
      'records',
    )({ ...record, extra: record.extra === null ? null : JSON.stringify(record.extra) });
  }

  add(
    table: 'activities' | 'memberships' | 'transactions' | 'goods',
    row: ActivityRow | MembershipRow | TransactionRow | GoodsRow,
  ): void {
    inserter(this.db, table)(row);
  }

  /** The next free id of a table. */
  nextId(table: Table): number {
    const first = {
      clients: FIRST_ID.client,
      records: FIRST_ID.record,
      activities: FIRST_ID.activity,
      memberships: FIRST_ID.membership,
      transactions: FIRST_ID.transaction,
      goods: FIRST_ID.goods,
    }[table];
    const highest = this.#get<{ id: number | null }>(`select max(id) as id from booking_${table}`)?.id ?? 0;
    const purged = table === 'records' ? Number(this.#meta('purged_record')) : 0;
    return Math.max(first, highest + 1, purged + 1);
  }

  /** What the club holds. */
  totals(): ClubTotals {
    const count = (table: Table, ...sql: string[]) => this.count(table, { sql, values: [] });
    const seed = this.#meta('seed');
    return {
      clients: count('clients', 'is_gone = 0'),
      goneClients: count('clients', 'is_gone = 1'),
      records: count('records'),
      deletedRecords: count('records', 'deleted = 1'),
      attended: count('records', 'deleted = 0', 'attendance = 1'),
      activities: count('activities'),
      memberships: count('memberships'),
      transactions: count('transactions'),
      goods: count('goods'),
      seed: seed === null ? null : Number(seed),
      today: this.#meta('today'),
    };
  }

  /** Every row of the club as text, for comparing two clubs byte for byte. */
  dump(): string {
    return Object.keys(COLUMNS)
      .map((table) => JSON.stringify(this.db.prepare(`select * from booking_${table} order by id`).all()))
      .join('\n');
  }
}

/** Where a page begins, and how many rows it shows. */
export function windowOf({ page, count, repeated = 0 }: Paging): { first: number; count: number } {
  const again = Math.min(repeated, (page - 1) * count);
  return { first: (page - 1) * count - again, count: count + again };
}

export function clientOf(row: FlatRow): StoredClient {
  const payload = JSON.parse(String(row['payload'])) as ClientPayload;
  return { ...(row as Omit<StoredClient, 'payload' | 'isGone'>), payload, isGone: row['isGone'] === 1 };
}

export function recordOf(row: FlatRow): StoredRecord {
  const extra = row['extra'] === null ? null : (JSON.parse(String(row['extra'])) as Record<string, unknown>);
  return { ...(row as RecordRow), extra };
}
