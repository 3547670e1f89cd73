// Every request the sync makes, and what the platform must have to show for it to matter.
import type { ClubUnderSync, Fault } from './club.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** More than fits on a page of clients, records, sales or payments, of cards and types. */
const MANY = 215;
const MANY_CARDS = 115;

type Control = Pick<ClubUnderSync, 'control' | 'booking'>;

export interface Endpoint {
  name: string;
  /** What a fault on it matches. */
  match: NonNullable<Fault['match']>;
  /** `changes`: a tick asks for it; `full`: a rebuild. */
  mode: 'changes' | 'full';
  /** After this long a tick asks for it again. */
  dueAfterMs: number;
  /** Where the club must be larger than a small one. */
  size?: { clients: number; visits: number };
  /** Before the first sync. */
  prepare?: (club: Control) => Promise<void>;
  /** Changes something that only this request tells; with `isMany`, on more rows than a page has. Another `turn`, other values. */
  change: (club: Control, turn: number, isMany: boolean) => Promise<void>;
  /** Lists in pages only: a row of the first page goes while the second is asked for. Its id. */
  vanish?: (club: Control, turn: number) => Promise<string>;
}

const ATTENDANCES = [0, -1, 2, 1];
const EVERY = { sql: [], values: [] };
const page = (count: number) => ({ page: 1, count });

async function each<Row>(rows: readonly Row[], work: (row: Row) => Promise<unknown>): Promise<void> {
  for (const row of rows) await work(row);
}

const retitle =
  (list: string, id: number, field = 'title'): Endpoint['change'] =>
  async ({ control }, turn) => {
    await control('PUT', `/catalogue/${list}/${id}`, { [field]: `Č. ${turn}` });
  };

const OFFERS: Endpoint[] = [
  ['service categories', '/company/1001/service_categories', 'service_categories', 22],
  ['services', '/company/1001/services', 'services', 111],
  ['staff', '/company/1001/staff', 'staff', 203],
].map(([name, path, list, id]) => ({
  name: String(name),
  match: { path: String(path) },
  mode: 'changes',
  dueAfterMs: 16 * MINUTE,
  change: retitle(String(list), Number(id), list === 'staff' ? 'name' : 'title'),
}));

const MEMBERSHIP_TYPES: Endpoint = {
  name: 'membership types',
  match: { path: '/company/1001/loyalty/abonement_types/search' },
  mode: 'changes',
  dueAfterMs: 6 * HOUR,
  prepare: ({ control }) =>
    each(
      Array.from({ length: MANY_CARDS }, (_, index) => 1_001 + index),
      (id) => control('PUT', `/catalogue/membership_types/${id}`),
    ),
  change: ({ control }, turn, isMany) =>
    each(
      Array.from({ length: isMany ? MANY_CARDS : 2 }, (_, index) => 1_115 - index),
      (id) => control('PUT', `/catalogue/membership_types/${id}`, { title: `Č. ${turn}` }),
    ),
  async vanish({ control, booking }) {
    const [first] = booking.store.catalogue.list('membership_types');
    await control('DELETE', `/catalogue/membership_types/${first!.id}`);
    return String(first!.id);
  },
};

const LOYALTY_PROGRAMMES: Endpoint = {
  name: 'loyalty programmes',
  match: { path: '/company/1001/loyalty/programs/search' },
  mode: 'changes',
  dueAfterMs: 6 * HOUR,
  change: retitle('loyalty_programmes', 501),
};

const CLIENTS: Endpoint = {
  name: 'changed clients',
  match: { path: '/clients/1001' },
  mode: 'changes',
  dueAfterMs: MINUTE,
  size: { clients: 216, visits: 240 },
  change: ({ control, booking }, turn, isMany) =>
    each(booking.store.clients(EVERY, page(isMany ? MANY : 2)).rows, ({ payload: { id } }) =>
      control('PATCH', `/clients/${id}`, { surname: `Č${turn}` }),
    ),
  async vanish({ control, booking }) {
    const id = booking.store.clients(EVERY, page(1)).rows[0]!.payload.id;
    await control('DELETE', `/clients/${id}`);
    return String(id);
  },
};

const RECORDS: Endpoint = {
  name: 'changed records',
  match: { path: '/records/1001' },
  mode: 'changes',
  dueAfterMs: MINUTE,
  size: { clients: 12, visits: 240 },
  change: ({ control, booking }, turn, isMany) =>
    each(live(booking, isMany ? MANY : 2), ({ id }) =>
      control('PATCH', `/records/${id}`, { attendance: ATTENDANCES[turn % 4] }),
    ),
  async vanish({ control, booking }) {
    const { id } = live(booking, 1)[0]!;
    await control('DELETE', `/records/${id}`);
    return String(id);
  },
};

/** The latest sessions: the first of the platform's list. */
function live(booking: Control['booking'], count: number) {
  return booking.store.records({ sql: ['deleted = 0'], values: [] }, page(count)).rows;
}

const SALES: Endpoint = {
  name: 'changed sales',
  match: { path: '/storages/transactions/1001' },
  mode: 'changes',
  dueAfterMs: MINUTE,
  prepare: ({ control }) =>
    each(Array.from({ length: MANY }), () =>
      control('POST', '/sales', { clientId: 10_001, membershipTypeId: 301, amount: 100 }),
    ),
  change: ({ control, booking }, turn, isMany) =>
    each(booking.store.goods(EVERY, page(isMany ? MANY : 2)).rows, ({ id }) =>
      control('PATCH', `/sales/${id}`, { deleted: turn % 2 === 0 }),
    ),
  async vanish({ control, booking }, turn) {
    const { id } = booking.store.goods(EVERY, page(1)).rows[0]!;
    await control('PATCH', `/sales/${id}`, { deleted: turn % 2 !== 0 });
    return String(id);
  },
};

const PAYMENTS: Endpoint = {
  name: 'changed payments',
  match: { path: '/transactions/1001' },
  mode: 'changes',
  dueAfterMs: MINUTE,
  prepare: ({ control }) =>
    each(Array.from({ length: MANY }), () => control('POST', '/sales', { clientId: 10_001, amount: 100 })),
  change: ({ control, booking }, turn, isMany) =>
    each(booking.store.transactions(EVERY, page(isMany ? MANY : 2)).rows, ({ id }) =>
      control('PATCH', `/transactions/${id}`, { amount: 100 + turn }),
    ),
  async vanish({ control, booking }) {
    const { id } = booking.store.transactions({ sql: ['deleted = 0'], values: [] }, page(1)).rows[0]!;
    await control('PATCH', `/transactions/${id}`, { deleted: true });
    return String(id);
  },
};

const CARDS: Endpoint = {
  name: 'cards of the chain',
  match: { path: '/chain/501/loyalty/abonements' },
  mode: 'changes',
  dueAfterMs: 6 * HOUR,
  prepare: ({ control }) =>
    each(Array.from({ length: MANY_CARDS }), () =>
      control('POST', '/memberships', { clientId: 10_002, membershipTypeId: 305 }),
    ),
  change: ({ control, booking }, turn, isMany) =>
    each(booking.store.memberships(EVERY, page(isMany ? MANY_CARDS : 2)).rows, ({ id }) =>
      control('PATCH', `/memberships/${id}`, { expires: `2027-01-${10 + (turn % 20)}T23:59:59` }),
    ),
};

const CARDS_BY_PHONE: Endpoint = {
  name: 'cards by phone',
  match: { path: '/loyalty/abonements' },
  mode: 'changes',
  dueAfterMs: MINUTE,
  // Who comes to train may have got a card: only then is the phone asked for.
  async change({ control }, turn) {
    const phone = String(420_601_300_000 + turn);
    const { id } = await control('POST', '/clients', { name: 'Karel', phone });
    await control('POST', '/memberships', { clientId: id, membershipTypeId: 305 });
    await control('POST', '/visits', { clientId: id });
  },
};

/** The same lists read whole, which is when something may be archived. */
const WHOLE: Endpoint[] = [CLIENTS, RECORDS, SALES, PAYMENTS].map((endpoint) => ({
  ...endpoint,
  name: endpoint.name.replace('changed', 'all'),
  mode: 'full',
}));

const BY_ID: Endpoint[] = [
  {
    name: 'clients by id',
    match: { path: '/clients/1001', query: '*id[]=*' },
    mode: 'full',
    dueAfterMs: MINUTE,
    size: { clients: 40, visits: 60 },
    async change({ control, booking }) {
      const { rows } = booking.store.clients(EVERY, page(MANY));
      await control('DELETE', `/clients/${rows.at(-1)!.payload.id}`);
    },
  },
  {
    name: 'a record by id',
    match: { path: '/record/1001/*' },
    mode: 'full',
    dueAfterMs: MINUTE,
    async change({ control, booking }) {
      await control('DELETE', `/records/${live(booking, 20).at(-1)!.id}?purge=1`);
    },
  },
];

export const ENDPOINTS: readonly Endpoint[] = [
  ...OFFERS,
  MEMBERSHIP_TYPES,
  LOYALTY_PROGRAMMES,
  CLIENTS,
  SALES,
  CARDS,
  CARDS_BY_PHONE,
  RECORDS,
  PAYMENTS,
  ...WHOLE,
  ...BY_ID,
];
