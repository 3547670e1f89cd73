// The whole club at once: the rollup read, rebuilt, and what segments and metrics cost over it.
import type { Bench, Yardsticks } from './bench.ts';
import { compare, inform } from './report.ts';
import { LAST_DAY } from './size.ts';
import { straightforwardRollup } from './straightforward.ts';
import { medianServerMs, medianWallMs } from './timing.ts';

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

const scanOf = (clubId: number) =>
  `select count(*) filter (where visits_30d > 0) from stats.client_stats where club_id = ${clubId}`;

export async function compareWholeClub({ owner, size, clubId }: Bench, known: Yardsticks): Promise<void> {
  const scan = 'one scan of the rollup';
  const now = await medianServerMs(owner, size.runs, {
    segments: `select * from segments.decide(${clubId}, ${day})`,
    metrics: `select * from metrics.read_all(${clubId}, ${day})`,
    byDate: `select from metrics.revenue_30d(${clubId}, ${day}), metrics.no_show_rate_30d(${clubId}, ${day})`,
    scan: scanOf(clubId),
  });
  compare({ what: 'segments of all clients', ms: now.segments, beside: scan, besideMs: now.scan, aim: 2 });
  compare({ what: 'all 26 metrics, today', ms: now.metrics, beside: scan, besideMs: now.scan, aim: 5 });
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
