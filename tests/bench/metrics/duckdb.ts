// DuckDB on the same data: how fast a column store is, once the data is there, and whether it finds the same numbers.
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Bench } from '../club/bench.ts';
import { compare, inform, whole } from '../club/report.ts';
import { LAST_DAY } from '../club/size.ts';
import { medianWallMs, wallMs } from '../club/timing.ts';
import { metricsOf } from './duckdb-metrics.ts';
import { ROLLUP_COLUMNS, rollupOf } from './duckdb-rollup.ts';
import type { Yardsticks } from './yardsticks.ts';

const THREADS = 2;
const LONG_AGO = '2025-11-27';

/** What leaves Postgres; names and phones stay there. */
const TABLES = [
  {
    name: 'client',
    columns: 'client_id bigint',
    query: `select client_id from crm.clients where club_id = $1 and deleted_at is null`,
  },
  {
    name: 'held',
    columns: `client_id bigint, local_date date, service_kind service_kind, status status`,
    query: `
      select client_id, local_date, service_kind, status
      from crm.bookings
      where club_id = $1 and status in ('attended', 'no_show') and not is_deleted`,
  },
  {
    name: 'payment',
    columns: 'client_id bigint, is_of_somebody boolean, local_date date, amount_minor bigint',
    query: `
      select client_id, client_external_id is not null, local_date, amount_minor
      from crm.payments
      where club_id = $1 and not is_deleted`,
  },
  {
    name: 'sale',
    columns: 'client_id bigint, sold_date date',
    query: `select client_id, sold_date from crm.membership_sales where club_id = $1 and not is_deleted and client_id is not null`,
  },
  {
    name: 'rollup_of_postgres',
    columns: ROLLUP_COLUMNS,
    query: `
      select client_id, first_visit_date, last_visit_date, visits_total, visits_7d, visits_30d, visits_previous_30d,
        first_pt_visit_date, last_pt_visit_date, pt_visits_total, pt_visits_30d, pt_visits_previous_30d, cadence_days,
        ltv_minor, first_membership_date
      from stats.client_stats
      where club_id = $1`,
  },
];

/** Prints DuckDB's times and returns what differs, in words: nothing, it is hoped. */
export async function compareDuckdb(bench: Bench, { rebuildMs, scanMs }: Yardsticks): Promise<string[]> {
  const runs = Math.max(3, Math.ceil(bench.size.runs / 3));
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(THREADS),
    memory_limit: '10GB',
  });
  const duckdb = await instance.connect();
  try {
    await load(bench, duckdb);
    const rollup = (asOf: string) => duckdb.run(`create or replace table rollup as ${rollupOf(asOf)}`);
    const rollupMs = await medianWallMs(runs, () => rollup(LAST_DAY));
    compare({ what: 'full rebuild', ms: rebuildMs, beside: 'the same in DuckDB', besideMs: rollupMs });
    const metricsMs = await medianWallMs(runs, () => duckdb.run(metricsOf(LAST_DAY)));
    compare({
      what: 'all 26 metrics in DuckDB, from its rollup',
      ms: metricsMs,
      beside: 'one scan of ours',
      besideMs: scanMs,
    });

    const differences = await differingRows(duckdb);
    differences.push(...(await differingMetrics(bench, duckdb, LAST_DAY)));
    await rollup(LONG_AGO);
    differences.push(...(await differingMetrics(bench, duckdb, LONG_AGO)));
    return differences;
  } finally {
    duckdb.closeSync();
    instance.closeSync();
  }
}

async function load({ admin, clubId }: Bench, duckdb: DuckDBConnection): Promise<void> {
  // The server writes the files, perhaps as another user.
  const folder = mkdtempSync(join(tmpdir(), 'regulars-duckdb-'));
  chmodSync(folder, 0o777);
  try {
    let bytes = 0;
    const exportMs = await wallMs(async () => {
      for (const { name, query } of TABLES) {
        const file = join(folder, `${name}.csv`);
        await admin.unsafe(`copy (${query.replace('$1', String(clubId))}) to '${file}' (format csv)`);
        bytes += statSync(file).size;
      }
    });
    const loadMs = await wallMs(async () => {
      await duckdb.run(`create type service_kind as enum ('trial', 'group', 'personal', 'open', 'other')`);
      await duckdb.run(`create type status as enum ('attended', 'no_show')`);
      for (const { name, columns } of TABLES) {
        await duckdb.run(`create table ${name} (${columns})`);
        await duckdb.run(`copy ${name} from '${join(folder, `${name}.csv`)}' (format csv, header false)`);
      }
    });
    inform('DuckDB: export', exportMs, `${whole(bytes / 1e6)} MB of CSV`);
    inform('DuckDB: load', loadMs, `in memory, ${THREADS} threads`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every number of every client. */
async function differingRows(duckdb: DuckDBConnection): Promise<string[]> {
  const columns = ROLLUP_COLUMNS.split(',').map((column) => column.trim().split(' ')[0]!);
  const reader = await duckdb.runAndReadAll(`
    select
      count(*) as clients,
      count(*) filter (where ours.client_id is null or theirs.client_id is null) as missing,
      ${columns.map((column) => `count(*) filter (where ours.${column} is distinct from theirs.${column}) as ${column}`).join(', ')}
    from rollup_of_postgres as ours
    full join rollup as theirs using (client_id)`);
  const [row] = reader.getRowObjects() as Record<string, bigint>[];
  const { clients, missing, ...differing } = row!;
  console.log(
    `  ${whole(Number(clients))} clients compared with DuckDB, ${columns.length - 1} numbers of each`,
  );
  const said = Object.entries(differing).filter(([column, rows]) => column !== 'client_id' && rows > 0n);
  const words = said.map(([column, rows]) => `${column} differs for ${rows} of ${clients} clients`);
  return missing! > 0n ? [`${missing} clients are in only one of both`, ...words] : words;
}

interface Reading {
  code: string;
  value: number | null;
  numerator: number;
  denominator: number | null;
  sample: number;
}

async function differingMetrics(
  { owner, clubId }: Bench,
  duckdb: DuckDBConnection,
  asOf: string,
): Promise<string[]> {
  const ours = await owner<Reading[]>`
    select
      reading.code,
      reading.value::double precision as value,
      reading.numerator::double precision as numerator,
      reading.denominator::double precision as denominator,
      reading.sample_size::double precision as sample
    from metrics.read_all(${clubId}, ${asOf}) as reading`;
  const reader = await duckdb.runAndReadAll(metricsOf(asOf));
  const theirs = new Map(
    (reader.getRowObjects() as unknown as Omit<Reading, 'value'>[]).map((reading) => [reading.code, reading]),
  );
  const differences = ours.flatMap(({ code, value, numerator, denominator, sample }) => {
    const other = theirs.get(code);
    theirs.delete(code);
    if (!other) return [`${asOf}: DuckDB was not asked for ${code}`];
    const otherValue =
      other.denominator === null
        ? other.numerator
        : other.denominator === 0
          ? null
          : other.numerator / other.denominator;
    const ourWords = [value, numerator, denominator, sample].map(rounded).join(' ');
    const theirWords = [otherValue, other.numerator, other.denominator, other.sample].map(rounded).join(' ');
    return ourWords === theirWords ? [] : [`${asOf}: ${code} is ${ourWords}, in DuckDB ${theirWords}`];
  });
  console.log(
    `  ${ours.length} metrics of ${asOf} compared with DuckDB: value, numerator, denominator, sample`,
  );
  return [...differences, ...[...theirs.keys()].map((code) => `${asOf}: Postgres has no ${code}`)];
}

/** Numeric division has sixteen digits or more, a double fewer. */
const rounded = (value: number | null) => (value === null ? 'null' : value.toPrecision(12));
