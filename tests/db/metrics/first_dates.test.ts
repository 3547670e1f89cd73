import { expect, it } from 'vitest';
import type { Club, Day } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

const firstDates = (club: Club, day: Day) => clubs.sql`
  select client_id, first_visit_date, first_membership_date
  from metrics.first_dates(${club.id}, ${day}) order by client_id`;

const replayed = (club: Club, day: Day) => clubs.sql`
  select client_id, first_visit_date, first_membership_date
  from stats.replay(${club.id}, ${day}) where first_visit_date is not null order by client_id`;

it('are those of the replay on any day: before the rollup’s, on it and after it', async () => {
  const club = await clubs.open();
  await club.came('ann', [50, 20]);
  await club.sale('ann', club.ago(30));
  await club.came('bob', [20, 5]);
  await club.sale('bob', club.ago(40));
  await club.came('gone', [50]);
  await club.deleteClient('gone');
  await club.client('never came');
  await club.refresh(club.ago(10));
  // Changed since the refresh.
  await club.visits('bob', [club.ago(25)]);
  await club.sale('ann', club.ago(35));
  await club.came('new', [10, 9]);
  for (const daysAgo of [51, 50, 36, 35, 26, 25, 11, 10, 9, 0]) {
    const day = club.ago(daysAgo);
    expect(await firstDates(club, day), `${daysAgo} days ago`).toEqual(await replayed(club, day));
  }
});

it('are none in a club without visits, whatever others have', async () => {
  const busy = await clubs.open();
  await busy.came('ann', [3]);
  expect(await firstDates(await clubs.open(), busy.today)).toEqual([]);
});
