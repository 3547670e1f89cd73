import type { JSONValue } from 'postgres';
import type { Club, Day } from './club.ts';
import { clientRow, shiftDay } from './club.ts';
import { firstSync } from './operations.ts';
import type { Batch, Part, Table } from './operations.ts';
import { KINDS } from './oracle.ts';
import type { KnownClub, KnownRows, KnownTables } from './oracle.ts';
import { Story } from './story.ts';
import type { Changes } from './story.ts';

/** What the mirror calls what the platform calls sales and cards. */
export const ENTITIES = {
  bookings: 'bookings',
  payments: 'payments',
  sales: 'membership_sales',
  cards: 'memberships',
};

const TITLES = ['Personal training', 'Trial', 'Group class', 'Open gym', 'Massage'];
const titleOf = (service: string) => TITLES[KINDS.indexOf(service)]!;

const columnsOf: {
  [T in Table]: (row: KnownRows[T], dated: (day: number) => Day) => Record<string, JSONValue>;
} = {
  bookings: (booking, dated) => ({
    services: booking.services.map((service) => ({ external_id: service, title: titleOf(service) })),
    status: booking.status,
    is_deleted: booking.isDeleted,
    starts_local: `${dated(booking.day)}T${booking.time}`,
  }),
  payments: (payment, dated) => ({
    amount_minor: payment.minor,
    paid_local: `${dated(payment.day)}T12:00`,
    is_deleted: payment.isDeleted,
  }),
  sales: (sale, dated) => ({ sold_local: `${dated(sale.day)}T12:00`, is_deleted: sale.isDeleted }),
  cards: (card, dated) => ({
    created_date: card.day === null ? null : dated(card.day),
    sale_external_id: card.sale,
  }),
};

/** One service for each kind, by a title from which the product guesses it. */
export async function tellServices(club: Club): Promise<void> {
  const services = KINDS.map((kind) => ({ external_id: kind, title: titleOf(kind) }));
  await club.apply('services', services);
}

/** A row as the sync hands it over; its days are counted from the club's today. */
export function rowTold<T extends Table>(
  table: T,
  id: string,
  row: KnownRows[T],
  club: Club,
): Record<string, JSONValue> {
  const columns = columnsOf[table](row, (day) => shiftDay(club.today, day));
  return { external_id: id, client_external_id: row.client, ...columns };
}

/** One club's story told to a database, batch after batch, as the sync tells it. */
export class History {
  readonly club: Club;
  readonly #story = new Story();
  #batches = 0;
  #told = 0;

  private constructor(club: Club) {
    this.club = club;
  }

  static async open(club: Club): Promise<History> {
    const history = new History(club);
    for (const kind of KINDS) history.known.kinds.set(kind, kind);
    await tellServices(club);
    await history.tell(firstSync);
    history.#told = 0;
    return history;
  }

  get known(): KnownClub {
    return this.#story.known;
  }

  /** In days since the story began. */
  get today(): number {
    return this.#story.today;
  }

  get day(): Day {
    return this.dated(this.today);
  }

  get batches(): number {
    return this.#batches;
  }

  /** Rows that the database says were written or deleted, choices of a kind, changes of settings, steps in time. */
  get told(): number {
    return this.#told;
  }

  dated(day: number): Day {
    return shiftDay(this.club.today, day);
  }

  async tell(batch: Batch): Promise<void> {
    const changes = this.#story.happen(batch);
    for (const part of batch.order) this.#told += await this.#tellPart(part, changes);
    if (changes.areSettingsNew) {
      await this.club.set({ ...this.known.settings });
      this.#told += 1;
    }
    if (batch.daysPassed !== 0) this.#told += 1;
    this.#story.today += batch.daysPassed;
    this.#batches += 1;
  }

  /** What the schedule does every minute, at noon of the day that it is by now. */
  async tick(): Promise<void> {
    await this.club.sql`
      select segments.tick(club_id, (${this.day}::date + time '12:00') at time zone timezone)
      from core.clubs where club_id = ${this.club.id}`;
  }

  async #tellPart(part: Part, changes: Changes): Promise<number> {
    if (part === 'clients') return this.#tellClients(changes);
    if (part === 'kinds') return this.#tellKinds(changes);
    return this.#tellRows(part, changes);
  }

  async #tellClients({ there, gone }: Changes): Promise<number> {
    // Every telling is news: the platform shows what else it knows of the client.
    const rows = [...there].map((name) => clientRow(name, { first_name: `Told ${this.#batches}` }));
    const told = rows.length === 0 ? 0 : await this.club.apply('clients', rows);
    if (gone.size > 0) await this.club.deleteClients([...gone]);
    return told + gone.size;
  }

  async #tellKinds({ kinds }: Changes): Promise<number> {
    for (const [service, kind] of kinds)
      await this.club.sql`select crm.set_service_kind(${this.club.id}, ${service}, ${kind})`;
    return kinds.size;
  }

  async #tellRows<T extends Table>(table: T, changes: Changes): Promise<number> {
    const tables: KnownTables = this.known;
    const known: Map<string, KnownRows[T]> = tables[table];
    const rows = [...changes.rows[table]].map((id) => rowTold(table, id, known.get(id)!, this.club));
    const told = rows.length === 0 ? 0 : await this.club.apply(ENTITIES[table], rows);
    const removed = [...changes.removed[table]];
    if (removed.length === 0) return told;
    const { count } = await this.club.sql`
      delete from ${this.club.sql(`crm.${ENTITIES[table]}`)}
      where club_id = ${this.club.id} and external_id = any (${removed})`;
    return told + count;
  }
}
