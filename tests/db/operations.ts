import fc from 'fast-check';
import { KINDS } from './oracle.ts';
import type { KnownRows, Settings } from './oracle.ts';

/**
 * What may happen to a club, before it is known which rows there are: `which` stands for any of those known by then, `who` for a
 * name, days are counted back from the day it is told on.
 */
export type Operation =
  | { is: 'client told' | 'client deleted'; who: number }
  | {
      is: 'clients merged';
      which: number;
      into: number;
      /** How many batches later each kind of row comes under the other's id. */
      delays: Record<Table, number>;
      comesBackAfter: number | null;
    }
  | { is: 'row made'; table: Table; fields: Fields }
  | { is: 'row edited'; table: Table; which: number; fields: Fields }
  | { is: 'row removed' | 'row undeleted'; table: Table; which: number }
  | { is: 'refund'; which: number; share: number }
  | { is: 'habit'; who: number; lastDaysAgo: number; gap: number; times: number; services: string[] }
  | { is: 'kind chosen'; service: string; kind: string }
  | { is: 'settings changed'; settings: Partial<Settings> };

export type Table = keyof KnownRows;
export const TABLES: Table[] = ['bookings', 'payments', 'sales', 'cards'];

/** Columns of whichever table; an edit names only those that change. */
export type Fields = Partial<
  Omit<KnownRows['bookings'] & KnownRows['payments'], 'client' | 'day'> & {
    who: number | null;
    daysAgo: number | null;
    sale: number | null;
  }
>;

export type Part = 'clients' | 'kinds' | Table;

/** What the platform tells between two looks at the club. */
export interface Batch {
  operations: Operation[];
  /** In which the pages come. */
  order: Part[];
  /** After the pages, before the club's numbers are brought to the day. */
  daysPassed: number;
  isTicked: boolean;
  /** Some earlier day to read the club on, so many days before the batch's. */
  daysBack: number;
}

/** Days around which the definitions change their mind. */
const EDGES = [6, 7, 9, 10, 20, 21, 29, 30, 31, 59, 60, 90, 91, 119, 120, 179, 180, 364, 365];

/** A few come all the time; most come rarely, so that a single visit decides. */
export const REGULARS = 6;
const who = fc.oneof(fc.nat(REGULARS - 1), { weight: 2, arbitrary: fc.integer({ min: REGULARS, max: 28 }) });
const whoOrNone = fc.option(who, { freq: 12 });
const which = fc.nat();
const daysAgo = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -3, max: 45 }) },
  { weight: 6, arbitrary: fc.constantFrom(...EDGES) },
  { weight: 1, arbitrary: fc.integer({ min: 46, max: 2_500 }) },
);
const status = fc.oneof(
  { weight: 4, arbitrary: fc.constant('attended') },
  { weight: 1, arbitrary: fc.constantFrom('no_show', 'booked', 'confirmed', 'cancelled') },
);
const services = fc.uniqueArray(fc.constantFrom(...KINDS), { maxLength: 2 });
const isDeleted = fc.constantFrom(false, false, false, false, true);
const time = fc.constantFrom('00:00', '06:30', '18:00', '23:59');
/** Round sums meet each other, which is where a percentile may stumble. */
const minor = fc.oneof(
  fc.constantFrom(1_000, 2_500, 5_000, 10_000),
  fc.integer({ min: -2_000, max: 10_000 }),
);

const columns: Record<Table, { [Column in keyof Fields]: fc.Arbitrary<Fields[Column]> }> = {
  bookings: { who: whoOrNone, daysAgo, status, isDeleted, services, time },
  payments: { who: whoOrNone, daysAgo, minor, isDeleted },
  sales: { who: whoOrNone, daysAgo, isDeleted },
  cards: { who: whoOrNone, daysAgo: fc.option(daysAgo), sale: fc.option(fc.nat()) },
};

const fieldsOf = (table: Table, constraints: { requiredKeys?: [] }) =>
  fc.record(columns[table] as Record<string, fc.Arbitrary<unknown>>, constraints) as fc.Arbitrary<Fields>;
const is = <Is extends Operation['is']>(name: Is) => fc.constant(name);
const rowMade = (table: Table) =>
  fc.record({ is: is('row made'), table: fc.constant(table), fields: fieldsOf(table, {}) });
const rowEdited = (table: Table) =>
  fc.record({
    is: is('row edited'),
    table: fc.constant(table),
    which,
    fields: fieldsOf(table, { requiredKeys: [] }),
  });

const delay = fc.nat(2);
const delays = fc.record({ bookings: delay, payments: delay, sales: delay, cards: delay });

const settings: fc.Arbitrary<Partial<Settings>> = fc.oneof(
  fc.record({ vip_threshold_minor: fc.option(fc.integer({ min: 1, max: 60_000 }), { freq: 2 }) }),
  fc.record({
    core_min_visits: fc.integer({ min: 1, max: 6 }),
    regular_min_visits: fc.integer({ min: 1, max: 6 }),
  }),
  fc.record({
    pt_cancelled_min_days: fc.integer({ min: 20, max: 60 }),
    pt_cancelled_max_days: fc.integer({ min: 60, max: 200 }),
    trial_dropoff_min_days: fc.integer({ min: 1, max: 30 }),
    trial_dropoff_max_days: fc.integer({ min: 30, max: 300 }),
  }),
  fc.record({
    at_risk_min_days: fc.integer({ min: 10, max: 40 }),
    going_silent_min_days: fc.integer({ min: 41, max: 90 }),
    nearly_lost_min_days: fc.integer({ min: 91, max: 200 }),
    lost_min_days: fc.integer({ min: 201, max: 400 }),
  }),
);

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ is: is('client told'), who }) },
  { weight: 2, arbitrary: fc.record({ is: is('client deleted'), who }) },
  {
    weight: 1,
    arbitrary: fc.record({
      is: is('clients merged'),
      which,
      into: which,
      delays,
      comesBackAfter: fc.option(fc.integer({ min: 1, max: 5 }), { freq: 1 }),
    }),
  },
  { weight: 24, arbitrary: rowMade('bookings') },
  { weight: 16, arbitrary: rowEdited('bookings') },
  { weight: 8, arbitrary: rowMade('payments') },
  { weight: 5, arbitrary: rowEdited('payments') },
  { weight: 2, arbitrary: rowMade('sales') },
  { weight: 3, arbitrary: rowEdited('sales') },
  { weight: 2, arbitrary: rowMade('cards') },
  { weight: 3, arbitrary: rowEdited('cards') },
  {
    weight: 2,
    arbitrary: fc.record({ is: is('row removed'), table: fc.constantFrom(...TABLES), which }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      is: is('row undeleted'),
      table: fc.constantFrom<Table>('bookings', 'payments', 'sales'),
      which,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ is: is('refund'), which, share: fc.constantFrom(0.5, 1, 1.5) }),
  },
  {
    weight: 2,
    // One who comes every so many days, and then stops.
    arbitrary: fc.record({
      is: is('habit'),
      who,
      lastDaysAgo: fc.integer({ min: 0, max: 60 }),
      gap: fc.nat(9),
      times: fc.integer({ min: 3, max: 20 }),
      services,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      is: is('kind chosen'),
      service: fc.constantFrom(...KINDS),
      kind: fc.constantFrom(...KINDS),
    }),
  },
  { weight: 1, arbitrary: fc.record({ is: is('settings changed'), settings }) },
);

const PARTS: Part[] = ['clients', 'kinds', ...TABLES];

const batch: fc.Arbitrary<Batch> = fc.record({
  operations: fc.array(operation, { minLength: 1, maxLength: 22, size: 'max' }),
  order: fc.shuffledSubarray(PARTS, { minLength: PARTS.length }),
  daysPassed: fc.oneof(
    { weight: 18, arbitrary: fc.constant(0) },
    { weight: 6, arbitrary: fc.constant(1) },
    { weight: 3, arbitrary: fc.integer({ min: 2, max: 6 }) },
    { weight: 3, arbitrary: fc.constantFrom(7, 7, 30, 30, 60, 180, 400) },
    { weight: 3, arbitrary: fc.integer({ min: -40, max: -1 }) },
  ),
  isTicked: fc.constantFrom(true, true, true, true, false),
  daysBack: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 61, max: 1_000 })),
});

/** Batches without end; the same seed tells the same. */
export function batchesOf(seed: number): Iterable<Batch> {
  const [batches] = fc.sample(fc.infiniteStream(batch, { noHistory: true }), { seed, numRuns: 1 });
  return batches!;
}

/** A club that is connected brings its past along: every service, and two who are about to reach a milestone. */
export const firstSync: Batch = {
  operations: [
    ...Array.from({ length: 12 }, (_, who) => ({ is: 'client told' as const, who })),
    ...KINDS.map((kind, who) => ({
      is: 'habit' as const,
      who,
      lastDaysAgo: 5 * who,
      gap: who + 1,
      times: [494, 192, 95, 46, 20][who]!,
      services: [kind],
    })),
  ],
  order: PARTS,
  daysPassed: 0,
  isTicked: true,
  daysBack: 1,
};
