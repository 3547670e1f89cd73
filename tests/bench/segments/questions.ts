// What a page asks, and what the history asks of the past.
import type { Bench } from '../club/bench.ts';
import { inform } from '../club/report.ts';
import { median, medianServerMs, wallMs } from '../club/timing.ts';
import { FIRST_DAY, noonOf } from './days.ts';

const DAYS_BACK = 3;

const day = `date '${FIRST_DAY}'`;

export async function measureQuestions(bench: Bench): Promise<void> {
  const { owner, clubId, size } = bench;
  const [client] = await owner<{ client_id: string }[]>`
    select client_id from stats.client_stats
    where club_id = ${clubId} and visits_total between 200 and 260
    order by client_id
    limit 1`;
  const took = await medianServerMs(owner, size.runs, {
    explain: `select * from segments.explain(${clubId}, ${client!.client_id}, ${day})`,
    preview: `select * from segments.preview(${clubId}, ${day}, '{"at_risk_min_days": 14, "lost_min_days": 300}')`,
  });
  inform('one client explained', took.explain);
  inform('two thresholds previewed', took.preview);
  inform('one day of the history replayed', await backfilledDayMs(bench));
}

/** With one visit to read the back-fill takes no more than a day at a time. */
async function backfilledDayMs({ owner, clubId }: Bench): Promise<number> {
  const took: number[] = [];
  for (let run = 0; run < DAYS_BACK; run += 1)
    took.push(await wallMs(() => owner`select segments.backfill(${clubId}, ${noonOf(FIRST_DAY)}, 1)`));
  return median(took);
}
