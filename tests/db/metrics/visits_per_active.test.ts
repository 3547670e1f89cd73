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
