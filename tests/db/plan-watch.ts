import postgres from 'postgres';
import type { Sql, TransactionSql } from 'postgres';
import { asPerson } from './session.ts';

/** A node of a plan that reads a table, with the query it belongs to. */
export interface TableRead {
  table: string;
  how: string;
  /** What it looks for in the index; null where it takes every row. */
  condition: string | null;
  query: string;
}

/** Every table that a query read, also within the functions it called, as Postgres itself planned it. */
export interface Watched {
  reads: TableRead[];
  /** Sequential scans that were begun, by table, as Postgres counts them. */
  sequentialScans: Map<string, number>;
}

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  Schema?: string;
  'Index Cond'?: string;
  'Recheck Cond'?: string;
  'TID Cond'?: string;
  Plans?: PlanNode[];
}

/** A superuser's session that is told the plan of each statement, nested ones too. */
export class PlanWatch {
  readonly #sql: Sql;
  #told: string[] = [];

  private constructor(adminUrl: string) {
    this.#sql = postgres(adminUrl, { max: 1, onnotice: ({ message }) => this.#told.push(message ?? '') });
  }

  static async start(adminUrl: string): Promise<PlanWatch> {
    const watch = new PlanWatch(adminUrl);
    const sql = watch.#sql;
    await sql`load 'auto_explain'`;
    await sql`set auto_explain.log_min_duration = 0`;
    await sql`set auto_explain.log_nested_statements = on`;
    await sql`set auto_explain.log_format = 'json'`;
    await sql`set auto_explain.log_verbose = on`;
    await sql`set auto_explain.log_level = 'notice'`;
    // The same plans whatever the machine is doing.
    await sql`set max_parallel_workers_per_gather = 0`;
    await sql`set jit = off`;
    return watch;
  }

  /** Runs the work as that person, and says what it read. Nothing is committed. */
  async watch(userId: string, work: (sql: TransactionSql) => PromiseLike<unknown>): Promise<Watched> {
    return asPerson(this.#sql, userId, async (sql) => {
      const before = await scanCounts(sql);
      this.#told = [];
      await work(sql);
      const reads = this.#told.flatMap(readsOf);
      const after = await scanCounts(sql);
      const begun = [...after].map(([table, scans]) => [table, scans - (before.get(table) ?? 0)] as const);
      return { reads, sequentialScans: new Map(begun.filter(([, scans]) => scans > 0)) };
    });
  }

  stop(): Promise<void> {
    return this.#sql.end({ timeout: 5 });
  }
}

/** Of this session; what an earlier transaction did is in it until it is handed to the shared statistics. */
async function scanCounts(sql: TransactionSql): Promise<Map<string, number>> {
  const rows = await sql<{ name: string; scans: number }[]>`
    select schemaname || '.' || relname as name, seq_scan::int as scans from pg_stat_xact_user_tables`;
  return new Map(rows.map(({ name, scans }) => [name, scans]));
}

function readsOf(notice: string): TableRead[] {
  const text = /^duration: [\d.]+ ms {2}plan:\n(.*)$/s.exec(notice)?.[1];
  if (text === undefined) return [];
  const told = JSON.parse(text) as { 'Query Text': string; Plan: PlanNode };
  const read = (node: PlanNode): TableRead[] => {
    const table = node['Relation Name'];
    const inside = (node.Plans ?? []).flatMap(read);
    if (table === undefined || node['Node Type'] === 'ModifyTable') return inside;
    const condition = node['Index Cond'] ?? node['Recheck Cond'] ?? node['TID Cond'] ?? null;
    return [
      { table: `${node.Schema}.${table}`, how: node['Node Type'], condition, query: told['Query Text'] },
      ...inside,
    ];
  };
  return read(told.Plan);
}
