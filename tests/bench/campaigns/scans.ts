import type { Bench } from '../club/bench.ts';

/** How often the whole rollup was read while planning once, as Postgres counts it. */
export async function countScans({ owner, clubId }: Bench): Promise<number> {
  const read = async () => {
    const [row] = await owner<{ scans: number }[]>`
      select pg_stat_get_xact_numscans('stats.client_stats'::regclass)::int as scans`;
    return row!.scans;
  };
  await owner`begin`;
  const before = await read();
  await owner`select campaigns.plan(${clubId}, '2026-06-15T12:00:00Z')`;
  const after = await read();
  await owner`commit`;
  return after - before;
}
