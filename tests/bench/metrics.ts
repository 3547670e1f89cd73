// What the numbers cost: the minute's tick, the metrics and the rebuild, each beside what it is measured by, with
// DuckDB and a straightforward query on the same data. Every value is compared with DuckDB's; a difference ends with 1.
import type { Bench } from './club/bench.ts';
import { compare, inform } from './club/report.ts';
import { runSizes } from './club/run-sizes.ts';
import { NOW } from './club/size.ts';
import type { Size } from './club/size.ts';
import { wallMs } from './club/timing.ts';
import { compareDuckdb } from './metrics/duckdb.ts';
import { measureMinuteTick } from './metrics/minute-tick.ts';
import type { TickTimes } from './metrics/minute-tick.ts';
import { comparePassingDays } from './metrics/passing-days.ts';
import { compareRowLevelSecurity } from './metrics/row-level-security.ts';
import { compareWholeClub, measureYardsticks } from './metrics/yardsticks.ts';

/** The tick may cost so much of a straightforward full rebuild. */
const TICK_OF_REBUILD: Record<string, number> = { M: 1 / 100, L: 1 / 1_000 };
const TICK_OF_SMALL = 4;

let small: TickTimes | undefined;

function compareTick(size: Size, tick: TickTimes, straightforwardMs: number): void {
  const what = 'minute tick, 200 visits';
  compare({ what, ms: tick.tickMs, beside: 'the upsert alone', besideMs: tick.upsertMs, aim: 3 });
  if (size.name === 'S') small = tick;
  else if (small) {
    const isL = size.name === 'L';
    compare({
      what,
      ms: tick.tickMs,
      beside: 'the same at S',
      besideMs: small.tickMs,
      ...(isL ? { aim: TICK_OF_SMALL } : { aimElsewhere: `(<= ${TICK_OF_SMALL} at L)` }),
    });
  }
  compare({
    what,
    ms: tick.tickMs,
    beside: 'straightforward rollup into a table',
    besideMs: straightforwardMs,
    ...(TICK_OF_REBUILD[size.name]
      ? { aim: TICK_OF_REBUILD[size.name]! }
      : { aimElsewhere: '(<= 1/100 at M)' }),
  });
}

async function measure(bench: Bench): Promise<string[]> {
  const { owner, size, clubId } = bench;
  const firstMs = await wallMs(() => owner`select segments.tick(${clubId}, ${NOW})`);
  await owner`vacuum (analyze) stats.client_stats`;
  await owner`vacuum (analyze) segments.client_segments`;
  inform('first tick: every client, every segment', firstMs);
  const yardsticks = await measureYardsticks(bench);
  await compareWholeClub(bench, yardsticks);
  await compareRowLevelSecurity(bench);
  await bench.admin`checkpoint`;
  compareTick(size, await measureMinuteTick(bench), yardsticks.straightforwardMs);
  const differences = await compareDuckdb(bench, yardsticks);
  await comparePassingDays(bench, yardsticks);
  return differences;
}

await runSizes({
  conditions:
    'Postgres: durable commits, wal_level logical, jit off, a query on one core; DuckDB: in memory, on two.',
  measure,
  comparedWith: 'DuckDB',
});
console.log(
  'Rollup and metrics against the plain recomputation over 10,000 random operations: a test, tests/db/stats.',
);
