import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

it('divides the visits of the last 30 days by the clients who made them', async () => {
  const club = await clubs.open();
  await club.came('often', [0, 0, 29, 30]);
  await club.came('once', [10]);
  await club.came('away', [31]);
  expect(await club.metric('visits_per_active')).toEqual({
    value: 2,
    numerator: 4,
    denominator: 2,
    sample: 2,
  });
});

it('has no value when nobody came', async () => {
  const club = await clubs.open();
  await club.came('away', [30]);
  expect((await club.metric('visits_per_active')).value).toBeNull();
});

it('is unrounded and counts two records on one day as two, of any kind', async () => {
  const club = await clubs.open();
  await club.came('a', [1, 1]);
  await club.visits('a', [club.ago(1)], { kinds: ['personal'] });
  await club.came('b', [2]);
  await club.came('c', [3]);
  await club.booking('c', club.ago(3), { status: 'no_show' });
  await club.booking(null, club.ago(3));
  expect((await club.metric('visits_per_active')).value).toBeCloseTo(5 / 3, 15);
});
