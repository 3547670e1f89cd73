// What may happen to a club on the platform, drawn at random. Numbers are reduced to the rows there are.
import fc from 'fast-check';
import type { ClubUnderSync } from './club.ts';

type Desk = Pick<ClubUnderSync, 'control' | 'booking' | 'now'>;
type Work = (desk: Desk, row: number, word: number) => Promise<unknown>;

export interface Mutation {
  kind: string;
  row: number;
  word: number;
}

const DAY_MS = 86_400_000;
const ATTENDANCES = [-1, 0, 1, 2];
const PHONES = [
  '',
  'neznámý',
  '601 700 700',
  '+420 601 700 700',
  '420601700701',
  380_671_234_567,
  '00359887654321',
];
const EVERY = { sql: [], values: [] };
const ALL = { page: 1, count: 100_000 };

function pick<Row>(rows: readonly Row[], row: number): Row {
  return rows[row % rows.length]!;
}

const clientId = ({ booking }: Desk, row: number) =>
  pick(booking.store.clients(EVERY, ALL).rows, row).payload.id;
const recordId = ({ booking }: Desk, row: number) => pick(booking.store.records(EVERY, ALL).rows, row).id;
const paymentId = ({ booking }: Desk, row: number) =>
  pick(booking.store.transactions(EVERY, ALL).rows, row).id;
const saleId = ({ booking }: Desk, row: number) => pick(booking.store.goods(EVERY, ALL).rows, row).id;
const cardId = ({ booking }: Desk, row: number) => pick(booking.store.memberships(EVERY, ALL).rows, row).id;

/** A session from a year ago to a month ahead. */
const session = ({ now }: Desk, word: number) =>
  new Date(now().getTime() + ((word % 400) - 370) * DAY_MS).toISOString();

/** Each of these shows in a list of changes, or in a list that a tick reads whole now and then. */
const SEEN: Record<string, Work> = {
  'a visit': (desk, row) => desk.control('POST', '/visits', { clientId: clientId(desk, row) }),
  'a walk-in': (desk, _, word) =>
    desk.control('POST', '/records', { clientId: null, startsAt: session(desk, word), attendance: 1 }),
  'a new record': (desk, row, word) =>
    desk.control('POST', '/records', { clientId: clientId(desk, row), startsAt: session(desk, word) }),
  'an edited record': (desk, row, word) =>
    desk.control('PATCH', `/records/${recordId(desk, row)}`, { attendance: pick(ATTENDANCES, word) }),
  'a moved record': (desk, row, word) =>
    desk.control('PATCH', `/records/${recordId(desk, row)}`, { startsAt: session(desk, word) }),
  'a record given to another': (desk, row, word) =>
    desk.control('PATCH', `/records/${recordId(desk, row)}`, { clientId: clientId(desk, word) }),
  'a deleted record': (desk, row) => desk.control('DELETE', `/records/${recordId(desk, row)}`),
  'a new client': (desk, _, word) =>
    desk.control('POST', '/clients', { name: `Nový ${word}`, phone: pick(PHONES, word) }),
  'an edited client': (desk, row, word) =>
    desk.control('PATCH', `/clients/${clientId(desk, row)}`, {
      surname: `Č${word}`,
      birthDate: word % 3 === 0 ? null : '1990-05-17',
      smsNot: word % 2 === 0,
    }),
  'another phone': (desk, row, word) =>
    desk.control('PATCH', `/clients/${clientId(desk, row)}`, { phone: pick(PHONES, word) }),
  'a sale': (desk, row, word) =>
    desk.control('POST', '/sales', {
      clientId: clientId(desk, row),
      membershipTypeId: 301 + (word % 6),
      isPaid: word % 5 !== 0,
    }),
  'a refund': (desk, row, word) =>
    desk.control('POST', '/sales', { clientId: clientId(desk, row), amount: -1 - (word % 900) }),
  'a corrected payment': (desk, row, word) =>
    desk.control('PATCH', `/transactions/${paymentId(desk, row)}`, { amount: 1 + (word % 5_000) }),
  'a struck-out payment': (desk, row, word) =>
    desk.control('PATCH', `/transactions/${paymentId(desk, row)}`, { deleted: word % 4 !== 0 }),
  'a struck-out sale': (desk, row, word) =>
    desk.control('PATCH', `/sales/${saleId(desk, row)}`, { deleted: word % 4 !== 0 }),
  'a used card': (desk, row, word) =>
    desk.control('PATCH', `/memberships/${cardId(desk, row)}`, { left: word % 10, statusId: 1 + (word % 4) }),
  'a card without a sale': (desk, row) =>
    desk.control('POST', '/memberships', { clientId: clientId(desk, row), membershipTypeId: 305 }),
  'another offer': (desk, row, word) => {
    const list = pick(['services', 'service_categories', 'membership_types', 'loyalty_programmes'], row);
    return desk.control('PUT', `/catalogue/${list}/${700 + (word % 3)}`, { title: `Č. ${word}` });
  },
  'an offer taken away': (desk, row) => {
    const list = pick(['services', 'membership_types', 'loyalty_programmes', 'staff'] as const, row);
    const rows = desk.booking.store.catalogue.list(list);
    // A list that is suddenly empty is taken for trouble.
    return rows.length < 2
      ? Promise.resolve()
      : desk.control('DELETE', `/catalogue/${list}/${pick<{ id: number }>(rows, row).id}`);
  },
};

/** Each of these only a rebuild can see. */
const UNSEEN: Record<string, Work> = {
  'a purged record': (desk, row) => desk.control('DELETE', `/records/${recordId(desk, row)}?purge=1`),
  // A club without clients is taken for trouble.
  'a deleted client': async (desk, row) => {
    if (desk.booking.store.totals().clients > 3)
      await desk.control('DELETE', `/clients/${clientId(desk, row)}`);
  },
  'a silently edited record': (desk, row, word) =>
    desk.control('PATCH', `/records/${recordId(desk, row)}`, {
      attendance: pick(ATTENDANCES, word),
      silent: true,
    }),
  'a silently edited client': (desk, row, word) =>
    desk.control('PATCH', `/clients/${clientId(desk, row)}`, { surname: `Tichý${word}`, silent: true }),
  'a silently corrected payment': (desk, row, word) =>
    desk.control('PATCH', `/transactions/${paymentId(desk, row)}`, {
      amount: 1 + (word % 5_000),
      deleted: word % 2 === 0,
      silent: true,
    }),
  'a silently struck-out sale': (desk, row, word) =>
    desk.control('PATCH', `/sales/${saleId(desk, row)}`, { deleted: word % 2 === 0, silent: true }),
};

const WORK = { ...SEEN, ...UNSEEN };
/** Few rows, so that one thing happens to a row after another. */
const row = fc.nat({ max: 9 });
const word = fc.nat({ max: 10_000 });
const mutationOf = (kinds: Record<string, Work>): fc.Arbitrary<Mutation> =>
  fc.record({ kind: fc.constantFrom(...Object.keys(kinds)), row, word }, { noNullPrototype: true });

/** What ticks see sooner or later. */
export const seenMutation = mutationOf(SEEN);
/** And what they do not. */
export const anyMutation = mutationOf(WORK);

export async function mutate(desk: Desk, { kind, row, word }: Mutation): Promise<void> {
  await WORK[kind]!(desk, row, word);
}
