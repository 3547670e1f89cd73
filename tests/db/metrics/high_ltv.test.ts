import { expect, it } from 'vitest';
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
  await expect(club.set({ vip_threshold_minor: 0 })).rejects.toThrow('settings_vip_threshold_minor_check');
});
