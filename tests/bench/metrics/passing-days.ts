// What time alone costs: the day turns, and a past day is kept for the history line.
import type { Bench } from '../club/bench.ts';
import { compare } from '../club/report.ts';
import { LAST_DAY, NOW } from '../club/size.ts';
import { median, wallMs } from '../club/timing.ts';
import type { Yardsticks } from './yardsticks.ts';

const TURNS = 3;
const SNAPSHOTS = 3;

export async function comparePassingDays(bench: Bench, { rebuildMs }: Yardsticks): Promise<void> {
  await compareSnapshots(bench, rebuildMs);
  const turns: number[] = [];
  for (let turn = 1; turn <= TURNS; turn += 1) turns.push(await wallMs(() => refreshTo(bench, turn)));
  compare({
    what: 'day turn of the rollup (stats.refresh)',
    ms: median(turns),
    beside: 'full rebuild',
    besideMs: rebuildMs,
  });
}

async function refreshTo({ owner, clubId }: Bench, days: number): Promise<void> {
  await owner`
    select cardinality(stats.refresh(
      ${clubId},
      ${LAST_DAY}::date + ${days}::integer,
      ${NOW}::timestamptz + make_interval(days => ${days})
    ))`;
}

/** Each of another past day, as the back-fill takes them. */
async function compareSnapshots({ owner, clubId }: Bench, rebuildMs: number): Promise<void> {
  const took: number[] = [];
  for (let run = 0; run <= SNAPSHOTS; run += 1) {
    const ms = await wallMs(
      () => owner`select metrics.take_snapshot(${clubId}, ${LAST_DAY}::date - ${100 + run}::integer, ${NOW})`,
    );
    if (run > 0) took.push(ms);
  }
  compare({
    what: 'snapshot of one past day (back-fill)',
    ms: median(took),
    beside: 'full rebuild',
    besideMs: rebuildMs,
  });
}
