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

it('do not begin with where everybody was found, of which only the day is noted', async () => {
  const club = await clubs.open();
  await club.came('eva', [0, 1, 2]);
  await club.refresh();
  expect(await changesOf(club)).toEqual([]);
  const [known] = await clubs.sql`
    select history.begins_date::text as begins, member.since_date::text as since
    from segments.histories as history join segments.client_segments as member using (club_id)
    where club_id = ${club.id}`;
  expect(known).toEqual({ begins: club.today, since: club.today });
});

it('tell of a newcomer who comes often enough', async () => {
  const club = await clubs.open();
  await club.refresh();
  await club.came('eva', [0, 1, 2]);
  await club.refresh();
  expect(await changesOf(club)).toMatchObject([{ client: 'eva', from_segment: null, to_segment: 'regular' }]);
});

it('say why a client is in no segment any more', async () => {
  const club = await clubs.open();
  await club.came('eva', [25, 40]);
  await club.refresh();
  await club.visits('eva', [club.today]);
  await club.refresh();
  expect((await changesOf(club)).at(-1)).toEqual({
    client: 'eva',
    from_segment: 'at_risk',
    to_segment: null,
    date: club.today,
    reason: 'no rule holds: last visit 0 days ago, 2 visits in the last 30 days',
  });
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
    reason: 'no visit of theirs counts any more',
  });
});

it('keep the date since when a client is in a segment, and the day on which that may end', async () => {
  const club = await clubs.open();
  await club.came('eva', [0, 1, 2]);
  await club.refresh();
  await club.visits('eva', [club.ago(-1)]);
  await club.refresh(club.ago(-1));
  const rows = await clubs.sql`
    select segment, since_date::text as since, turns_date::text as turns
    from segments.client_segments where club_id = ${club.id}`;
  // At risk from 21 days after the last visit on, if nothing happens.
  expect(rows).toEqual([{ segment: 'regular', since: club.today, turns: club.ago(-22) }]);
});

it('are refused for a day at which the rollup does not stand', async () => {
  const club = await clubs.open();
  await club.came('eva', [0]);
  await expect(clubs.sql`select segments.refresh(${club.id}, ${club.today})`).rejects.toThrow(
    `The rollup of club ${club.id} does not stand at ${club.today}: run stats.refresh for that day first.`,
  );
});

it('of a day that has turned are not turned back by a tick that began before midnight', async () => {
  const club = await clubs.open();
  await club.came('eva', [20, 40]);
  const tick = (at: string) => clubs.sql`select segments.tick(${club.id}, ${at})`;
  const day = async () => {
    const [row] = await clubs.sql`select as_of::text as day from stats.club_days where club_id = ${club.id}`;
    return row!.day as string;
  };
  await tick(`${club.today}T12:00:00Z`);
  await tick(`${club.today}T22:00:01Z`);
  expect(await day()).toBe(club.ago(-1));
  const before = await changesOf(club);
  expect(before).toMatchObject([{ to_segment: 'at_risk', date: club.ago(-1) }]);
  await tick(`${club.today}T21:59:59Z`);
  expect(await day()).toBe(club.ago(-1));
  expect(await changesOf(club)).toEqual(before);
});

it('of days that never were are taken back when the clock is set right', async () => {
  const club = await clubs.open();
  await club.came('eva', [10, 20, 29]);
  await club.came('jan', [0, 1, 2]);
  const tick = (day: string) => clubs.sql`select segments.tick(${club.id}, ${`${day}T12:00:00Z`})`;
  await tick(club.today);
  await tick(club.ago(-1));
  const oneDayOn = await changesOf(club);
  expect(oneDayOn).toMatchObject([{ client: 'eva', from_segment: 'regular', to_segment: null }]);
  const kept = () => clubs.sql`
    select client_id, segment, since_date::text as since, turns_date::text as turns
    from segments.client_segments where club_id = ${club.id} order by client_id`;
  const members = await kept();
  await tick(club.ago(-70));
  expect(await changesOf(club)).toHaveLength(3);
  await tick(club.ago(-1));
  expect(await changesOf(club)).toEqual(oneDayOn);
  expect(await kept()).toEqual(members);
});
