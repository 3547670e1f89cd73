// A club in which nothing happens any more, but the days pass: clients who stand at the edges of the rules, now or later.
import fc from 'fast-check';
import type { JSONValue } from 'postgres';
import type { Club } from '../club.ts';
import { clientRow } from '../club.ts';

interface Passing {
  /** Days since the last visit. */
  lastDaysAgo: number;
  /** Between the visits, going back; 0 is twice on a day. */
  gaps: number[];
  /** Which visits were personal trainings, from the last on. */
  isPersonal: boolean[];
  paid: { daysAgo: number; minor: number }[];
  membershipDaysAgo: number | null;
}

/** Edges of the definitions, both sides; negative: known to come. */
const daysAgo = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -20, max: 40 }) },
  { weight: 2, arbitrary: fc.constantFrom(59, 60, 61, 119, 120, 121, 179, 180, 181, 364, 365, 366) },
);
const gap = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(3, 4, 3, 4, 5, 8) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 35 }) },
);
const passing: fc.Arbitrary<Passing> = fc.record({
  lastDaysAgo: daysAgo,
  gaps: fc.oneof(
    { weight: 2, arbitrary: fc.constant<number[]>([]) },
    { weight: 1, arbitrary: fc.array(gap, { minLength: 1, maxLength: 3, size: 'max' }) },
    // 5 dates have a usual gap; of an even number of gaps it may be half a day.
    { weight: 3, arbitrary: fc.array(gap, { minLength: 4, maxLength: 12, size: 'max' }) },
  ),
  isPersonal: fc.oneof(
    fc.array(fc.constantFrom(true, false, false), { maxLength: 6 }),
    // Trained personally until so many visits ago.
    fc.nat(6).map((since) => Array.from({ length: 12 }, (_, index) => index >= since)),
  ),
  paid: fc.array(
    fc.record({
      daysAgo,
      minor: fc.oneof(fc.constantFrom(1_000, 5_000), fc.integer({ min: -900, max: 9_000 })),
    }),
    { maxLength: 2 },
  ),
  membershipDaysAgo: fc.option(daysAgo, { freq: 2 }),
});

function rowsOf(name: string, client: Passing, club: Club) {
  let ago = client.lastDaysAgo;
  const visits = [ago, ...client.gaps.map((days) => (ago += days))];
  const bookings: Record<string, JSONValue>[] = visits.map((days, index) => {
    const service = client.isPersonal[index] ? 'Personal training' : 'Group class';
    return {
      external_id: `${name}-${index}`,
      client_external_id: name,
      services: [{ external_id: service, title: service }],
      status: 'attended',
      starts_local: `${club.ago(days)}T18:00`,
    };
  });
  const payments = client.paid.map(({ daysAgo, minor }, index) => ({
    external_id: `${name}-${index}`,
    client_external_id: name,
    amount_minor: minor,
    paid_local: `${club.ago(daysAgo)}T12:00`,
    title: 'Sale',
  }));
  const sales =
    client.membershipDaysAgo === null
      ? []
      : [
          {
            external_id: name,
            client_external_id: name,
            sold_local: `${club.ago(client.membershipDaysAgo)}T12:00`,
            title: '10 visits',
          },
        ];
  return { bookings, payments, sales };
}

/** Tells the club of so many clients; the same seed tells the same. */
export async function tellPassing(club: Club, seed: number, count: number): Promise<void> {
  const clients = fc.sample(passing, { seed, numRuns: count });
  const names = clients.map((_, index) => `client-${index}`);
  const rows = clients.map((client, index) => rowsOf(names[index]!, client, club));
  await club.apply(
    'clients',
    names.map((name) => clientRow(name)),
  );
  await club.apply(
    'bookings',
    rows.flatMap(({ bookings }) => bookings),
  );
  await club.apply(
    'payments',
    rows.flatMap(({ payments }) => payments),
  );
  await club.apply(
    'membership_sales',
    rows.flatMap(({ sales }) => sales),
  );
}
