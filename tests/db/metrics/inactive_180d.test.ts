import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

it.each([
  ['179 days ago', [179], 0],
  ['180 days ago', [180], 1],
  ['2,000 days ago', [2000], 1],
  ['never', [], 0],
])('a client who last came %s', async (_, daysAgo, expected) => {
  const club = await clubs.open();
  await club.came('eva', daysAgo);
  expect((await club.metric('inactive_180d')).value).toBe(expected);
});

it('is not ended by a booking that was missed, deleted or is still to come', async () => {
  const club = await clubs.open();
  await club.came('eva', [180]);
  await club.booking('eva', club.ago(1), { status: 'no_show' });
  await club.booking('eva', club.ago(1), { isDeleted: true });
  await club.booking('eva', club.ago(-1));
  expect((await club.metric('inactive_180d')).value).toBe(1);
  expect((await club.metric('inactive_180d', club.ago(-1))).value).toBe(0);
});

it('has everybody in either it or the one before, never in both', async () => {
  const club = await clubs.open();
  await club.came('eva', [60]);
  for (const [days, early, late] of [
    [119, 1, 0],
    [120, 0, 1],
  ] as const) {
    expect((await club.metric('inactive_60d', club.ago(-days))).value, `after ${days} days`).toBe(early);
    expect((await club.metric('inactive_180d', club.ago(-days))).value, `after ${days} days`).toBe(late);
  }
});
