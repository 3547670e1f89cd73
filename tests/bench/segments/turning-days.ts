// The club's day turns and nothing else happens: whom the segments decide again, and what that costs them. At the caller, each
// with its durable commit.
import type { Bench } from '../club/bench.ts';
import { compare, whole } from '../club/report.ts';
import { scanOf } from '../club/scan.ts';
import { LAST_DAY, NOW } from '../club/size.ts';
import { median, medianServerMs, wallMs } from '../club/timing.ts';

const TURNS = 7;

interface Turn {
  /** Those for whom only time passed. */
  restMs: number;
  /** Those whose row of the rollup was recomputed. */
  recomputedMs: number;
  due: number;
  recomputed: number;
}

/** Turns the day several times; returns the last day. */
export async function compareTurningDays(bench: Bench): Promise<string> {
  const { owner, clubId, size } = bench;
  const turns: Turn[] = [];
  const atOnce: number[] = [];
  const ticks: number[] = [];
  let days = 0;
  while (turns.length < TURNS) turns.push(await turnInParts(bench, (days += 1)));
  while (atOnce.length < TURNS) atOnce.push(await turnAtOnce(bench, (days += 1)));
  while (ticks.length < TURNS) ticks.push(await tick(bench, (days += 1)));

  const { scan } = await medianServerMs(owner, size.runs * 3, { scan: scanOf(clubId) });
  const beside = { beside: 'one scan of the rollup', besideMs: scan };
  const of = (number: (turn: Turn) => number) => median(turns.map(number));
  compare({
    what: `day turn, the ${whole(of((turn) => turn.due))} who are due`,
    ms: of((turn) => turn.restMs),
    ...beside,
    ...(size.name === 'M' ? { aim: 2 } : { aimElsewhere: '(<= 2 at M)' }),
  });
  compare({
    what: `  the ${whole(of((turn) => turn.recomputed))} whom the rollup recomputed`,
    ms: of((turn) => turn.recomputedMs),
    ...beside,
  });
  compare({ what: '  both at once', ms: median(atOnce), ...beside });
  compare({ what: '  the whole tick, rollup and segments', ms: median(ticks), ...beside });
  return dayAfter(bench, days);
}

async function dayAfter({ owner }: Bench, days: number): Promise<string> {
  const [row] = await owner<{ day: string }[]>`select (${LAST_DAY}::date + ${days}::integer)::text as day`;
  return row!.day;
}

/** Between two days of a club lie many vacuums, of which none falls into the moment in which the day turns. */
async function vacuum({ owner }: Bench): Promise<void> {
  await owner`vacuum (analyze) stats.client_stats`;
  await owner`vacuum (analyze) segments.client_segments`;
}

/** Whom the rollup recomputed, as SQL text of an array. */
async function refreshRollup(bench: Bench, day: string): Promise<string> {
  const { owner, clubId } = bench;
  await vacuum(bench);
  const [refreshed] = await owner<{ touched: string }[]>`
    select stats.refresh(${clubId}, ${day}, ${NOW})::text as touched`;
  return refreshed!.touched;
}

async function turnInParts(bench: Bench, days: number): Promise<Turn> {
  const { owner, clubId } = bench;
  const day = await dayAfter(bench, days);
  const touched = await refreshRollup(bench, day);
  const [due] = await owner<{ clients: number; recomputed: number }[]>`
    select
      cardinality(segments.due(${clubId}, ${day})) as clients,
      cardinality(${touched}::text::bigint[]) as recomputed`;
  const restMs = await wallMs(
    () => owner`select segments.refresh(${clubId}, ${day}, segments.due(${clubId}, ${day}))`,
  );
  const recomputedMs = await wallMs(
    () => owner`select segments.refresh(${clubId}, ${day}, ${touched}::text::bigint[])`,
  );
  return { restMs, recomputedMs, due: due!.clients, recomputed: due!.recomputed };
}

async function turnAtOnce(bench: Bench, days: number): Promise<number> {
  const { owner, clubId } = bench;
  const day = await dayAfter(bench, days);
  const touched = await refreshRollup(bench, day);
  return wallMs(
    () =>
      owner`select segments.refresh(${clubId}, ${day}, ${touched}::text::bigint[] || segments.due(${clubId}, ${day}))`,
  );
}

async function tick(bench: Bench, days: number): Promise<number> {
  const { owner, clubId } = bench;
  await vacuum(bench);
  return wallMs(
    () =>
      owner`select segments.tick(${clubId}, ${NOW}::timestamptz + make_interval(days => ${days}::integer))`,
  );
}
