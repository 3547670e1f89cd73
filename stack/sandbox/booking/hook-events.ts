// What a webhook says of a change. Its types are not those of the API: what is 0 or 1 there is false or true here.
import type { Booking } from './booking.ts';
import type { CatalogueList } from './catalogue-store.ts';
import type { GoodsRow, TransactionRow } from './club.ts';
import type { HookResource, HookStatus } from './hooks.ts';
import { MoneyWriter } from './money-payload.ts';
import { PayloadWriter } from './payload.ts';
import type { StoredClient, StoredRecord } from './store.ts';

/** The lists the platform has webhooks for. */
const OF_LIST: Partial<Record<CatalogueList, HookResource>> = {
  services: 'service',
  service_categories: 'service_category',
  staff: 'master',
};

/** Tells whoever asked for it of one club's changes. */
export class HookEvents {
  readonly #booking: Booking;
  readonly #write: PayloadWriter;
  readonly #money: MoneyWriter;

  constructor(booking: Booking) {
    this.#booking = booking;
    this.#write = new PayloadWriter(booking);
    this.#money = new MoneyWriter(booking);
  }

  record(record: StoredRecord, status: HookStatus): void {
    this.#booking.hooks.tell({
      resource: 'record',
      resourceId: record.id,
      status,
      data: () => ({
        ...this.#write.record(record, { withFinance: false }),
        paid_full: record.paidFull === 1,
        deleted: record.deleted === 1,
      }),
    });
  }

  client(client: StoredClient, status: HookStatus): void {
    this.#booking.hooks.tell({
      resource: 'client',
      resourceId: client.payload.id,
      status,
      data: () => this.#write.client(client),
    });
  }

  /** The only webhook that knows of a card: there is none for cards themselves. */
  sale(sale: GoodsRow, status: HookStatus): void {
    this.#booking.hooks.tell({
      resource: 'goods_operations_sale',
      resourceId: sale.id,
      status,
      data: () => ({
        ...this.#money.goods(sale),
        loyalty_abonement_id: this.#cardOf(sale),
        loyalty_certificate_id: 0,
      }),
    });
  }

  transaction(transaction: TransactionRow, status: HookStatus): void {
    this.#booking.hooks.tell({
      resource: 'finances_operation',
      resourceId: transaction.id,
      status,
      data: () => this.#money.transaction(transaction),
    });
  }

  catalogue(list: CatalogueList, row: { id: number }, status: HookStatus): void {
    const resource = OF_LIST[list];
    if (resource) this.#booking.hooks.tell({ resource, resourceId: row.id, status, data: () => row });
  }

  #cardOf(sale: GoodsRow): number {
    const where = { sql: ['goods_transaction_id = ?'], values: [sale.id] };
    return this.#booking.store.memberships(where, { page: 1, count: 1 }).rows[0]?.id ?? 0;
  }
}
