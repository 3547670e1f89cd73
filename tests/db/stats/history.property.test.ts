import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { shiftDay } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { batch, emptyClub, tell } from '../history.ts';
import { factsOf, segmentOf, vipThreshold } from '../oracle.ts';
import type { KnownClub } from '../oracle.ts';
import { metricsOf } from '../oracle-metrics.ts';

const clubs = useClubs();

/** Rows of one query that the other does not have, in either direction. */
async function differences(club: Club, day: string) {
  return clubs.sql`
    with rollup as (select * from stats.client_stats where club_id = ${club.id}),
    replay as (select * from stats.replay(${club.id}, ${day})),
    on_day as (select * from stats.on_day(${club.id}, ${day})),
    stored as (select client_id, segment, reason from segments.client_segments where club_id = ${club.id}),
    decided as (select client_id, segment, reason from segments.decide(${club.id}, ${day}))
    select 'only in the rollup' as what, to_jsonb(lone) as row from (table rollup except all table replay) as lone
    union all
    select 'only in the replay', to_jsonb(lone) from (table replay except all table rollup) as lone
    union all
    select 'only in on_day', to_jsonb(lone) from (table on_day except all table replay) as lone
    union all
    select 'only stored', to_jsonb(lone) from (table stored except all table decided) as lone
    union all
    select 'only decided', to_jsonb(lone) from (table decided except all table stored) as lone`;
}

async function expectSegmentsOfDefinitions(club: Club, known: KnownClub, today: number): Promise<void> {
  const rows = await clubs.sql<{ external_id: string; segment: string }[]>`
    select external_id, segment from segments.members(${club.id}, ${shiftDay(club.today, today)})`;
  const facts = factsOf(known, today);
  const expected = [...facts].flatMap(([client, clientFacts]) => {
    const segment = segmentOf(clientFacts, vipThreshold(facts), today);
    return segment === null ? [] : [[client, segment]];
  });
  expect(Object.fromEntries(rows.map((row) => [row.external_id, row.segment]))).toEqual(
    Object.fromEntries(expected),
  );
}

async function expectMetricsOfDefinitions(club: Club, known: KnownClub, today: number): Promise<void> {
  const rows = await clubs.sql<{ code: string; value: number | null }[]>`
    select code, value::float8 from metrics.read_all(${club.id}, ${shiftDay(club.today, today)})`;
  const expected = metricsOf(known, today);
  expect(rows).toHaveLength(expected.size);
  for (const { code, value } of rows) {
    const wanted = expected.get(code);
    if (typeof wanted === 'number') expect(value, code).toBeCloseTo(wanted, 9);
    else expect(value, code).toBe(wanted);
  }
}

it('whatever the platform tells, rollup and segments equal the replay, and both equal the definitions', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  let told = 0;
  const property = fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 4 }), async (history) => {
    const club = await clubs.open();
    const known = emptyClub();
    let today = 0;
    for (const next of history) {
      await tell(next, club, known);
      today += next.daysPassed;
      const day = shiftDay(club.today, today);
      // Before anything is refreshed the answer is the same.
      await expectSegmentsOfDefinitions(club, known, today);
      await club.refresh(day);
      expect(await differences(club, day)).toEqual([]);
      await expectMetricsOfDefinitions(club, known, today);
      told += 1;
    }
    await expectSegmentsOfDefinitions(club, known, today - 45);
    await expectMetricsOfDefinitions(club, known, today - 45);
  });
  await fc.assert(property, {
    seed,
    numRuns: 60,
    interruptAfterTimeLimit: 14_000,
    markInterruptAsFailure: false,
  });
  console.info(`Told ${told} batches; SEED=${seed} tells the same again.`);
  expect(told).toBeGreaterThan(5);
});
