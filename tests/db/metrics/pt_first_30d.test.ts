import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

it.each([
  ['29 days ago', [29], 1],
  ['30 days ago', [30], 0],
  ['29 days ago, and not the first', [29, 300], 0],
])('a client who had a personal training %s', async (_, daysAgo, expected) => {
  const club = await clubs.open();
  await club.came('eva', daysAgo, { kinds: ['personal'] });
  expect((await club.metric('pt_first_30d')).value).toBe(expected);
});

it('counts a regular of the classes who tries a personal training', async () => {
  const club = await clubs.open();
  await club.came('eva', [300, 200, 1]);
  expect((await club.metric('pt_first_30d')).value).toBe(0);
  await club.visits('eva', [club.ago(2)], { kinds: ['group', 'personal'] });
  expect((await club.metric('pt_first_30d')).value).toBe(1);
});

it('follows an operator who decides that a service is no personal training', async () => {
  const club = await clubs.open();
  await club.came('eva', [1], { kinds: ['personal'] });
  await clubs.sql`select crm.set_service_kind(${club.id}, 'personal', 'group')`;
  expect((await club.metric('pt_first_30d')).value).toBe(0);
});

it('does not take a training that was missed, deleted or is still to come for the first', async () => {
  const club = await clubs.open();
  await club.came('eva', [400], { kinds: ['personal'], status: 'no_show' });
  await club.booking('eva', club.ago(399), { kinds: ['personal'], isDeleted: true });
  await club.booking('eva', club.ago(-1), { kinds: ['personal'] });
  expect((await club.metric('pt_first_30d')).value).toBe(0);
  expect((await club.metric('pt_first_30d', club.ago(-1))).value).toBe(1);
});
