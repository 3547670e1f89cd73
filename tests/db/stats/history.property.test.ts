import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { differences, differencesOnDay, expectDefinitionsOfKind, expectedOn, readOn } from '../comparison.ts';
import { History } from '../history.ts';
import { batchesOf } from '../operations.ts';
import type { Batch } from '../operations.ts';
import { KINDS } from '../oracle.ts';

const clubs = useClubs();

/** Long histories of few clubs: what is kept from batch to batch must survive a hundred of them. */
const TIMEZONES = [
  'Europe/Prague',
  'Pacific/Kiritimati',
  'America/Los_Angeles',
  'Asia/Kathmandu',
  'Europe/Sofia',
];
const OPERATIONS = 10_000;

async function tellAndCompare(history: History, next: Batch): Promise<void> {
  await history.tell(next);
  const { club, today, day } = history;
  const expected = expectedOn(history, today);
  // Before anything is refreshed the answer is the same.
  expect(await differencesOnDay(club, day)).toEqual([]);
  expect(await readOn(club, day)).toEqual(expected);
  if (next.isTicked) {
    await history.tick();
    expect(await differences(club, day)).toEqual([]);
    expect(await readOn(club, day)).toEqual(expected);
  }
  const earlier = today - next.daysBack;
  expect(await readOn(club, history.dated(earlier))).toEqual(expectedOn(history, earlier));
}

/** Tells the club so many operations and compares after every batch of them. */
async function tellHistory(seed: number, timezone: string, operations: number): Promise<History> {
  const history = await History.open(await clubs.open({ timezone }));
  await history.tick();
  for (const next of batchesOf(seed)) {
    if (history.told >= operations) break;
    try {
      await tellAndCompare(history, next);
    } catch (error) {
      const where = `batch ${history.batches} of the club in ${timezone}: ${JSON.stringify(next)}`;
      throw new Error(`It is not the same any more after ${where}`, { cause: error });
    }
  }
  for (const kind of KINDS) await expectDefinitionsOfKind(history, kind);
  return history;
}

it('whatever the platform tells, what is kept equals the recomputation, and both equal the definitions', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  let told = 0;
  let batches = 0;
  for (const [index, timezone] of TIMEZONES.entries()) {
    const history = await tellHistory(seed + index, timezone, OPERATIONS / TIMEZONES.length).catch(
      (error: unknown) => {
        throw new Error(`SEED=${seed} tells the same again.`, { cause: error });
      },
    );
    told += history.told;
    batches += history.batches;
  }
  console.info(`Told ${told} operations in ${batches} batches; SEED=${seed} tells the same again.`);
  expect(told).toBeGreaterThanOrEqual(OPERATIONS);
}, 240_000);

it.each([
  ['a count', 'update stats.client_stats set visits_total = visits_total + 1', 'only in the rollup'],
  ['a row missing', 'delete from stats.client_stats', 'only in the replay'],
  ['a segment', "update segments.client_segments set segment = 'lost'", 'only in kept segments'],
  ['a turn', 'update segments.client_segments set turns_date = null', 'only in decided segments'],
  [
    'a date',
    'update segments.client_segments set since_date = since_date + 1',
    'a segment its changes do not lead to',
  ],
  ['the percentile', 'update stats.club_days set vip_percentile_minor = 1', 'kept percentile'],
])('would see %s that is wrong', async (_, spoil, expected) => {
  const history = await History.open(await clubs.open());
  await history.tick();
  const { club, day } = history;
  await clubs.sql.unsafe(`${spoil} where club_id = ${club.id}`);
  const found = await differences(club, day);
  expect(found.map(({ what }) => what)).toContain(expected);
});
