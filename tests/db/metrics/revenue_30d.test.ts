import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

it.each([
  ['today', 0, 700],
  ['29 days ago', 29, 700],
  ['30 days ago', 30, 0],
  ['tomorrow', -1, 0],
])('money of %s', async (_, daysAgo, expected) => {
  const club = await clubs.open();
  await club.client('eva');
  await club.payment('eva', club.ago(daysAgo), 700);
  expect((await club.metric('revenue_30d')).value).toBe(expected);
});

it('takes refunds off on their own date and counts payments as its sample', async () => {
  const club = await clubs.open();
  await club.client('eva');
  await club.payment('eva', club.ago(40), 10_000);
  await club.payment('eva', club.ago(2), 300);
  await club.payment('eva', club.ago(1), -1_000);
  expect(await club.metric('revenue_30d')).toEqual({
    value: -700,
    numerator: -700,
    denominator: null,
    sample: 2,
  });
});

it('keeps a deleted client’s payments and leaves out deleted payments and money of no one', async () => {
  const club = await clubs.open();
  await club.client('deleted');
  await club.payment('deleted', club.today, 100);
  await club.deleteClient('deleted');
  await club.payment(null, club.today, 10);
  await club.payment('deleted', club.today, 1, { is_deleted: true });
  expect((await club.metric('revenue_30d')).value).toBe(100);
});

it('is dated by the club’s calendar', async () => {
  const club = await clubs.open();
  await club.client('eva');
  // Half past midnight in Prague, still the day before in UTC.
  await club.payment('eva', club.ago(0), 5, { paid_local: null, paid_at: `${club.ago(30)}T22:30:00Z` });
  await club.payment('eva', club.ago(0), 3, { paid_local: null, paid_at: `${club.ago(30)}T21:30:00Z` });
  expect((await club.metric('revenue_30d')).value).toBe(5);
});

it('is 0, of two payments, when all was given back', async () => {
  const club = await clubs.open();
  await club.client('eva');
  await club.payment('eva', club.ago(2), 500);
  await club.payment('eva', club.ago(1), -500);
  expect(await club.metric('revenue_30d')).toMatchObject({ value: 0, denominator: null, sample: 2 });
  expect((await club.metric('revenue_30d', club.ago(2))).value).toBe(500);
});
