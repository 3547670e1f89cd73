import type { Sql } from 'postgres';

export function median(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export async function wallMs(work: () => PromiseLike<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** The median over several runs, after one that does not count. */
export async function medianWallMs(runs: number, work: () => PromiseLike<unknown>): Promise<number> {
  await work();
  const took: number[] = [];
  for (let run = 0; run < runs; run += 1) took.push(await wallMs(work));
  return median(took);
}

/** Planning and execution as the server counts them, without the way there and back, which would level small numbers. */
async function serverMs(sql: Sql, query: string): Promise<number> {
  const [row] = await sql.unsafe<{ 'QUERY PLAN': [{ 'Planning Time': number; 'Execution Time': number }] }[]>(
    `explain (analyze, timing off, summary on, format json) ${query}`,
  );
  const [plan] = row!['QUERY PLAN'];
  return plan['Planning Time'] + plan['Execution Time'];
}

/** Runs the queries in turn, so that what disturbs the machine disturbs all of them; the median of each. */
export async function medianServerMs<Name extends string>(
  sql: Sql,
  runs: number,
  queries: Record<Name, string>,
): Promise<Record<Name, number>> {
  const names = Object.keys(queries) as Name[];
  const took = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let run = 0; run <= runs; run += 1) {
    for (const name of names) {
      const ms = await serverMs(sql, queries[name]);
      if (run > 0) took.get(name)!.push(ms);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(took.get(name)!)])) as Record<Name, number>;
}
