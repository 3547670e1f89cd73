import { expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

const changesOf = (club: Club) => clubs.sql`
  select client.external_id as client, from_segment, to_segment, changed_date::text as date, reason
  from segments.changes join crm.clients as client using (club_id, client_id)
  where club_id = ${club.id} order by change_id`;

it('are kept with client, from, to, date and reason, and an unchanged day adds none', async () => {
  const club = await clubs.open();
  await club.came('eva', [0, 1, 2]);
  await club.refresh();
  await club.refresh();
  await club.refresh(club.ago(-21));
  await club.refresh(club.ago(-60));
  expect(await changesOf(club)).toEqual([
    {
      client: 'eva',
      from_segment: null,
      to_segment: 'regular',
      date: club.today,
      reason: '3 visits in the last 30 days',
    },
    {
      client: 'eva',
      from_segment: 'regular',
      to_segment: 'at_risk',
      date: club.ago(-21),
      reason: 'last visit 21 days ago',
    },
    {
      client: 'eva',
      from_segment: 'at_risk',
      to_segment: 'going_silent',
      date: club.ago(-60),
      reason: 'last visit 60 days ago, 3 visits in all',
    },
  ]);
});

it('tell when a client leaves all segments', async () => {
  const club = await clubs.open();
  await club.came('eva', [0, 1, 2]);
  await club.refresh();
  await club.deleteClient('eva');
  await club.refresh();
  expect((await changesOf(club)).at(-1)).toEqual({
    client: 'eva',
    from_segment: 'regular',
    to_segment: null,
    date: club.today,
    reason: 'no rule holds any more',
  });
});

it('keep the date since when a client is in a segment, and renew the reason', async () => {
  const club = await clubs.open();
  await club.came('eva', [0, 1, 2]);
  await club.refresh();
  await club.visits('eva', [club.ago(-1)]);
  await club.refresh(club.ago(-1));
  const rows = await clubs.sql`
    select segment, since_date::text as since, reason from segments.client_segments where club_id = ${club.id}`;
  expect(rows).toEqual([{ segment: 'regular', since: club.today, reason: '4 visits in the last 30 days' }]);
});

it('of a day that has turned are not turned back by a tick that began before midnight', async () => {
  const club = await clubs.open();
  await club.came('eva', [20, 40]);
  const tick = (at: string) => clubs.sql`select segments.tick(${club.id}, ${at})`;
  const day = async () => {
    const [row] = await clubs.sql`select as_of::text as day from stats.club_days where club_id = ${club.id}`;
    return row!.day as string;
  };
  await tick(`${club.today}T22:00:01Z`);
  expect(await day()).toBe(club.ago(-1));
  const before = await changesOf(club);
  expect(before).toMatchObject([{ to_segment: 'at_risk', date: club.ago(-1) }]);
  await tick(`${club.today}T21:59:59Z`);
  expect(await day()).toBe(club.ago(-1));
  expect(await changesOf(club)).toEqual(before);
  // A clock that was set right again is another matter.
  await tick(`${club.today}T12:00:00Z`);
  expect(await day()).toBe(club.today);
});
