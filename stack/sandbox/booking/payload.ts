// Writes rows in the platform's shape, wavering types and all: a sync that survives these survives the real ones.
import type { Booking } from './booking.ts';
import { FIRST_ID } from './club.ts';
import type { ActivityRow } from './club.ts';
import { amount, MoneyWriter } from './money-payload.ts';
import type { StoredClient, StoredRecord } from './store.ts';

type Json = Record<string, unknown>;

/** What the platform sends with every record and the demo club leaves as it is. */
const UNUSED = {
  technical_break_duration: 0,
  master_request: 0,
  api_id: '',
  from_url: '',
  created_user_id: 1_073_232,
  prepaid: false,
  prepaid_confirmed: false,
  custom_color: '',
  record_labels: [],
  sms_remain_hours: 5,
  email_remain_hours: 1,
  bookform_id: 0,
  record_from: '',
  short_link: '',
  resource_instance_ids: [],
  consumables: [],
  goods_transactions: [],
} as const;

/** Writes one club's clients, bookings and classes. */
export class PayloadWriter {
  readonly #booking: Pick<Booking, 'store' | 'time' | 'credentials'>;
  readonly #money: MoneyWriter;

  constructor(booking: Pick<Booking, 'store' | 'time' | 'credentials'>) {
    this.#booking = booking;
    this.#money = new MoneyWriter(booking);
  }

  client(client: StoredClient): Json {
    const { store } = this.#booking;
    const { id } = client.payload;
    const paid = store.paidBy(id);
    const spent = id % 4 === 0 ? paid.toFixed(2) : paid;
    return { ...client.payload, spent, paid: spent, visits: store.visitsOf(id).came };
  }

  #recordClient(id: number | null): Json | null {
    const client = id === null ? null : this.#booking.store.client(id);
    if (client === null) return null;
    const {
      name,
      surname,
      patronymic,
      display_name,
      phone,
      card,
      email,
      discount,
      categories,
      custom_fields,
    } = client.payload;
    const visits = this.#booking.store.visitsOf(client.payload.id);
    return {
      id: client.payload.id,
      name,
      surname,
      patronymic,
      display_name,
      phone,
      card,
      email,
      success_visits_count: visits.came,
      fail_visits_count: visits.missed,
      discount,
      is_new: visits.came === 0,
      client_tags: Array.isArray(categories) ? categories : [],
      custom_fields,
    };
  }

  record(row: StoredRecord, options: { withFinance: boolean }): Json {
    const { store, time, credentials } = this.#booking;
    const services = JSON.parse(row.services) as [number, number, number][];
    const finance = options.withFinance
      ? store.transactions(
          { sql: ['record_id = ?', 'deleted = 0'], values: [row.id] },
          { page: 1, count: 50 },
        ).rows
      : [];
    const visitId = FIRST_ID.visitOffset + row.id;
    return {
      ...UNUSED,
      id: row.id,
      company_id: credentials.companyId,
      staff_id: row.staffId,
      services: services.map(([id, cost, costToPay]) => ({
        ...recordService(row.id, cost, costToPay),
        id,
        title: this.#serviceTitle(id),
      })),
      staff: this.#recordStaff(row.staffId),
      client: this.#recordClient(row.clientId),
      clients_count: row.clientId === null ? 0 : 1,
      date: row.id % 37 === 0 ? time.naiveShort(row.date) : time.naive(row.date),
      datetime: time.withColon(row.date),
      create_date: time.withoutColon(row.created),
      comment: row.clientId === null ? 'bez rezervace' : '',
      online: row.online === 1,
      visit_attendance: row.attendance,
      attendance: row.attendance,
      confirmed: row.confirmed,
      seance_length: row.length,
      length: row.length,
      visit_id: visitId,
      deleted: row.deleted === 1,
      paid_full: row.paidFull,
      payment_status: row.paidFull,
      last_change_date: time.withoutColon(row.lastChange),
      activity_id: row.activityId,
      custom_fields: row.id % 2 === 0 ? {} : [],
      documents: [
        {
          id: visitId,
          type_id: 7,
          visit_id: visitId,
          record_id: row.id,
          date_created: time.naive(row.created),
          type_title: 'Visit',
        },
      ],
      is_mobile: row.online,
      finance_transactions: finance.map((transaction) => this.#money.ofRecord(transaction)),
      ...row.extra,
    };
  }

  activity(row: ActivityRow): Json {
    const { store, time } = this.#booking;
    return {
      id: row.id,
      service_id: row.serviceId,
      staff_id: row.staffId,
      date: time.naiveShort(row.date),
      timestamp: Date.parse(time.withColon(row.date)) / 1000,
      length: row.length,
      capacity: row.capacity,
      records_count: store.count('records', {
        sql: ['activity_id = ?', 'activity_id <> 0', 'deleted = 0'],
        values: [row.id],
      }),
      service: { id: row.serviceId, title: this.#serviceTitle(row.serviceId) },
      staff: this.#recordStaff(row.staffId),
    };
  }

  #serviceTitle(id: number): string {
    return this.#booking.store.catalogue.find('services', id)?.title ?? '';
  }

  #recordStaff(id: number): Json {
    const member = this.#booking.store.catalogue.find('staff', id);
    return {
      id,
      api_id: null,
      name: member?.name ?? '',
      specialization: member?.specialization ?? '',
      position: member?.position ?? [],
      avatar: '',
      rating: 0,
      votes_count: 0,
    };
  }
}

function recordService(recordId: number, cost: number, costToPay: number): Json {
  const price = amount(recordId, cost);
  return {
    cost: price,
    cost_to_pay: amount(recordId, costToPay),
    manual_cost: price,
    cost_per_unit: price,
    discount: cost === 0 ? 0 : Math.round((1 - costToPay / cost) * 100),
    first_cost: price,
    amount: 1,
  };
}
