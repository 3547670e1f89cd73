import fc from 'fast-check';
import type { Club } from './club.ts';
import { clientRow, shiftDay } from './club.ts';
import type { KnownBooking, KnownClub } from './oracle.ts';

/** What a platform may tell us between two refreshes, in any order; told to the database and to the oracle alike. */
export interface Batch {
  order: Part[];
  clients: { name: string; isThere: boolean }[];
  bookings: (KnownBooking & { id: string })[];
  habits: (KnownBooking & { id: string })[][];
  removals: string[];
  payments: { id: string; client: string | null; day: number; minor: number; isDeleted: boolean }[];
  sales: { id: string; client: string | null; day: number }[];
  cards: { id: string; client: string; created: number | null; sale: string | null }[];
  kinds: { service: string; kind: string }[];
  daysPassed: number;
}

type Part = 'clients' | 'bookings' | 'removals' | 'payments' | 'sales' | 'cards' | 'kinds';
const PARTS: Part[] = ['clients', 'bookings', 'removals', 'payments', 'sales', 'cards', 'kinds'];

const KINDS = ['personal', 'trial', 'group', 'open', 'other'];
const CLIENTS = Array.from({ length: 20 }, (_, index) => `client-${index}`);
/** Days around which the definitions change their mind. */
const EDGES = [6, 7, 9, 10, 20, 21, 29, 30, 31, 59, 60, 90, 91, 119, 120, 179, 180, 364, 365];

/** Most come rarely, so that a single visit decides; a few come all the time. */
const client = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...CLIENTS) },
  fc.constantFrom(...CLIENTS.slice(0, 3)),
);
const clientOrNone = fc.option(client, { freq: 8 });
const isDeleted = fc.constantFrom(false, false, false, true);
const idOf = (noun: string, most: number) => fc.integer({ min: 0, max: most }).map((id) => `${noun}-${id}`);
const day = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -45, max: 3 }) },
  { weight: 6, arbitrary: fc.constantFrom(...EDGES).map((daysAgo) => -daysAgo) },
  { weight: 1, arbitrary: fc.integer({ min: -500, max: 0 }) },
);
const status = fc.oneof(
  { weight: 4, arbitrary: fc.constant('attended') },
  { weight: 1, arbitrary: fc.constantFrom('no_show', 'booked', 'confirmed', 'cancelled') },
);
const services = fc.uniqueArray(fc.constantFrom(...KINDS), { maxLength: 2 });

/** One who comes every so many days, and then stops. */
const habit = fc
  .record({
    client,
    last: fc.integer({ min: 0, max: 40 }),
    gap: fc.integer({ min: 1, max: 9 }),
    times: fc.integer({ min: 3, max: 30 }),
    services,
  })
  .map(({ client, last, gap, times, services }) =>
    Array.from({ length: times }, (_, index) => ({
      id: `habit-of-${client}-${index}`,
      client,
      day: -last - index * gap,
      status: 'attended',
      isDeleted: false,
      services,
    })),
  );

/** Unique by id: the platform names a thing once per page. */
const listOf = <T extends { id: string }>(item: fc.Arbitrary<T>, maxLength: number) =>
  fc.uniqueArray(item, { selector: ({ id }) => id, maxLength });

export const batch: fc.Arbitrary<Batch> = fc.record({
  order: fc.shuffledSubarray(PARTS, { minLength: PARTS.length }),
  clients: fc.uniqueArray(
    fc.record({ name: fc.constantFrom(...CLIENTS), isThere: fc.constantFrom(true, true, true, true, false) }),
    { selector: ({ name }) => name, minLength: 8 },
  ),
  bookings: listOf(
    fc.record({ id: idOf('booking', 80), client: clientOrNone, day, status, isDeleted, services }),
    40,
  ),
  habits: fc.uniqueArray(habit, { selector: ([first]) => first!.client, maxLength: 3 }),
  removals: fc.uniqueArray(idOf('booking', 80), { maxLength: 2 }),
  payments: listOf(
    fc.record({
      id: idOf('payment', 15),
      client: clientOrNone,
      day,
      minor: fc.integer({ min: -2_000, max: 10_000 }),
      isDeleted,
    }),
    8,
  ),
  sales: listOf(fc.record({ id: idOf('sale', 4), client: clientOrNone, day }), 2),
  // A card stays with its owner.
  cards: listOf(
    fc
      .record({
        owner: fc.nat(CLIENTS.length - 1),
        created: fc.option(day),
        sale: fc.option(idOf('sale', 4)),
      })
      .map(({ owner, ...card }) => ({ id: `card-${owner}`, client: CLIENTS[owner]!, ...card })),
    2,
  ),
  kinds: fc.array(fc.record({ service: fc.constantFrom(...KINDS), kind: fc.constantFrom(...KINDS) }), {
    maxLength: 1,
  }),
  daysPassed: fc.oneof(
    { weight: 2, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: -2, max: 70 }) },
  ),
});

export function emptyClub(): KnownClub {
  return {
    clients: new Map(),
    bookings: new Map(),
    payments: new Map(),
    sales: new Map(),
    cards: new Map(),
    kinds: new Map(),
  };
}

const TITLES = new Map([
  ['personal', 'Personal training'],
  ['trial', 'Trial'],
  ['group', 'Group class'],
  ['open', 'Open gym'],
  ['other', 'Massage'],
]);

const tellers: Record<Part, (told: Batch, club: Club, known: KnownClub) => Promise<void>> = {
  async clients({ clients }, club, known) {
    const there = clients.filter(({ isThere }) => isThere).map(({ name }) => name);
    const gone = clients
      .filter(({ name, isThere }) => !isThere && known.clients.has(name))
      .map(({ name }) => name);
    for (const name of there) known.clients.set(name, true);
    for (const name of gone) known.clients.set(name, false);
    await club.apply(
      'clients',
      there.map((name) => clientRow(name)),
    );
    await club.deleteClients(gone);
  },
  async bookings(told, club, known) {
    const bookings = [...told.bookings, ...told.habits.flat()];
    for (const booking of bookings) {
      known.bookings.set(booking.id, booking);
      for (const service of booking.services)
        if (!known.kinds.has(service)) known.kinds.set(service, service);
    }
    const rows = bookings.map((booking) => ({
      external_id: booking.id,
      client_external_id: booking.client,
      services: booking.services.map((service) => ({ external_id: service, title: TITLES.get(service)! })),
      status: booking.status,
      is_deleted: booking.isDeleted,
      starts_local: `${shiftDay(club.today, booking.day)}T18:00`,
    }));
    await club.apply('bookings', rows);
  },
  async removals({ removals }, club, known) {
    for (const id of removals) known.bookings.delete(id);
    await club.sql`delete from crm.bookings where club_id = ${club.id} and external_id = any (${removals})`;
  },
  async payments({ payments }, club, known) {
    for (const { id, ...payment } of payments) known.payments.set(id, payment);
    const rows = payments.map(({ id, client, day, minor, isDeleted }) => ({
      external_id: id,
      client_external_id: client,
      amount_minor: minor,
      paid_local: `${shiftDay(club.today, day)}T12:00`,
      is_deleted: isDeleted,
    }));
    await club.apply('payments', rows);
  },
  async sales({ sales }, club, known) {
    for (const { id, ...sale } of sales) {
      known.sales.set(id, sale);
      await club.sale(sale.client, shiftDay(club.today, sale.day), { external_id: id });
    }
  },
  async cards({ cards }, club, known) {
    for (const { id, client, created, sale } of cards) {
      // The platform may keep silent about the sale it named before; that is no news.
      known.cards.set(id, { client, created, sale: sale ?? known.cards.get(id)?.sale ?? null });
      const created_date = created === null ? null : shiftDay(club.today, created);
      await club.card(client, club.today, { external_id: id, created_date, sale_external_id: sale });
    }
  },
  async kinds({ kinds }, club, known) {
    for (const { service, kind } of kinds) {
      if (!known.kinds.has(service)) continue;
      known.kinds.set(service, kind);
      await club.sql`select crm.set_service_kind(${club.id}, ${service}, ${kind})`;
    }
  },
};

export async function tell(told: Batch, club: Club, known: KnownClub): Promise<void> {
  for (const part of told.order) await tellers[part](told, club, known);
}
