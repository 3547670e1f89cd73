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
