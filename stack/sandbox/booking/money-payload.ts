// Writes membership cards, payments and the shop's movements in the platform's shape.
import type { Booking } from './booking.ts';
import { FIRST_ID } from './club.ts';
import type { GoodsRow, MembershipRow, TransactionRow } from './club.ts';
import { ACCOUNTS, DRINK, EXPENSES } from './shop.ts';
import type { MembershipType } from './shop.ts';

type Json = Record<string, unknown>;

/** Some amounts come as `"1490.00"`. */
export function amount(id: number, value: number): number | string {
  return id % 5 === 0 ? value.toFixed(2) : value;
}

/** Writes what one club sold and was paid. */
export class MoneyWriter {
  readonly #booking: Pick<Booking, 'store' | 'time' | 'credentials'>;

  constructor(booking: Pick<Booking, 'store' | 'time' | 'credentials'>) {
    this.#booking = booking;
  }

  #clientBrief(id: number | null): Json | [] {
    const client = id === null ? null : this.#booking.store.client(id);
    if (client === null) return [];
    return { id: client.payload.id, name: client.payload.display_name, phone: client.payload.phone };
  }

  /** A payment as a booking shows it. */
  ofRecord(row: TransactionRow): Json {
    return {
      id: row.id,
      document_id: row.documentId,
      date: this.#booking.time.naive(row.date),
      expense_id: row.expenseId,
      account_id: row.accountId,
      amount: amount(row.id, row.amount),
      client_id: row.clientId ?? 0,
      item_id: row.soldItemId,
      record_id: row.recordId,
      expense: expense(row.expenseId),
      account: { id: row.accountId, title: ACCOUNTS[row.accountId]?.title ?? '' },
    };
  }

  /** A card, without a word on whose it is; the status ids past 2 are not documented. */
  membership(row: MembershipRow): Json {
    const { time, credentials, store } = this.#booking;
    const type = store.catalogue.find('membership_types', row.typeId);
    const title = type?.covers === 'personal' ? 'Osobní tréninky' : 'Tréninky';
    const left = Math.max(0, row.left);
    const limited = (type?.entries ?? 0) > 0;
    const category = { id: type?.covers === 'personal' ? 23 : 22, category_id: 1, title };
    const status =
      { 1: 'Released', 2: 'Активирован', 3: 'Просрочен', 4: 'Исчерпан' }[row.statusId] ?? 'Released';
    return {
      id: row.id,
      number: row.number,
      balance_string: limited ? `${title} (x${left})` : 'Bez omezení',
      is_frozen: row.frozen === 1,
      freeze_period: row.frozen === 1 ? 14 : 0,
      period: type?.period ?? 0,
      period_unit_id: type?.periodUnitId ?? 3,
      created_date: time.withoutColon(row.created),
      expiration_date: row.expires === null ? null : time.withMilliseconds(row.expires),
      goods_transaction_id: row.goodsTransactionId,
      status: { id: row.statusId, title: status, extended_title: status },
      // For one card in seven the container says nothing is left, whatever the string says.
      balance_container: { links: limited ? [{ count: row.id % 7 === 0 ? 0 : left, category }] : [] },
      type: type === undefined ? [] : membershipType(type, credentials.chainId),
    };
  }

  transaction(row: TransactionRow): Json {
    const { time, store } = this.#booking;
    const account = ACCOUNTS[row.accountId];
    const master = store.catalogue.find('staff', row.staffId);
    return {
      id: row.id,
      document_id: row.documentId,
      date: time.withoutColon(row.date),
      type_id: row.soldItemType === 'service' ? 4 : 3,
      expense: expense(row.expenseId),
      amount: amount(row.id, row.amount),
      comment: row.amount < 0 ? 'Vrácení peněz' : '',
      master: master === undefined ? [] : { id: master.id, title: master.name, name: master.name },
      supplier: [],
      account: {
        id: row.accountId,
        title: account?.title ?? '',
        is_cash: account?.is_cash ?? false,
        is_default: true,
      },
      client: this.#clientBrief(row.clientId),
      last_change_date: time.withoutColon(row.lastChange),
      record_id: row.recordId,
      visit_id: row.recordId === 0 ? 0 : FIRST_ID.visitOffset + row.recordId,
      sold_item_id: row.soldItemId,
      sold_item_type: row.soldItemType,
      deleted: row.deleted === 1,
    };
  }

  goods(row: GoodsRow): Json {
    const { time, credentials, store } = this.#booking;
    const type = store.catalogue.find('membership_types', row.membershipTypeId);
    return {
      id: row.id,
      document_id: row.documentId,
      company_id: credentials.companyId,
      type_id: 1,
      type: 'Sale',
      good: {
        id: type?.goodId ?? DRINK.goodId,
        title: type?.title ?? DRINK.title,
        loyalty_abonement_type_id: row.membershipTypeId,
        loyalty_certificate_type_id: 0,
      },
      good_id: type?.goodId ?? DRINK.goodId,
      good_special_number: row.number,
      storage_id: 301,
      storage: { id: 301, title: 'Recepce' },
      unit: { id: 1, title: 'ks' },
      supplier: [],
      amount: -1,
      cost_per_unit: amount(row.id, row.cost),
      cost: amount(row.id, row.cost),
      discount: 0,
      create_date: time.withoutColon(row.created),
      last_change_date: time.withoutColon(row.lastChange),
      client: this.#clientBrief(row.clientId),
      record_id: 0,
      master: [],
      comment: '',
      deleted: row.deleted === 1,
    };
  }
}

function expense(id: number): Json {
  return { id, title: EXPENSES[id] ?? '', type: id === 11 ? 2 : 1 };
}

/** A membership type as the chain holds it. */
export function membershipType(type: MembershipType, chainId: number): Json {
  return {
    id: type.id,
    salon_group_id: chainId,
    title: type.title,
    period: type.period,
    period_unit_id: type.periodUnitId,
    allow_freeze: type.allowFreeze,
    freeze_limit: type.allowFreeze ? 30 : 0,
    is_allow_empty_code: true,
    is_united_balance: type.entries > 0,
    united_balance_services_count: type.entries,
    balance_container: { links: [] },
  };
}
