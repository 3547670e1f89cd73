import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

it.each([
  ['one in the last 30 days, one long ago', [29, 500], 1],
  ['two on one day', [3, 3], 1],
  ['one', [3], 0],
  ['two, the last 30 days ago', [30, 40], 0],
])('a client with personal trainings: %s', async (_, daysAgo, expected) => {
  const club = await clubs.open();
  await club.came('eva', daysAgo, { kinds: ['personal'] });
  expect((await club.metric('pt_repeat_30d')).value).toBe(expected);
});

it('does not add classes to personal trainings', async () => {
  const club = await clubs.open();
  await club.came('eva', [1], { kinds: ['personal'] });
  await club.visits('eva', [club.ago(2), club.ago(3)]);
  expect((await club.metric('pt_repeat_30d')).value).toBe(0);
});

it('adds neither a training that was missed nor one that is still to come', async () => {
  const club = await clubs.open();
  await club.came('eva', [1], { kinds: ['personal'] });
  await club.booking('eva', club.ago(5), { kinds: ['personal'], status: 'no_show' });
  await club.booking('eva', club.ago(-1), { kinds: ['personal'] });
  expect((await club.metric('pt_repeat_30d')).value).toBe(0);
  expect((await club.metric('pt_repeat_30d', club.ago(-1))).value).toBe(1);
});
