// Changes a test or a person makes to the club. Each bumps the row's last change, as an edit on the platform would, unless it
// is silent.
import type { z } from 'zod';
import type { Booking } from './booking.ts';
import { serviceFor } from './catalogue.ts';
import type { ClientPayload, MembershipRow, ServiceKind } from './club.ts';
import { FIRST_ID } from './club.ts';
import type {
  clientPatchSchema,
  newClientSchema,
  newRecordSchema,
  recordPatchSchema,
  saleSchema,
} from './control-bodies.ts';
import { HookEvents } from './hook-events.ts';
import { addDays } from './local-time.ts';
import type { MembershipType } from './shop.ts';
import type { StoredClient, StoredRecord } from './store.ts';

/** A change that names something the club does not have. */
export class ControlError extends Error {
  readonly status = 404;
}

/** Ids of what a sale left behind. */
interface Sold {
  goodsId: number | null;
  membershipId: number | null;
  transactionId: number | null;
}

/** Edits one club. */
export class ClubEditor {
  readonly #booking: Booking;
  readonly #events: HookEvents;

  constructor(booking: Booking) {
    this.#booking = booking;
    this.#events = new HookEvents(booking);
  }

  #now(): string {
    return this.#booking.time.wall(this.#booking.now());
  }

  /** An instant or a wall time, as the club's wall time. */
  wall(moment: string): string {
    if (/(Z|[+-]\d\d:?\d\d)$/.test(moment)) return this.#booking.time.wall(new Date(moment));
    return moment.replace(' ', 'T').padEnd(19, ':00').slice(0, 19);
  }

  client(id: number): StoredClient {
    const client = this.#booking.store.client(id);
    if (client === null || client.isGone)
      throw new ControlError(`The club has no client ${id}: GET /control/booking/clients lists them.`);
    return client;
  }

  #formerClient(id: number | null): StoredClient | null {
    return id === null ? null : this.#booking.store.client(id);
  }

  record(id: number): StoredRecord {
    const record = this.#booking.store.record(id);
    if (record === null) throw new ControlError(`The club has no record ${id}.`);
    return record;
  }

  addRecord(body: z.infer<typeof newRecordSchema>): StoredRecord {
    const { store } = this.#booking;
    const client = body.clientId === null ? null : this.client(body.clientId);
    const service = this.#service(body.serviceKind, body.serviceId, client);
    const record: StoredRecord = {
      id: store.nextId('records'),
      clientId: body.clientId,
      staffId: body.staffId ?? 201,
      activityId: 0,
      services: service.services,
      date: this.wall(body.startsAt),
      created: body.createdAt === undefined ? this.#now() : this.wall(body.createdAt),
      lastChange: this.#now(),
      length: service.minutes * 60,
      attendance: body.attendance,
      confirmed: 1,
      paidFull: 0,
      online: 1,
      deleted: 0,
      extra: body.raw ?? null,
    };
    store.putRecord(record);
    this.#events.record(record, 'create');
    return record;
  }

  #service(
    kind: ServiceKind,
    id: number | undefined,
    client: StoredClient | null,
  ): { services: string; minutes: number } {
    const { catalogue } = this.#booking.store;
    const service =
      id === undefined ? serviceFor(kind, client?.community ?? 'cs') : catalogue.find('services', id);
    const { price, minutes } = service ?? { price: 0, minutes: 60 };
    return { services: `[[${service?.id ?? id},${price},${price}]]`, minutes };
  }

  patchRecord(id: number, body: z.infer<typeof recordPatchSchema>): StoredRecord {
    const old = this.record(id);
    const clientId = body.clientId === undefined ? old.clientId : body.clientId;
    // Who vanished keeps the records, and those can still be edited.
    const client = body.clientId ? this.client(body.clientId) : this.#formerClient(clientId);
    const isOtherService = body.serviceKind !== undefined || body.serviceId !== undefined;
    const record: StoredRecord = {
      ...old,
      clientId,
      ...(isOtherService
        ? { services: this.#service(body.serviceKind ?? 'group', body.serviceId, client).services }
        : {}),
      ...(body.startsAt === undefined ? {} : { date: this.wall(body.startsAt) }),
      attendance: body.attendance ?? old.attendance,
      deleted: body.deleted === undefined ? old.deleted : body.deleted ? 1 : 0,
      extra: body.raw === undefined ? old.extra : { ...old.extra, ...body.raw },
      lastChange: body.silent ? old.lastChange : this.#now(),
    };
    this.#booking.store.putRecord(record);
    if (!body.silent) this.#events.record(record, record.deleted > old.deleted ? 'delete' : 'update');
    return record;
  }

  purgeRecord(id: number): void {
    this.record(id);
    this.#booking.store.purgeRecord(id);
  }

  addClient(body: z.infer<typeof newClientSchema>): StoredClient {
    const payload: ClientPayload = {
      id: this.#booking.store.nextId('clients'),
      name: '',
      surname: '',
      patronymic: '',
      display_name: '',
      phone: '',
      email: '',
      categories: [],
      sex_id: 0,
      sex: 'unknown',
      discount: 0,
      importance_id: 0,
      importance: '',
      card: '',
      birth_date: null,
      comment: '',
      sms_check: 1,
      sms_not: 0,
      spent: 0,
      paid: 0,
      balance: 0,
      visits: 0,
      last_change_date: '',
      custom_fields: {},
    };
    const { community, ...fields } = body;
    return this.#putClient(
      { payload, community, lastChange: '', isGone: false },
      { ...fields, silent: false },
    );
  }

  patchClient(id: number, body: z.infer<typeof clientPatchSchema>): StoredClient {
    return this.#putClient(this.client(id), body);
  }

  #putClient(client: StoredClient, body: z.infer<typeof clientPatchSchema>): StoredClient {
    const old = client.payload;
    const name = body.name ?? old.name;
    const surname = body.surname ?? old.surname;
    const lastChange = body.silent ? client.lastChange : this.#now();
    const payload: ClientPayload = {
      ...old,
      name,
      surname,
      display_name: `${name} ${surname}`.trim(),
      phone: body.phone ?? old.phone,
      email: body.email ?? old.email,
      birth_date: body.birthDate === undefined ? old.birth_date : body.birthDate,
      sms_not: body.smsNot === undefined ? old.sms_not : body.smsNot ? 1 : 0,
      custom_fields: body.customFields ?? old.custom_fields,
      ...body.raw,
      id: old.id,
      last_change_date: this.#booking.time.withoutColon(lastChange),
    };
    const changed = { ...client, payload, lastChange };
    this.#booking.store.putClient(changed);
    if (!body.silent) this.#events.client(changed, client.lastChange === '' ? 'create' : 'update');
    return changed;
  }

  removeClient(id: number): void {
    const client = this.client(id);
    this.#booking.store.removeClient(id);
    this.#events.client(client, 'delete');
  }

  /** Sells a membership or a service; unpaid, it leaves no money behind. */
  sell(body: z.infer<typeof saleSchema>): Sold {
    const { store } = this.#booking;
    const sold = this.#sell(body);
    const sale = sold.goodsId === null ? undefined : store.sale(sold.goodsId);
    const transaction = sold.transactionId === null ? undefined : store.transaction(sold.transactionId);
    if (sale) this.#events.sale(sale, 'create');
    if (transaction) this.#events.transaction(transaction, 'create');
    return sold;
  }

  #sell(body: z.infer<typeof saleSchema>): Sold {
    const { store } = this.#booking;
    this.client(body.clientId);
    const at = body.at === undefined ? this.#now() : this.wall(body.at);
    const type =
      body.membershipTypeId === undefined
        ? undefined
        : findMembershipType(this.#booking, body.membershipTypeId);
    const amount = body.amount ?? type?.price ?? 800;
    const shared = { clientId: body.clientId, lastChange: this.#now(), deleted: 0 as const };
    const goodsId = type === undefined ? null : store.nextId('goods');
    const documentId = FIRST_ID.document + 20_000_000 + store.nextId('transactions') - FIRST_ID.transaction;
    const membershipId = goodsId === null ? null : store.nextId('memberships');
    if (goodsId !== null && membershipId !== null && type !== undefined) {
      const sale = { clientId: body.clientId, number: String(membershipId), created: at };
      store.add('goods', {
        ...shared,
        ...sale,
        id: goodsId,
        documentId,
        membershipTypeId: type.id,
        cost: amount,
      });
      store.add('memberships', {
        ...sale,
        ...newCard(type, at),
        id: membershipId,
        goodsTransactionId: goodsId,
      });
    }
    if (!body.isPaid) return { goodsId, membershipId, transactionId: null };
    const transactionId = store.nextId('transactions');
    store.add('transactions', {
      ...shared,
      id: transactionId,
      documentId,
      recordId: 0,
      staffId: 207,
      date: at,
      amount,
      expenseId: amount < 0 ? 11 : goodsId === null ? 5 : 8,
      accountId: 90_460,
      soldItemId: goodsId ?? 121,
      soldItemType: goodsId === null ? 'service' : 'goods_transaction',
    });
    return { goodsId, membershipId, transactionId };
  }
}

/** A type of membership, or the way to find one. */
export function findMembershipType({ store }: Booking, id: number): MembershipType {
  const type = store.catalogue.find('membership_types', id);
  if (type === undefined)
    throw new ControlError(`The club sells no membership ${id}: abonement_types/search lists them.`);
  return type;
}

/** A card as it is on the day it is made out. */
export function newCard(
  type: MembershipType,
  at: string,
): Pick<MembershipRow, 'typeId' | 'expires' | 'left' | 'statusId' | 'frozen'> {
  const days = type.periodUnitId === 4 ? 365 : type.period * 30;
  const expires = `${addDays(at.slice(0, 10), days)}T23:59:59`;
  return { typeId: type.id, expires, left: type.entries, statusId: 1, frozen: 0 };
}
