// What the segments cost: everybody placed at once, and the turn of the club's day, each beside one scan of the rollup. What is
// kept at the end is compared with placing everybody anew; a difference ends with 1.
import type { Bench } from './club/bench.ts';
import { inform, whole } from './club/report.ts';
import { runSizes } from './club/run-sizes.ts';
import { wallMs } from './club/timing.ts';
import { FIRST_DAY, noonOf } from './segments/days.ts';
import { keptWrongly } from './segments/differences.ts';
import { compareEverybody } from './segments/everybody.ts';
import { measureQuestions } from './segments/questions.ts';
import { compareTurningDays } from './segments/turning-days.ts';

async function measure(bench: Bench): Promise<string[]> {
  const { owner, clubId } = bench;
  const firstMs = await wallMs(() => owner`select segments.tick(${clubId}, ${noonOf(FIRST_DAY)})`);
  await owner`vacuum (analyze) stats.client_stats`;
  await owner`vacuum (analyze) segments.client_segments`;
  inform('first tick: every client, every segment', firstMs, await sizes(bench));
  await compareEverybody(bench);
  await measureQuestions(bench);
  await bench.admin`checkpoint`;
  const lastDay = await compareTurningDays(bench);
  return keptWrongly(bench, lastDay);
}

async function sizes({ owner, clubId }: Bench): Promise<string> {
  const rows = await owner<{ segment: string; clients: number }[]>`
    select coalesce(member.segment, 'unsegmented') as segment, count(*)::int as clients
    from segments.client_segments as member
    left join segments.definitions as definition on definition.code = member.segment
    where member.club_id = ${clubId}
    group by member.segment, definition.priority
    order by definition.priority`;
  return rows.map(({ segment, clients }) => `${segment} ${whole(clients)}`).join(', ');
}

await runSizes({
  conditions: 'Postgres: durable commits, wal_level logical, jit off, a query on one core.',
  measure,
  comparedWith: 'placing everybody anew',
});
