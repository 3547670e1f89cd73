import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

it.each([
  ['30 days ago', 30, 1],
  ['59 days ago', 59, 1],
  ['29 days ago', 29, 0],
  ['60 days ago', 60, 0],
])('asks of a client whose first visit was %s', async (_, daysAgo, asked) => {
  const club = await clubs.open();
  await club.came('eva', [daysAgo, 1]);
  expect((await club.metric('trial_conversion')).denominator).toBe(asked);
});

it.each([
  ['on the day of the first visit', 40, { value: 1, denominator: 1 }],
  ['30 days after it', 10, { value: 1, denominator: 1 }],
  ['31 days after it', 9, { value: 0, denominator: 1 }],
  ['the day before it', 41, { value: null, denominator: 0 }],
  ['never', null, { value: 0, denominator: 1 }],
])('with the first membership bought %s', async (_, boughtAgo, expected) => {
  const club = await clubs.open();
  await club.came('eva', [40]);
  if (boughtAgo !== null) await club.sale('eva', club.ago(boughtAgo));
  expect(await club.metric('trial_conversion')).toMatchObject(expected);
});

it('takes the earliest of several memberships', async () => {
  const club = await clubs.open();
  await club.came('eva', [40]);
  await club.sale('eva', club.ago(5));
  await club.card('eva', club.ago(38));
  expect((await club.metric('trial_conversion')).value).toBe(1);
});

it('dates a card by its sale, and by its creation only where no sale is known', async () => {
  const club = await clubs.open();
  await club.came('sold', [40]);
  await club.sale('sold', club.ago(45), { external_id: 'sale-of-card' });
  await club.card('sold', club.ago(38), { sale_external_id: 'sale-of-card' });
  await club.came('unsold', [40]);
  await club.card('unsold', club.ago(38), { sale_external_id: 'not-seen' });
  expect(await club.metric('trial_conversion')).toMatchObject({ numerator: 1, denominator: 1 });
});

it('forgets nothing when the membership expires', async () => {
  const club = await clubs.open();
  await club.came('eva', [40]);
  await club.card('eva', club.ago(38), { status: 'Expired', expires_date: club.ago(20) });
  expect((await club.metric('trial_conversion')).value).toBe(1);
});

it('is the unrounded share of those asked', async () => {
  const club = await clubs.open();
  for (const name of ['a', 'b', 'c']) await club.came(name, [40]);
  await club.sale('a', club.ago(39));
  expect((await club.metric('trial_conversion')).value).toBeCloseTo(1 / 3, 15);
});

it.each([
  ['the last of the 30 days after 29 February', '2028-03-30', 1],
  ['the day after those', '2028-03-31', 0],
])('takes a membership bought on %s', async (_, bought, expected) => {
  const club = await clubs.open({ today: '2028-04-15' });
  await club.client('eva');
  await club.visits('eva', ['2028-02-29']);
  await club.sale('eva', bought);
  expect(await club.metric('trial_conversion')).toMatchObject({ value: expected, denominator: 1 });
});

it('forgets nothing when the money for the membership is given back', async () => {
  const club = await clubs.open();
  await club.came('eva', [40]);
  await club.sale('eva', club.ago(38));
  await club.payment('eva', club.ago(38), 1_000);
  await club.payment('eva', club.ago(37), -1_000);
  expect((await club.metric('trial_conversion')).value).toBe(1);
});

it('does not know on a past day of a membership bought after it', async () => {
  const club = await clubs.open();
  await club.came('eva', [60]);
  await club.sale('eva', club.ago(30));
  expect((await club.metric('trial_conversion', club.ago(30))).value).toBe(1);
  await club.came('late', [70]);
  await club.sale('late', club.ago(39));
  // 31 days after the first visit is too late on any day.
  expect(await club.metric('trial_conversion', club.ago(30))).toMatchObject({ numerator: 1, denominator: 2 });
  expect((await club.metric('trial_conversion', club.ago(40))).value).toBe(0);
});

it('asks of a client after all when a visit before her membership comes to light', async () => {
  const club = await clubs.open();
  await club.came('eva', [40]);
  await club.card('eva', club.ago(41));
  expect((await club.metric('trial_conversion')).value).toBeNull();
  await club.visits('eva', [club.ago(50)]);
  expect((await club.metric('trial_conversion')).value, 'the first visit was before the card').toBe(1);
});

it('leaves deleted clients out', async () => {
  const club = await clubs.open();
  await club.came('stays', [40]);
  await club.came('deleted', [40]);
  await club.sale('deleted', club.ago(40));
  expect((await club.metric('trial_conversion')).value).toBe(0.5);
  await club.deleteClient('deleted');
  expect((await club.metric('trial_conversion')).value).toBe(0);
});
