// The whole club at once: the rollup read, rebuilt, and what the metrics cost over it.
import type { Bench } from '../club/bench.ts';
import { compare, inform } from '../club/report.ts';
import { scanOf } from '../club/scan.ts';
import { LAST_DAY } from '../club/size.ts';
import { medianServerMs, medianWallMs } from '../club/timing.ts';
import { straightforwardRollup } from './straightforward.ts';

/** What other parts compare themselves with. */
export interface Yardsticks {
  /** Reading the rollup once. */
  scanMs: number;
  /** `group by client_id` of the visits and nothing else. */
  groupByMs: number;
  /** Everything of every client, written without care. */
  straightforwardMs: number;
  /** Everything of every client, our way. */
  rebuildMs: number;
}

const LONG_AGO_DAYS = 200;

const day = `date '${LAST_DAY}'`;

export async function measureYardsticks({ owner, size, clubId }: Bench): Promise<Yardsticks> {
  const runs = Math.max(3, Math.ceil(size.runs / 3));
  const straightforward = `create table public.straightforward as ${straightforwardRollup(clubId, LAST_DAY)}`;
  const straightforwardMs = await medianWallMs(runs, async () => {
    await owner`drop table if exists public.straightforward`;
    await owner.unsafe(straightforward);
  });
  await owner`drop table public.straightforward`;
  const { groupBy, rebuild } = await medianServerMs(owner, runs, {
    groupBy: `
      select count(*) from (
        select client_id, count(*)
        from crm.bookings
        where club_id = ${clubId} and status = 'attended' and not is_deleted
        group by client_id
      ) as client`,
    rebuild: `select count(*) from stats.replay(${clubId}, ${day})`,
  });
  const { scan } = await medianServerMs(owner, size.runs * 3, { scan: scanOf(clubId) });
  return { scanMs: scan, groupByMs: groupBy, straightforwardMs, rebuildMs: rebuild };
}

export async function compareWholeClub({ owner, size, clubId }: Bench, known: Yardsticks): Promise<void> {
  const now = await medianServerMs(owner, size.runs, {
    metrics: `select * from metrics.read_all(${clubId}, ${day})`,
    byDate: `select from metrics.revenue_30d(${clubId}, ${day}), metrics.no_show_rate_30d(${clubId}, ${day})`,
    scan: scanOf(clubId),
  });
  compare({
    what: 'all 26 metrics, today',
    ms: now.metrics,
    beside: 'one scan of the rollup',
    besideMs: now.scan,
    aim: 5,
  });
  inform(
    '  of it revenue, ARPU and no-shows',
    now.byDate,
    'from payments and bookings of 30 days, not from the rollup',
  );
  const { replayed } = await medianServerMs(owner, Math.max(3, Math.ceil(size.runs / 3)), {
    replayed: `select * from metrics.read_all(${clubId}, ${day} - ${LONG_AGO_DAYS})`,
  });
  compare({
    what: `all 26 metrics, ${LONG_AGO_DAYS} days ago (a replay)`,
    ms: replayed,
    beside: 'full rebuild',
    besideMs: known.rebuildMs,
  });
  compare({
    what: 'full rebuild (stats.replay)',
    ms: known.rebuildMs,
    beside: 'minimal group by client_id',
    besideMs: known.groupByMs,
    aim: 3,
  });
  compare({
    what: 'full rebuild (stats.replay)',
    ms: known.rebuildMs,
    beside: 'straightforward rollup into a table',
    besideMs: known.straightforwardMs,
  });
}
