import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

it.each([
  ['today', [0], 1],
  ['6 days ago', [6], 1],
  ['7 days ago', [7], 0],
  ['three times', [1, 1, 2], 1],
  ['tomorrow', [-1], 0],
])('a client who came %s', async (_, daysAgo, expected) => {
  const club = await clubs.open();
  await club.came('eva', daysAgo);
  expect((await club.metric('active_7d')).value).toBe(expected);
});

it.each(['booked', 'confirmed', 'no_show', 'cancelled'] as const)(
  'a booking that is %s is no visit',
  async (status) => {
    const club = await clubs.open();
    await club.came('eva', [1], { status });
    expect((await club.metric('active_7d')).value).toBe(0);
  },
);

it('counts a client once, however often she came', async () => {
  const club = await clubs.open();
  await club.came('eva', [0, 0, 1, 6]);
  await club.came('ivan', [6]);
  expect(await club.metric('active_7d')).toEqual({ value: 2, numerator: 2, denominator: null, sample: 2 });
});
