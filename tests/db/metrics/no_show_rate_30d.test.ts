import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

it('counts bookings of anyone and of no one, if they were attended or missed', async () => {
  const club = await clubs.open();
  await club.came('eva', [0, 29]);
  await club.came('deleted', [2], { status: 'no_show' });
  await club.deleteClient('deleted');
  await club.booking(null, club.ago(3), { status: 'no_show' });
  await club.booking('unknown', club.ago(3));
  for (const status of ['booked', 'confirmed', 'cancelled'] as const)
    await club.booking('eva', club.ago(4), { status });
  expect(await club.metric('no_show_rate_30d')).toEqual({
    value: 0.4,
    numerator: 2,
    denominator: 5,
    sample: 5,
  });
});

it.each([
  ['29 days ago', 29, 1],
  ['30 days ago', 30, null],
  ['tomorrow', -1, null],
])('a booking missed %s', async (_, daysAgo, expected) => {
  const club = await clubs.open();
  await club.booking(null, club.ago(daysAgo), { status: 'no_show' });
  expect((await club.metric('no_show_rate_30d')).value).toBe(expected);
});

it('takes a deleted booking for cancelled, whatever its attendance says', async () => {
  const club = await clubs.open();
  await club.booking(null, club.ago(1), { status: 'no_show', isDeleted: true });
  await club.booking(null, club.ago(1), { status: 'attended', isDeleted: true });
  expect(await club.metric('no_show_rate_30d')).toMatchObject({ value: null, denominator: 0 });
});

it.each([
  ['only missed ones', ['no_show', 'no_show'], 1],
  ['only attended ones', ['attended'], 0],
  ['only ones nobody marked', ['booked', 'confirmed', 'cancelled'], null],
] as const)('of %s', async (_, statuses, expected) => {
  const club = await clubs.open();
  for (const status of statuses) await club.booking(null, club.ago(1), { status });
  expect((await club.metric('no_show_rate_30d')).value).toBe(expected);
});

it('keeps the bookings of a client who is deleted and of one who is back', async () => {
  const club = await clubs.open();
  await club.came('eva', [1, 2, 3]);
  await club.booking('eva', club.ago(4), { status: 'no_show' });
  await club.deleteClient('eva');
  expect((await club.metric('no_show_rate_30d')).value).toBe(0.25);
  await club.client('eva');
  expect((await club.metric('no_show_rate_30d')).value).toBe(0.25);
});
