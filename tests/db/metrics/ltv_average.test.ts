import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

it('averages over the clients who paid more than they were given back', async () => {
  const club = await clubs.open();
  for (const [name, paid, refunded] of [
    ['a', 100, 0],
    ['b', 300, -50],
    ['c', 100, -100],
    ['d', 100, -101],
  ] as const) {
    await club.client(name);
    await club.payment(name, club.ago(900), paid);
    if (refunded) await club.payment(name, club.ago(1), refunded);
  }
  await club.client('never-paid');
  expect(await club.metric('ltv_average')).toEqual({ value: 175, numerator: 350, denominator: 2, sample: 2 });
  // Before the refunds.
  expect((await club.metric('ltv_average', club.ago(2))).value).toBe(150);
});

it('leaves deleted clients and deleted payments out', async () => {
  const club = await clubs.open();
  await club.client('eva');
  await club.payment('eva', club.today, 100);
  await club.payment('eva', club.today, 900, { is_deleted: true });
  await club.client('deleted');
  await club.payment('deleted', club.today, 900);
  await club.deleteClient('deleted');
  expect((await club.metric('ltv_average')).value).toBe(100);
});

it('has no value when nobody has paid more than was given back', async () => {
  const club = await clubs.open();
  await club.came('came', [1]);
  for (const [name, refunded] of [
    ['even', -100],
    ['below', -300],
  ] as const) {
    await club.client(name);
    await club.payment(name, club.ago(9), 100);
    await club.payment(name, club.ago(8), refunded);
  }
  expect(await club.metric('ltv_average')).toEqual({ value: null, numerator: 0, denominator: 0, sample: 0 });
  expect((await club.metric('ltv_average', club.ago(9))).value).toBe(100);
});

it('is unrounded, in minor units, and knows nothing of tomorrow or of money of no one', async () => {
  const club = await clubs.open();
  for (const [place, name] of ['a', 'b', 'c'].entries()) {
    await club.client(name);
    await club.payment(name, club.ago(place), place === 0 ? 2 : 1);
    await club.payment(name, club.ago(-1), 500);
  }
  await club.payment(null, club.today, 10_000);
  expect((await club.metric('ltv_average')).value).toBeCloseTo(4 / 3, 15);
});
