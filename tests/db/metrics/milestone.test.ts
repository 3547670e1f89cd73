import { describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

/** So many visits, each of the last `recent` on another day of the last seven. */
async function trained(club: Club, visits: number, recent: number, name = 'eva'): Promise<void> {
  await club.client(name);
  await club.apply(
    'bookings',
    Array.from({ length: visits }, (_, index) => ({
      external_id: `${name}-${index}`,
      client_external_id: name,
      services: [],
      status: 'attended',
      is_deleted: false,
      starts_local: `${club.ago(index < recent ? index % 7 : 7 + index)}T18:00`,
    })),
  );
}

describe.each([10, 25, 50, 100, 200, 500])('milestone_%s', (milestone) => {
  it.each([
    ['reached today', milestone, 1, 1],
    ['passed with two visits at once', milestone + 1, 2, 1],
    ['one visit short', milestone - 1, 1, 0],
    ['reached before the last seven days', milestone, 0, 0],
    ['passed long ago', milestone + 1, 1, 0],
  ])('%s', async (_, visits, recent, expected) => {
    const club = await clubs.open();
    await trained(club, visits, recent);
    expect((await club.metric(`milestone_${milestone}`)).value).toBe(expected);
  });
});

it('is still news 6 days later, and no more after 7', async () => {
  const club = await clubs.open();
  await trained(club, 10, 1);
  expect((await club.metric('milestone_10', club.ago(-6))).value).toBe(1);
  expect((await club.metric('milestone_10', club.ago(-7))).value).toBe(0);
});

it('counts a client in every milestone passed in one week', async () => {
  const club = await clubs.open();
  await trained(club, 25, 16);
  expect((await club.metric('milestone_10')).value).toBe(1);
  expect((await club.metric('milestone_25')).value).toBe(1);
});
