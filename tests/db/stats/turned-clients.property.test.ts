import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { shiftDay } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { History } from '../history.ts';
import { batchesOf } from '../operations.ts';

const clubs = useClubs();

/** Who is another on the one day than on the other, who of them is not among the turned, and how many clients there are. */
async function turnedBetween(club: Club, one: number, other: number) {
  const days = [one, other].map((days) => shiftDay(club.today, days));
  const [row] = await clubs.sql<{ different: number; missed: string[]; turned: number; clients: number }[]>`
    with before as (select * from stats.replay(${club.id}, ${days[0]!})),
    after as (select * from stats.replay(${club.id}, ${days[1]!})),
    different as (
      select client_id from (table before except all table after) as lone
      union
      select client_id from (table after except all table before) as lone
    ),
    turned as (select unnest(stats.turned_clients(${club.id}, ${days[0]!}, ${days[1]!})) as client_id)
    select
      (select count(*)::int from different) as different,
      array(
        select client.external_id from different
        join crm.clients as client on client.club_id = ${club.id} and client.client_id = different.client_id
        where different.client_id not in (table turned)
      ) as missed,
      (select count(*)::int from turned) as turned,
      (select count(*)::int from crm.clients where club_id = ${club.id}) as clients`;
  return row!;
}

/** Most turns are of a day; an outage turns a week, a correction turns back. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(1, -1) },
  { weight: 2, arbitrary: fc.integer({ min: -40, max: 40 }) },
  { weight: 1, arbitrary: fc.integer({ min: -500, max: 500 }) },
);

it('names everybody whom a step in time makes another, in either direction, and not everybody', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  const history = await History.open(await clubs.open());
  for (const batch of batchesOf(seed)) {
    await history.tell(batch);
    if (history.told > 600) break;
  }
  let different = 0;
  let isAnyoneSpared = false;
  const property = fc.asyncProperty(fc.integer({ min: -500, max: 60 }), step, async (from, days) => {
    const found = await turnedBetween(history.club, history.today + from, history.today + from + days);
    expect(found.missed).toEqual([]);
    different += found.different;
    isAnyoneSpared ||= found.turned < found.clients;
  });
  await fc.assert(property, { seed, numRuns: 150 });
  expect(different, `SEED=${seed}`).toBeGreaterThan(0);
  expect(isAnyoneSpared, `SEED=${seed}`).toBe(true);
});
