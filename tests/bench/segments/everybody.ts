// Every client of the club placed at once, without storing anything.
import type { Bench } from '../club/bench.ts';
import { compare } from '../club/report.ts';
import { scanOf } from '../club/scan.ts';
import { medianServerMs } from '../club/timing.ts';
import { FIRST_DAY } from './days.ts';

const day = `date '${FIRST_DAY}'`;

/** The statement that the kernel puts together, to be run as it is. */
async function statementOf({ owner, clubId }: Bench): Promise<string> {
  const [made] = await owner<{ statement: string }[]>`
    select segments.query(
      ${clubId}, ${FIRST_DAY}, 'client.client_id, placed.segment', 'stats.client_stats'
    ) as statement`;
  return made!.statement;
}

export async function compareEverybody(bench: Bench): Promise<void> {
  const { owner, clubId, size } = bench;
  const took = await medianServerMs(owner, size.runs * 3, {
    statement: await statementOf(bench),
    scan: scanOf(clubId),
    states: `select * from segments.states(${clubId}, ${day})`,
    place: `select * from segments.place(${clubId}, ${day})`,
  });
  const scan = { beside: 'one scan of the rollup', besideMs: took.scan };
  compare({ what: 'segments of all clients, the statement', ms: took.statement, ...scan, aim: 2 });
  compare({ what: '  through segments.states', ms: took.states, ...scan });
  compare({ what: '  with reasons and turns, segments.place', ms: took.place, ...scan });
}
