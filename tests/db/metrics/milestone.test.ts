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

const MILESTONES = [
  ['milestone_10', 10],
  ['milestone_25', 25],
  ['milestone_50', 50],
  ['milestone_100', 100],
  ['milestone_200', 200],
  ['milestone_500', 500],
] as const;

describe.each(MILESTONES)('%s', (code, milestone) => {
  it.each([
    ['reached today', milestone, 1, 1],
    ['passed with two visits at once', milestone + 1, 2, 1],
    ['one visit short', milestone - 1, 1, 0],
    ['reached before the last seven days', milestone, 0, 0],
    ['passed long ago', milestone + 1, 1, 0],
  ])('%s', async (_, visits, recent, expected) => {
    const club = await clubs.open();
    await trained(club, visits, recent);
    expect((await club.metric(code)).value).toBe(expected);
  });

  it('opens and closes with whole dates: the day of the visit and the six after it', async () => {
    const club = await clubs.open();
    await trained(club, milestone, 1);
    const values = [];
    for (const days of [-1, 0, 6, 7]) values.push((await club.metric(code, club.ago(-days))).value);
    expect(values).toEqual([0, 1, 1, 0]);
  });

  it('does not count a visit that was missed, deleted or is still to come', async () => {
    const club = await clubs.open();
    await trained(club, milestone - 1, 1);
    await club.booking('eva', club.today, { status: 'no_show' });
    await club.booking('eva', club.today, { isDeleted: true });
    await club.booking('eva', club.ago(-1));
    expect((await club.metric(code)).value).toBe(0);
    expect((await club.metric(code, club.ago(-1))).value).toBe(1);
  });
});

it('counts a client in every milestone passed in one week', async () => {
  const club = await clubs.open();
  await trained(club, 25, 16);
  expect((await club.metric('milestone_10')).value).toBe(1);
  expect((await club.metric('milestone_25')).value).toBe(1);
});

it('is passed on the date of the visit that makes the number, when an earlier one comes to light', async () => {
  const club = await clubs.open();
  // One a day, 7 to 15 days ago.
  await trained(club, 9, 0);
  expect((await club.metric('milestone_10', club.ago(7))).value).toBe(0);
  await club.booking('eva', club.ago(20));
  expect((await club.metric('milestone_10', club.ago(8))).value).toBe(0);
  expect((await club.metric('milestone_10', club.ago(7))).value).toBe(1);
  expect((await club.metric('milestone_10')).value).toBe(0);
});

it('is passed again when the visit that made it was deleted and another one followed', async () => {
  const club = await clubs.open();
  await trained(club, 9, 0);
  await club.booking('eva', club.ago(6), { id: 'tenth' });
  expect((await club.metric('milestone_10', club.ago(-3))).value).toBe(0);
  await club.booking('eva', club.ago(6), { id: 'tenth', isDeleted: true });
  await club.booking('eva', club.today);
  expect((await club.metric('milestone_10', club.ago(-3))).value).toBe(1);
});
