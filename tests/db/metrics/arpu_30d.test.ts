import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

it('divides revenue by the clients who came, in minor units and unrounded', async () => {
  const club = await clubs.open();
  await club.came('a', [1, 2]);
  await club.came('b', [29]);
  await club.came('c', [3]);
  await club.came('away', [60]);
  await club.payment('a', club.ago(5), 100);
  await club.payment('away', club.ago(5), 900);
  const reading = await club.metric('arpu_30d');
  expect(reading).toMatchObject({ numerator: 1000, denominator: 3, sample: 3 });
  expect(reading.value).toBeCloseTo(1000 / 3, 10);
});

it('has no value when money came in and nobody came', async () => {
  const club = await clubs.open();
  await club.client('eva');
  await club.payment('eva', club.today, 100);
  expect(await club.metric('arpu_30d')).toMatchObject({ value: null, numerator: 100, denominator: 0 });
});

it('is below zero when more was given back than taken in, and 0 when it evens out', async () => {
  const club = await clubs.open();
  await club.came('eva', [1]);
  await club.came('ivan', [2]);
  await club.payment('eva', club.ago(40), 1_000);
  await club.payment('eva', club.ago(1), -1_000);
  expect(await club.metric('arpu_30d')).toMatchObject({ value: -500, numerator: -1_000, denominator: 2 });
  await club.payment('ivan', club.today, 1_000);
  expect((await club.metric('arpu_30d')).value).toBe(0);
});

it('keeps the money of a deleted client, and divides it by those who are left', async () => {
  const club = await clubs.open();
  await club.came('stays', [1]);
  await club.came('deleted', [1]);
  await club.payment('deleted', club.ago(1), 300);
  expect((await club.metric('arpu_30d')).value).toBe(150);
  await club.deleteClient('deleted');
  expect((await club.metric('arpu_30d')).value).toBe(300);
});

it.each([
  ['29 days ago', 29, 700],
  ['30 days ago', 30, 0],
  ['tomorrow', -1, 0],
])('takes money of %s', async (_, daysAgo, expected) => {
  const club = await clubs.open();
  await club.came('eva', [1]);
  await club.payment('eva', club.ago(daysAgo), 700);
  expect((await club.metric('arpu_30d')).value).toBe(expected);
});
