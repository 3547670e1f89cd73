import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

it.each([
  ['three visits on three days', [0, 14, 29], 1],
  ['three visits on one day', [5, 5, 5], 1],
  ['two visits', [0, 14], 0],
  ['two visits and one too long ago', [0, 14, 30], 0],
])('%s', async (_, daysAgo, expected) => {
  const club = await clubs.open();
  await club.came('eva', daysAgo);
  expect((await club.metric('core_clients')).value).toBe(expected);
});

it('asks for as many visits as the club has set', async () => {
  const club = await clubs.open();
  await club.came('eva', [1, 2, 3]);
  await club.set({ core_min_visits: 4 });
  expect((await club.metric('core_clients')).value).toBe(0);
  await club.set({ core_min_visits: 2 });
  expect((await club.metric('core_clients')).value).toBe(1);
});

it('keeps to each club’s own setting, on past days as well', async () => {
  const strict = await clubs.open();
  const usual = await clubs.open();
  await strict.set({ core_min_visits: 5 });
  for (const club of [strict, usual]) {
    await club.came('four', [41, 42, 43, 44]);
    await club.visits(
      'five',
      [40, 41, 42, 43, 44].map((days) => club.ago(days)),
    );
    await club.client('five');
  }
  expect((await strict.metric('core_clients', strict.ago(40))).value).toBe(1);
  expect((await usual.metric('core_clients', usual.ago(40))).value).toBe(2);
  expect((await usual.metric('core_clients', usual.ago(13))).value).toBe(1);
  expect((await usual.metric('core_clients')).value).toBe(0);
});

it('follows a changed setting at once, from the rollup as from the replay', async () => {
  const club = await clubs.open();
  await club.came('eva', [1, 2, 3]);
  await club.refresh();
  await club.set({ core_min_visits: 4 });
  expect((await club.metric('core_clients')).value).toBe(0);
});
