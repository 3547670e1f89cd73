import { expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

it('takes the 90th percentile of those who paid, as an amount somebody paid', async () => {
  const club = await clubs.open();
  for (let rank = 1; rank <= 20; rank += 1) {
    await club.client(`client-${rank}`);
    await club.payment(`client-${rank}`, club.ago(400), rank * 100);
  }
  await club.client('never-paid');
  // The 18th of 20: 18, 19 and 20 are in.
  expect((await club.metric('high_ltv')).value).toBe(3);
});

it('counts everybody at the threshold when amounts tie', async () => {
  const club = await clubs.open();
  for (const name of ['a', 'b', 'c']) {
    await club.client(name);
    await club.payment(name, club.today, 500);
  }
  expect((await club.metric('high_ltv')).value).toBe(3);
});

/** Clients who paid these amounts. */
async function paid(amounts: number[]): Promise<Club> {
  const club = await clubs.open();
  for (const [place, minor] of amounts.entries()) {
    await club.client(`client-${place}`);
    await club.payment(`client-${place}`, club.ago(3), minor);
  }
  return club;
}

it.each([
  ['one client', [500], 1],
  ['two clients', [500, 600], 1],
  ['nine clients: the ninth alone', [1, 2, 3, 4, 5, 6, 7, 8, 9], 1],
  ['ten clients: the ninth and the tenth', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 2],
  ['eleven clients: the tenth of them', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 2],
  ['a tie at the threshold, which takes in everybody at it', [1, 2, 3, 4, 5, 6, 7, 9, 9, 10], 3],
  ['a tie at the top', [1, 2, 3, 4, 5, 6, 7, 8, 10, 10], 2],
  ['a tie of the lowest tenth and all others', [5, 5, 5, 5, 5, 5, 5, 5, 5, 5], 10],
  ['refunds and zeros, which are no part of the ten', [-3, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 2],
])('of %s', async (_, amounts, expected) => {
  const club = await paid(amounts);
  expect((await club.metric('high_ltv')).value, 'replayed').toBe(expected);
  await club.refresh();
  expect((await club.metric('high_ltv')).value, 'from the rollup').toBe(expected);
});

it('loses who got money back, from the day of the refund on, and the threshold moves with it', async () => {
  const club = await paid([100, 200, 300]);
  await club.payment('client-2', club.today, -250);
  const [rows, before] = await Promise.all([
    clubs.sql`select external_id from metrics.clients_behind(${club.id}, 'high_ltv', ${club.today})`,
    clubs.sql`select external_id from metrics.clients_behind(${club.id}, 'high_ltv', ${club.ago(1)})`,
  ]);
  expect([...rows]).toEqual([{ external_id: 'client-1' }]);
  expect([...before]).toEqual([{ external_id: 'client-2' }]);
});

it('asks for the fixed amount as soon as the club sets one, and for the percentile when it is taken back', async () => {
  const club = await paid([100, 200, 300]);
  await club.refresh();
  await club.set({ vip_threshold_minor: 200 });
  expect((await club.metric('high_ltv')).value).toBe(2);
  expect((await club.metric('high_ltv', club.ago(3))).value, 'on a past day too').toBe(2);
  await club.set({ vip_threshold_minor: 301 });
  expect((await club.metric('high_ltv')).value).toBe(0);
  await club.set({ vip_threshold_minor: null });
  expect((await club.metric('high_ltv')).value).toBe(1);
});

it('counts nobody, without an error, when nobody has paid more than was given back', async () => {
  const club = await clubs.open();
  await club.client('refunded');
  await club.payment('refunded', club.ago(20), 1000);
  await club.payment('refunded', club.ago(10), -1000);
  expect(await club.metric('high_ltv')).toMatchObject({ value: 0, sample: 0 });
  expect((await club.metric('high_ltv', club.ago(15))).value).toBe(1);
});

it.each([
  [5_000, 1],
  [5_001, 0],
])('with a fixed threshold of %s', async (threshold, expected) => {
  const club = await clubs.open();
  await club.set({ vip_threshold_minor: threshold });
  await club.client('eva');
  await club.payment('eva', club.ago(2), 5_000);
  expect((await club.metric('high_ltv')).value).toBe(expected);
});

it('leaves deleted clients out of the percentile and out of the count', async () => {
  const club = await clubs.open();
  await club.client('eva');
  await club.payment('eva', club.today, 100);
  await club.client('deleted');
  await club.payment('deleted', club.today, 1_000_000);
  await club.deleteClient('deleted');
  expect((await club.metric('high_ltv')).value).toBe(1);
});

it('refuses a fixed threshold of 0', async () => {
  const club = await clubs.open();
  await expect(club.set({ vip_threshold_minor: 0 })).rejects.toThrow('vip_threshold_is_positive');
});
