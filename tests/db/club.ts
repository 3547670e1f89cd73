import type { JSONValue, Sql } from 'postgres';

/** A local date, YYYY-MM-DD. */
export type Day = string;

export interface Reading {
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  sample: number;
}

export interface BookingFields {
  id?: string;
  status?: 'booked' | 'confirmed' | 'attended' | 'no_show' | 'cancelled';
  isDeleted?: boolean;
  /** Wall clock on the booking's day; give `startsAt` instead for an instant. */
  time?: string;
  startsAt?: string;
  madeAt?: string | null;
  kinds?: string[];
  changedAt?: string;
}

export const TODAY: Day = '2026-06-15';

/** Titles from which the product guesses the kind it is named after. */
const SERVICE_TITLES: Record<string, string> = {
  personal: 'Personal training',
  trial: 'Trial',
  group: 'Group class',
  open: 'Open gym',
  other: 'Massage',
};

export function shiftDay(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** A client as the sync hands it over; the external id is the name. */
export function clientRow(name: string, fields: Record<string, JSONValue> = {}): Record<string, JSONValue> {
  return { external_id: name, name, language: 'cs', language_source: 'default', ...fields };
}

/** `created_at` and the like, where the moment does not matter. */
const LONG_AGO = '2020-01-01T00:00:00Z';

/**
 * A club to tell a story about: given these clients, bookings, payments and memberships, expect that. Everything goes in as
 * the sync brings it, through `crm.apply_*`. Each test opens a club of its own, so tests share a database and never a row.
 */
export class Club {
  readonly sql: Sql;
  readonly id: number;
  readonly today: Day;
  #rows = 0;

  constructor(sql: Sql, id: number, today: Day) {
    this.sql = sql;
    this.id = id;
    this.today = today;
  }

  static async open(sql: Sql, { timezone = 'Europe/Prague', today = TODAY } = {}): Promise<Club> {
    const [row] = await sql<{ id: number }[]>`
      select core.create_club('Vltava Fit', ${timezone}, 'CZ', 'CZK', ${LONG_AGO})::int as id`;
    return new Club(sql, row!.id, today);
  }

  /** The day that many days before today; negative: after. */
  ago(days: number): Day {
    return shiftDay(this.today, -days);
  }

  async set(settings: Record<string, string | number | boolean | null>): Promise<void> {
    await this.sql`update core.settings set ${this.sql(settings)} where club_id = ${this.id}`;
  }

  /** Adds or changes a client. The external id is the name; returns it. */
  async client(name: string, fields: Record<string, JSONValue> = {}): Promise<string> {
    await this.apply('clients', [clientRow(name, fields)]);
    return name;
  }

  async idOf(client: string): Promise<number> {
    const [row] = await this.sql<{ id: number }[]>`
      select client_id::int as id from crm.clients where club_id = ${this.id} and external_id = ${client}`;
    if (!row) throw new Error(`The club has no client "${client}": add one first.`);
    return row.id;
  }

  async deleteClient(client: string): Promise<void> {
    await this.deleteClients([client]);
  }

  /** As a full listing does that no longer shows them. */
  async deleteClients(clients: string[]): Promise<void> {
    await this.sql`
      update crm.clients set deleted_at = ${LONG_AGO} where club_id = ${this.id} and external_id = any (${clients})`;
  }

  /** A booking of a client, or of no one; returns its external id. */
  async booking(client: string | null, day: Day, fields: BookingFields = {}): Promise<string> {
    const id = fields.id ?? this.nextId('booking');
    const kinds = fields.kinds ?? ['group'];
    await this.apply('bookings', [
      {
        external_id: id,
        client_external_id: client,
        services: kinds.map((kind) => ({ external_id: kind, title: SERVICE_TITLES[kind] ?? kind })),
        status: fields.status ?? 'attended',
        is_deleted: fields.isDeleted ?? false,
        ...(fields.startsAt
          ? { starts_at: fields.startsAt }
          : { starts_local: `${day}T${fields.time ?? '18:00'}` }),
        made_at: fields.madeAt === undefined ? (fields.startsAt ?? `${day}T00:00:00Z`) : fields.madeAt,
        platform_changed_at: fields.changedAt ?? null,
      },
    ]);
    return id;
  }

  /** Attended bookings, one for each day. */
  async visits(client: string, days: Day[], fields: BookingFields = {}): Promise<void> {
    for (const day of days) await this.booking(client, day, fields);
  }

  /** A client with a visit on each of these days ago. */
  async came(client: string, daysAgo: number[], fields: BookingFields = {}): Promise<void> {
    await this.client(client);
    await this.visits(
      client,
      daysAgo.map((days) => this.ago(days)),
      fields,
    );
  }

  async payment(
    client: string | null,
    day: Day,
    minor: number,
    fields: Record<string, JSONValue> = {},
  ): Promise<void> {
    const row = {
      client_external_id: client,
      amount_minor: minor,
      paid_local: `${day}T12:00`,
      title: 'Membership',
    };
    await this.apply('payments', [{ external_id: this.nextId('payment'), ...row, ...fields }]);
  }

  /** A sale of a membership. */
  async sale(client: string | null, day: Day, fields: Record<string, JSONValue> = {}): Promise<void> {
    const row = { client_external_id: client, sold_local: `${day}T12:00`, title: '10 visits' };
    await this.apply('membership_sales', [{ external_id: this.nextId('sale'), ...row, ...fields }]);
  }

  /** A membership card; `created_date` is all that dates it unless its sale is known. */
  async card(client: string | null, createdDay: Day, fields: Record<string, JSONValue> = {}): Promise<void> {
    const row = { client_external_id: client, created_date: createdDay, title: '10 visits' };
    await this.apply('memberships', [{ external_id: this.nextId('card'), ...row, ...fields }]);
  }

  /** As the sync does it; `raw` is the row as the platform gave it. Returns how many rows changed. */
  async apply(entity: string, rows: Record<string, JSONValue>[]): Promise<number> {
    const given = rows.map((row) => ({ ...row, raw: row }));
    const [applied] = await this.sql<{ rows: number }[]>`
      select crm.apply_rows(${this.id}, ${entity}, ${this.sql.json(given)})::int as rows`;
    return applied!.rows;
  }

  async metric(code: string, day: Day = this.today): Promise<Reading> {
    const [reading] = await this.sql<Reading[]>`
      select value::float8, numerator::float8, denominator::float8, sample_size::int as sample
      from ${this.sql(`metrics.${code}`)}(${this.id}, ${day})`;
    return reading!;
  }

  /** The client's segment, null when unsegmented, with the reason in words. */
  async segment(client: string, day: Day = this.today): Promise<{ segment: string; reason: string } | null> {
    const rows = await this.sql<{ segment: string; reason: string }[]>`
      select segment, reason from segments.members(${this.id}, ${day}) where external_id = ${client}`;
    if (rows.length > 1) throw new Error(`Client "${client}" is in ${rows.length} segments.`);
    return rows[0] ?? null;
  }

  async refresh(day: Day = this.today): Promise<void> {
    await this.sql`select stats.refresh(${this.id}, ${day}, ${LONG_AGO})`;
    await this.sql`select segments.refresh(${this.id}, ${day})`;
  }

  nextId(noun: string): string {
    this.#rows += 1;
    return `${noun}-${this.#rows}`;
  }
}
