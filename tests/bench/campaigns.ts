// What planning costs beside one scan of the rollup: finding whom anything fits, asking what stands in the way, storing it. What
// planning stored is compared with what the candidates say; a difference ends with 1.
import { forgetPlans, makeReachable, now, today } from './campaigns/members.ts';
import { misplanned } from './campaigns/misplanned.ts';
import { countScans } from './campaigns/scans.ts';
import type { Bench } from './club/bench.ts';
import { compare, inform, whole } from './club/report.ts';
import { runSizes } from './club/run-sizes.ts';
import { scanOf } from './club/scan.ts';
import { LAST_DAY, NOW } from './club/size.ts';
import { median, medianServerMs, wallMs } from './club/timing.ts';

/** The aim is one for a hundred thousand clients. */
const aimAt = (name: string) => (name === 'M' ? { aim: 5 } : { aimElsewhere: 'the aim is M' });

async function measure(bench: Bench): Promise<string[]> {
  const { owner, clubId, size } = bench;
  await makeReachable(bench);
  await owner`select segments.tick(${clubId}, ${NOW})`;
  await bench.admin`vacuum (analyze)`;

  const first: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    await forgetPlans(bench);
    first.push(await wallMs(() => owner`select campaigns.plan(${clubId}, ${NOW})`));
  }
  inform('first plan of a day: everybody new', median(first), await outcomes(bench));
  await bench.admin`vacuum (analyze)`;
  inform('scans of the rollup in one plan, counted', await countScans(bench));

  const took = await medianServerMs(owner, size.runs, {
    scan: scanOf(clubId),
    fits: `select * from campaigns.fits(${clubId}, ${today})`,
    evaluate: `select * from campaigns.evaluate(${clubId}, ${today}, ${now})`,
    plan: `select * from campaigns.plan(${clubId}, ${now})`,
  });
  const scan = { beside: 'one scan of the rollup', besideMs: took.scan };
  compare({ what: 'planning again, nothing new', ms: took.plan, ...scan, ...aimAt(size.name) });
  compare({ what: '  whom anything fits', ms: took.fits, ...scan });
  compare({ what: '  with what stands in the way', ms: took.evaluate, ...scan });
  return misplanned(bench, LAST_DAY);
}

async function outcomes({ owner, clubId }: Bench): Promise<string> {
  const rows = await owner<{ outcome: string; clients: number }[]>`
    select outcome, count(*)::int as clients
    from (
      select 'planned' as outcome from campaigns.drafts where club_id = ${clubId}
      union all
      select reason from campaigns.skips where club_id = ${clubId}
    ) as told
    group by outcome
    order by clients desc`;
  return rows.map(({ outcome, clients }) => `${outcome} ${whole(clients)}`).join(', ');
}

await runSizes({
  conditions: 'Postgres: durable commits, wal_level logical, jit off, a query on one core.',
  measure,
  comparedWith: 'what the candidates say',
});
