// What the numbers cost: the minute's tick, the segments, the metrics and the rebuild, each beside what it is measured by, with
// DuckDB and a straightforward query on the same data. Every value is compared with DuckDB's; a difference ends with 1.
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import postgres from 'postgres';
import type { Sql } from 'postgres';
import type { Bench } from './metrics/bench.ts';
import { generateClub } from './metrics/club-generator.ts';
import { compareDuckdb } from './metrics/duckdb.ts';
import { measureMinuteTick } from './metrics/minute-tick.ts';
import type { TickTimes } from './metrics/minute-tick.ts';
import { comparePassingDays } from './metrics/passing-days.ts';
import { aims, compare, inform, title, whole } from './metrics/report.ts';
import { compareRowLevelSecurity } from './metrics/row-level-security.ts';
import { startServer } from './metrics/server.ts';
import type { Server } from './metrics/server.ts';
import { LAST_DAY, NOW, sizesNamed } from './metrics/size.ts';
import type { Size } from './metrics/size.ts';
import { wallMs } from './metrics/timing.ts';
import { compareWholeClub, measureYardsticks } from './metrics/yardsticks.ts';

/** The tick may cost so much of a straightforward full rebuild. */
const TICK_OF_REBUILD: Record<string, number> = { M: 1 / 100, L: 1 / 1_000 };
const TICK_OF_SMALL = 4;

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { size: { type: 'string', default: 'S,M' }, keep: { type: 'boolean', default: false } },
});

/** One session, so that every run finds the plans of the one before. */
const session = (url: string): Sql => postgres(url, { max: 1, onnotice: () => undefined });

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

async function fill(size: Size, admin: Sql): Promise<number> {
  let clubId = 0;
  const generateMs = await wallMs(async () => (clubId = await generateClub(admin, size)));
  const vacuumMs = await wallMs(async () => {
    await admin`vacuum (analyze)`;
    await admin`checkpoint`;
  });
  const [held] = await admin<
    { bookings: number; visits: number; mean: number; payments: number; sales: number; size: string }[]
  >`
    select
      sum(per_client.bookings)::float8 as bookings,
      sum(per_client.visits)::float8 as visits,
      sum(per_client.visits ^ 2) filter (where per_client.client_id is not null)::float8
        / sum(per_client.visits) filter (where per_client.client_id is not null)::float8 as mean,
      (select count(*) from crm.payments)::float8 as payments,
      (select count(*) from crm.membership_sales)::float8 as sales,
      pg_size_pretty(pg_database_size(current_database())) as size
    from (
      select booking.client_id, count(*) as bookings, count(*) filter (where booking.status = 'attended') as visits
      from crm.bookings as booking
      group by booking.client_id
    ) as per_client`;
  const { bookings, visits, mean, payments, sales, size: bytes } = held!;
  title(
    `size ${size.name}: ${whole(size.clients)} clients, ${whole(visits)} visits among ${whole(bookings)} bookings ` +
      `(visit-weighted mean ${whole(mean)} a client), ${whole(payments)} payments, ${whole(sales)} membership sales; ${bytes}`,
  );
  inform('generated', generateMs);
  inform('vacuum analyze, checkpoint', vacuumMs);
  return clubId;
}

async function runSize(size: Size, servers: Set<Server>): Promise<string[]> {
  const server = await startServer(size);
  servers.add(server);
  const [admin, owner] = [session(server.adminUrl), session(server.ownerUrl)];
  try {
    const clubId = await fill(size, admin);
    return await measure({ size, clubId, owner, admin });
  } finally {
    await Promise.all([admin.end({ timeout: 5 }), owner.end({ timeout: 5 })]);
    servers.delete(server);
    await end(server);
  }
}

async function end(server: Server): Promise<void> {
  await server.stop();
  if (values.keep) console.log(`\n  kept: npm run stack -- up --home ${server.home} --empty --no-cron`);
  else server.forget();
}

const servers = new Set<Server>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void Promise.all([...servers].map(end)).then(() => process.exit(1)));
}
console.log(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${(totalmem() / 1024 ** 3).toFixed(0)} GB; up to ${LAST_DAY}`,
);
console.log(
  'Postgres: durable commits, wal_level logical, jit off, a query on one core; DuckDB: in memory, on two.',
);
const differences: string[] = [];
for (const size of sizesNamed(values.size)) {
  differences.push(...(await runSize(size, servers)).map((words) => `size ${size.name}: ${words}`));
}
const { met, missed } = aims();
console.log(
  '\n  Rollup and metrics against the plain recomputation over 10,000 random operations: a test, tests/db/stats.',
);
for (const words of differences) console.error(`  DIFFERS ${words}`);
console.log(
  `\n${met} aims met, ${missed} missed; ` +
    (differences.length === 0
      ? 'all values agree with DuckDB'
      : `${differences.length} values differ from DuckDB`),
);
process.exitCode = differences.length === 0 ? 0 : 1;
