// The club's day turns: whom the segments decide again, and what that costs. At the caller, each with its durable commit.
import type { Day } from '../../db/club.ts';
import type { Bench } from '../club/bench.ts';
import { compare, whole } from '../club/report.ts';
import { scanOf } from '../club/scan.ts';
import { median, medianServerMs, wallMs } from '../club/timing.ts';
import { TURNS, dayAfter, noonOf } from './days.ts';

interface Turn {
  /** Those for whom only time passed. */
  dueMs: number;
  /** Those with news: their row of the rollup was recomputed, or the VIP threshold passed them. */
  newsMs: number;
  due: number;
  news: number;
}

/** Turns the day several times; returns the last day. */
export async function compareTurningDays(bench: Bench): Promise<Day> {
  const { owner, clubId, size } = bench;
  const { scan } = await medianServerMs(owner, size.runs * 3, { scan: scanOf(clubId) });
  const turns: Turn[] = [];
  const atOnce: number[] = [];
  const ticks: number[] = [];
  let days = 0;
  while (turns.length < TURNS) turns.push(await turnInParts(bench, dayAfter((days += 1))));
  while (atOnce.length < TURNS) atOnce.push(await turnAtOnce(bench, dayAfter((days += 1))));
  while (ticks.length < TURNS) ticks.push(await tick(bench, dayAfter((days += 1))));

  const beside = { beside: 'one scan of the rollup', besideMs: scan };
  const of = (number: (turn: Turn) => number) => median(turns.map(number));
  compare({
    what: `day turn, the ${whole(of((turn) => turn.due))} who are due`,
    ms: of((turn) => turn.dueMs),
    ...beside,
    ...(size.name === 'S' ? { aimElsewhere: '(<= 2 at M)' } : { aim: 2 }),
  });
  compare({
    what: `  the ${whole(of((turn) => turn.news))} with news`,
    ms: of((turn) => turn.newsMs),
    ...beside,
  });
  compare({ what: '  both at once', ms: median(atOnce), ...beside });
  compare({ what: '  the whole tick, rollup and segments', ms: median(ticks), ...beside });
  return dayAfter(days);
}

/** Between two days of a club lie many vacuums, of which none falls into the moment in which the day turns. */
async function vacuum({ owner }: Bench): Promise<void> {
  await owner`vacuum (analyze) stats.client_stats`;
  await owner`vacuum (analyze) segments.client_segments`;
}

/** Brings the rollup to the day; returns who has news by it, as SQL text of an array. */
async function refreshRollup(bench: Bench, day: Day): Promise<string> {
  const { owner, clubId } = bench;
  await vacuum(bench);
  const [before] = await owner<{ threshold: string }[]>`
    select vip_percentile_minor as threshold from stats.club_days where club_id = ${clubId}`;
  const [refreshed] = await owner<{ touched: string }[]>`
    select stats.refresh(${clubId}, ${day}, ${noonOf(day)})::text as touched`;
  const [news] = await owner<{ clients: string }[]>`
    select (
      ${refreshed!.touched}::text::bigint[]
      || segments.between_thresholds(${clubId}, ${before!.threshold}, stats.vip_threshold(${clubId}, ${day}))
    )::text as clients`;
  return news!.clients;
}

async function turnInParts(bench: Bench, day: Day): Promise<Turn> {
  const { owner, clubId } = bench;
  const news = await refreshRollup(bench, day);
  const [found] = await owner<{ due: number; news: number }[]>`
    select
      cardinality(segments.due(${clubId}, ${day})) as due,
      cardinality(${news}::text::bigint[]) as news`;
  const dueMs = await wallMs(
    () => owner`select segments.refresh(${clubId}, ${day}, segments.due(${clubId}, ${day}))`,
  );
  const newsMs = await wallMs(
    () => owner`select segments.refresh(${clubId}, ${day}, ${news}::text::bigint[])`,
  );
  return { ...found!, dueMs, newsMs };
}

async function turnAtOnce(bench: Bench, day: Day): Promise<number> {
  const { owner, clubId } = bench;
  const news = await refreshRollup(bench, day);
  return wallMs(
    () => owner`
      select segments.refresh(${clubId}, ${day}, ${news}::text::bigint[] || segments.due(${clubId}, ${day}))`,
  );
}

async function tick(bench: Bench, day: Day): Promise<number> {
  const { owner, clubId } = bench;
  await vacuum(bench);
  return wallMs(() => owner`select segments.tick(${clubId}, ${noonOf(day)})`);
}
