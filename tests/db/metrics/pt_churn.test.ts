import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

it.each([
  ['30 days ago', [30], 1],
  ['59 days ago', [59], 1],
  ['29 days ago', [29], 0],
  ['60 days ago', [60], 0],
  ['30 and 29 days ago', [30, 29], 0],
])('a client who had personal trainings %s', async (_, daysAgo, expected) => {
  const club = await clubs.open();
  await club.came('eva', daysAgo, { kinds: ['personal'] });
  await club.visits('eva', [club.ago(1)]);
  expect((await club.metric('pt_churn')).value).toBe(expected);
});

it('does not count a training that was missed or deleted, nor a class after it as one', async () => {
  const club = await clubs.open();
  await club.came('eva', [40], { kinds: ['personal'] });
  await club.booking('eva', club.ago(2), { kinds: ['personal'], status: 'no_show' });
  await club.booking('eva', club.ago(2), { kinds: ['personal'], isDeleted: true });
  await club.booking('eva', club.ago(-1), { kinds: ['personal'] });
  await club.came('missed', [40], { kinds: ['personal'], status: 'no_show' });
  expect((await club.metric('pt_churn')).value).toBe(1);
  expect((await club.metric('pt_churn', club.ago(-1))).value).toBe(0);
});

it('ends with a booking of several services of which one is personal', async () => {
  const club = await clubs.open();
  await club.came('eva', [40], { kinds: ['personal'] });
  await club.visits('eva', [club.ago(3)], { kinds: ['group', 'other'] });
  expect((await club.metric('pt_churn')).value).toBe(1);
  await club.visits('eva', [club.ago(3)], { kinds: ['group', 'personal'] });
  expect((await club.metric('pt_churn')).value).toBe(0);
});
