// The same club at each size: a Postgres of its own, filled, measured, thrown away.
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import postgres from 'postgres';
import type { Sql } from 'postgres';
import type { Bench } from './bench.ts';
import { generateClub } from './generator.ts';
import { aims, inform, title, whole } from './report.ts';
import { startServer } from './server.ts';
import type { Server } from './server.ts';
import { LAST_DAY, sizesNamed } from './size.ts';
import type { Size } from './size.ts';
import { wallMs } from './timing.ts';

interface Run {
  /** Said at the top of the results. */
  conditions: string;
  /** Returns what was found to be wrong. */
  measure: (bench: Bench) => Promise<string[]>;
  /** What was compared, to be said with how many differences there are. */
  comparedWith: string;
}

/** Measures at the sizes of the command line (`--size S,M`, `--keep`); ends with 1 when something differs. */
export async function runSizes({ conditions, measure, comparedWith }: Run): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: { size: { type: 'string', default: 'S,M' }, keep: { type: 'boolean', default: false } },
  });
  const sizes = sizesNamed(values.size);
  const servers = new Set<Server>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const endAll = () => Promise.all([...servers].map((server) => end(server, values.keep)));
    process.once(signal, () => void endAll().then(() => process.exit(1)));
  }
  console.log(
    `${cpus().length} × ${cpus()[0]?.model.trim()}, ${(totalmem() / 1024 ** 3).toFixed(0)} GB; up to ${LAST_DAY}`,
  );
  console.log(conditions);
  const differences: string[] = [];
  for (const size of sizes) {
    const found = await runSize(size, servers, measure, values.keep);
    differences.push(...found.map((words) => `size ${size.name}: ${words}`));
  }
  conclude(differences, comparedWith);
}

function conclude(differences: string[], comparedWith: string): void {
  const { met, missed } = aims();
  console.log('');
  for (const words of differences) console.error(`  DIFFERS ${words}`);
  const verdict =
    differences.length === 0
      ? `everything agrees with ${comparedWith}`
      : `${differences.length} differ from ${comparedWith}`;
  console.log(`${met} aims met, ${missed} missed; ${verdict}`);
  process.exitCode = differences.length === 0 ? 0 : 1;
}

/** One session, so that every run finds the plans of the one before. */
const session = (url: string): Sql => postgres(url, { max: 1, onnotice: () => undefined });

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

async function runSize(
  size: Size,
  servers: Set<Server>,
  measure: Run['measure'],
  isKept: boolean,
): Promise<string[]> {
  const server = await startServer(size);
  servers.add(server);
  const [admin, owner] = [session(server.adminUrl), session(server.ownerUrl)];
  try {
    const clubId = await fill(size, admin);
    return await measure({ size, clubId, owner, admin });
  } finally {
    await Promise.all([admin.end({ timeout: 5 }), owner.end({ timeout: 5 })]);
    servers.delete(server);
    await end(server, isKept);
  }
}

async function end(server: Server, isKept: boolean): Promise<void> {
  await server.stop();
  if (isKept) console.log(`\n  kept: npm run stack -- up --home ${server.home} --empty --no-cron`);
  else server.forget();
}
