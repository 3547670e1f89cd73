import { beforeAll, describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { DAYS, YearStory, dayOf } from './year-story.ts';

const clubs = useClubs();

const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const story = new YearStory(SEED);

const tick = (club: Club, day: number) => clubs.sql`
  select segments.tick(${club.id}, (${dayOf(club, day)}::date + time '12:00') at time zone 'Europe/Prague')`;

/** As many days as that many visits allow; returns how many were replayed. */
async function backfill(club: Club, day: number, visitsToRead: number): Promise<number> {
  const [row] = await clubs.sql<{ days: number }[]>`
    select segments.backfill(
      ${club.id}, (${dayOf(club, day)}::date + time '12:01') at time zone 'Europe/Prague', ${visitsToRead}
    )::int as days`;
  return row!.days;
}

/** A club whose past is told at once on the day it is connected, and every day from then on as it comes. */
async function live(connectedOn: number): Promise<Club> {
  const club = await clubs.open();
  await story.tell(club, 0, connectedOn);
  await tick(club, connectedOn);
  for (let day = connectedOn + 1; day <= DAYS; day += 1) {
    await backfill(club, day - 1, 150_000);
    await story.tell(club, day, day);
    await tick(club, day);
  }
  while ((await backfill(club, DAYS, 700_000)) > 0);
  return club;
}

const changesOf = (club: Club) => clubs.sql`
  select client.external_id as client, changed_date::text as date, from_segment, to_segment, reason
  from segments.changes join crm.clients as client using (club_id, client_id)
  where club_id = ${club.id}
  order by changed_date, external_id`;

const membersOf = (club: Club) => clubs.sql`
  select client.external_id as client, segment, since_date::text as since, turns_date::text as turns
  from segments.client_segments join crm.clients as client using (club_id, client_id)
  where club_id = ${club.id}
  order by external_id`;

const staysOf = (club: Club) => clubs.sql`
  select
    client.external_id as client, segment, began_date::text as began, ended_date::text as ended, days, reason
  from segments.stays join crm.clients as client using (club_id, client_id)
  where club_id = ${club.id}
  order by external_id, began_date`;

const sizesOf = (club: Club) => clubs.sql`
  select as_of::text, segment, clients::int
  from segments.sizes(${club.id}, ${dayOf(club, -2)}, ${club.today})`;

let daily: Club;
let connectedAtTheEnd: Club;
let connectedOnTheWay: Club;
beforeAll(async () => {
  console.info(`SEED=${SEED} tells the same year again.`);
  // Connected the day before anybody came: nothing is left to replay.
  daily = await live(-1);
  connectedAtTheEnd = await live(DAYS);
  connectedOnTheWay = await live(DAYS - 80);
}, 240_000);

describe('the replay of a year', () => {
  const replayed = (): [string, Club][] => [
    ['connected at its end', connectedAtTheEnd],
    ['connected on the way', connectedOnTheWay],
  ];

  it('begins where the daily runs began', async () => {
    for (const [name, club] of replayed()) {
      const [history] = await clubs.sql`
        select begins_date::text as begins, known_date::text as known, is_complete
        from api.segment_histories where club_id = ${club.id}`;
      const known = name === 'connected at its end' ? DAYS : DAYS - 80;
      expect(history, name).toEqual({
        begins: dayOf(club, -1),
        known: dayOf(club, known),
        is_complete: true,
      });
    }
  });

  it('equals what daily runs stored: every change of every client with its date and its reason', async () => {
    const stored = await changesOf(daily);
    expect(new Set(stored.map(({ to_segment: to }) => to as string | null)).size).toBe(9);
    for (const [name, club] of replayed()) expect(await changesOf(club), name).toEqual(stored);
    const bases = await clubs.sql`
      select distinct club_id::int as club, basis from segments.changes
      where club_id in ${clubs.sql([daily.id, connectedAtTheEnd.id])} order by 1`;
    expect(bases).toEqual([
      { club: daily.id, basis: 'known' },
      { club: connectedAtTheEnd.id, basis: 'replayed' },
    ]);
  });

  it('says the same of since when who is where, and of every stay', async () => {
    const [members, stays] = [await membersOf(daily), await staysOf(daily)];
    expect(members.length).toBeGreaterThan(50);
    expect(stays.length).toBeGreaterThan(members.length);
    for (const [name, club] of replayed()) {
      expect(await membersOf(club), name).toEqual(members);
      expect(await staysOf(club), name).toEqual(stays);
    }
  });

  it('has every segment as large on every day, as large as that day decides', async () => {
    const sizes = await sizesOf(daily);
    expect(sizes).toHaveLength(8 * (DAYS + 2));
    for (const [name, club] of replayed()) expect(await sizesOf(club), name).toEqual(sizes);
    for (let day = (SEED % 30) - 1; day <= DAYS; day += 31) {
      const asOf = dayOf(daily, day);
      const decided = await clubs.sql`
        select definition.code as segment, count(state.client_id)::int as clients
        from segments.definitions as definition
        left join segments.states(${daily.id}, ${asOf}) as state on state.segment = definition.code
        group by definition.code, definition.priority order by definition.priority`;
      expect(
        sizes.filter(({ as_of }) => as_of === asOf).map(({ segment, clients }) => ({ segment, clients })),
        asOf,
      ).toEqual([...decided]);
    }
  });
});
