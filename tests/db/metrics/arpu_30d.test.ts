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
