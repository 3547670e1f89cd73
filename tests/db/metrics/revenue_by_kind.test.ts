import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

/** The kinds there is a payment of: amount and payments. */
async function kinds(club: Club, day = club.today, days = 30) {
  const rows = await clubs.sql<{ kind: string; minor: number; payments: number }[]>`
    select kind, amount_minor::int as minor, payments::int
    from metrics.revenue_by_kind(${club.id}, ${day}, ${days})`;
  expect(rows.map(({ kind }) => kind)).toEqual([
    ...['personal', 'trial', 'group', 'open', 'other'],
    ...['membership', 'goods', 'unknown'],
  ]);
  return Object.fromEntries(
    rows.filter(({ payments }) => payments > 0).map(({ kind, minor, payments }) => [kind, [minor, payments]]),
  );
}

it('tells what was paid for by the booking or the sale', async () => {
  const club = await clubs.open();
  await club.client('ann');
  const paid = (minor: number, what: Record<string, string>) => club.payment('ann', club.ago(3), minor, what);
  for (const kind of ['personal', 'trial', 'group', 'open', 'other'])
    await club.booking('ann', club.ago(3), { id: kind, kinds: [kind] });
  await club.sale('ann', club.ago(3), { external_id: 'sale' });
  await club.card('ann', club.ago(3), { sale_external_id: 'sale of a card' });
  await paid(1, { booking_external_id: 'personal' });
  await paid(2, { booking_external_id: 'trial' });
  await paid(4, { booking_external_id: 'group' });
  await paid(8, { booking_external_id: 'open' });
  await paid(16, { booking_external_id: 'other' });
  await paid(32, { sale_external_id: 'sale' });
  await paid(64, { sale_external_id: 'sale of a card' });
  await paid(128, { sale_external_id: 'drink', booking_external_id: 'personal' });
  await paid(256, { booking_external_id: 'not in the mirror' });
  await paid(512, {});
  expect(await kinds(club)).toEqual({
    personal: [1, 1],
    trial: [2, 1],
    group: [4, 1],
    open: [8, 1],
    other: [16, 1],
    membership: [96, 2],
    goods: [128, 1],
    unknown: [768, 2],
  });
});

it('takes a refund off what it was paid for, on its own date', async () => {
  const club = await clubs.open();
  await club.client('ann');
  await club.sale('ann', club.ago(40), { external_id: 'sale', is_deleted: true });
  await club.payment('ann', club.ago(40), 1_000, { sale_external_id: 'sale' });
  await club.payment('ann', club.ago(2), -1_000, { sale_external_id: 'sale' });
  expect(await kinds(club)).toEqual({ membership: [-1_000, 1] });
  expect(await kinds(club, club.today, 60)).toEqual({ membership: [0, 2] });
});

it('follows the kind an operator gives the service', async () => {
  const club = await clubs.open();
  await club.client('ann');
  const booking = await club.booking('ann', club.ago(3), { kinds: ['other'] });
  await club.payment('ann', club.ago(3), 5, { booking_external_id: booking });
  await club.sql`select crm.set_service_kind(${club.id}, 'other', 'open')`;
  expect(await kinds(club)).toEqual({ open: [5, 1] });
});

it('is dated by the club’s calendar, and reads a past day as it was', async () => {
  const club = await clubs.open();
  await club.client('ann');
  // Half past midnight in Prague, still the day before in UTC; and an hour earlier.
  await club.payment('ann', club.today, 5, { paid_local: null, paid_at: `${club.ago(30)}T22:30:00Z` });
  await club.payment('ann', club.today, 3, { paid_local: null, paid_at: `${club.ago(30)}T21:30:00Z` });
  expect(await kinds(club)).toEqual({ unknown: [5, 1] });
  expect(await kinds(club, club.ago(30))).toEqual({ unknown: [3, 1] });
});

it('ties a payment to a booking or sale of its own club', async () => {
  const [theirs, club] = [await clubs.open(), await clubs.open()];
  for (const each of [theirs, club]) await each.client('ann');
  await theirs.booking('ann', theirs.ago(3), { id: '1', kinds: ['personal'] });
  await theirs.sale('ann', theirs.ago(3), { external_id: '1' });
  await club.payment('ann', club.ago(3), 5, { booking_external_id: '1' });
  await club.payment('ann', club.ago(3), 7, { sale_external_id: '1' });
  expect(await kinds(club)).toEqual({ goods: [7, 1], unknown: [5, 1] });
  expect(await kinds(theirs)).toEqual({});
});

it('adds up to the revenue, whatever was paid by whom', async () => {
  const payment = fc.record({
    client: fc.constantFrom('ann', 'gone', null),
    daysAgo: fc.integer({ min: -1, max: 32 }),
    minor: fc.integer({ min: -5_000, max: 20_000 }),
    booking_external_id: fc.constantFrom('personal', 'gone', null),
    sale_external_id: fc.constantFrom('sale', 'drink', null, null),
    is_deleted: fc.constantFrom(false, false, true),
  });
  const isEqual = fc.asyncProperty(fc.array(payment, { maxLength: 15 }), async (payments) => {
    const club = await clubs.open();
    for (const name of ['ann', 'gone']) await club.client(name);
    await club.booking('ann', club.ago(3), { id: 'personal', kinds: ['personal'] });
    await club.sale('ann', club.ago(3), { external_id: 'sale' });
    for (const { client, daysAgo, minor, ...fields } of payments)
      await club.payment(client, club.ago(daysAgo), minor, fields);
    await club.deleteClient('gone');
    const revenue = await club.metric('revenue_30d');
    const counted = Object.values(await kinds(club));
    expect(counted.reduce((sum, [minor]) => sum + minor!, 0)).toBe(revenue.value);
    expect(counted.reduce((sum, [, paid]) => sum + paid!, 0)).toBe(revenue.sample);
  });
  await fc.assert(isEqual, { numRuns: 25 });
});
