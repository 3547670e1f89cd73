// What the policies cost: the same prepared statements as the tables' owner, whom they do not bind, and as an operator.
import type { Sql, TransactionSql } from 'postgres';
import { asPerson, operator } from '../../db/session.ts';
import type { Bench } from '../club/bench.ts';
import { compare } from '../club/report.ts';
import { median, wallMs } from '../club/timing.ts';

const ROUNDS = 5;
/** Enough for the statement to be planned once for all. */
const WARM_UP = 10;
const BATCH_MS = 250;

interface Question {
  what: string;
  query: string;
  values: (number | string)[];
}

export async function compareRowLevelSecurity({ owner, clubId }: Bench): Promise<void> {
  const [regular] = await owner<{ client_id: number }[]>`
    select client.client_id::int
    from stats.client_stats as client
    where client.club_id = ${clubId} and client.visits_total between 200 and 260
    order by client.client_id
    limit 1`;
  const questions: Question[] = [
    {
      what: 'the rollup of all clients',
      query: `select count(*), sum(ltv_minor), max(last_visit_date) from stats.client_stats where club_id = $1`,
      values: [clubId],
    },
    {
      what: 'a list: 100 clients of a segment',
      query: `
        select member.client_id, client.name, member.segment, member.since_date, rollup.visits_30d
        from segments.client_segments as member
        join crm.clients as client using (club_id, client_id)
        join stats.client_stats as rollup using (club_id, client_id)
        where member.club_id = $1 and member.segment = $2
        order by member.client_id
        limit 100`,
      values: [clubId, 'lost'],
    },
    {
      what: 'all visits of one client',
      query: `
        select visit.booking_id, visit.starts_at, visit.service_kind, visit.staff_external_id
        from crm.visits as visit
        where visit.club_id = $1 and visit.client_id = $2
        order by visit.starts_at desc`,
      values: [clubId, regular!.client_id],
    },
  ];
  const person = await operator(owner, clubId, 'operator');
  for (const question of questions) await compareOne(owner, person, question);
}

async function compareOne(owner: Sql, person: string, { what, query, values }: Question): Promise<void> {
  const asOwner: number[] = [];
  const asOperator: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    asOwner.push(await owner.begin((transaction) => medianOf(transaction, query, values)));
    asOperator.push(await asPerson(owner, person, (transaction) => medianOf(transaction, query, values)));
  }
  compare({
    what: `RLS on: ${what}`,
    ms: median(asOperator),
    beside: 'RLS off (the owner)',
    besideMs: median(asOwner),
    aim: 1.15,
  });
}

async function medianOf(
  transaction: TransactionSql,
  query: string,
  values: (number | string)[],
): Promise<number> {
  const once = () => wallMs(() => transaction.unsafe(query, values, { prepare: true }));
  const warm: number[] = [];
  for (let run = 0; run < WARM_UP; run += 1) warm.push(await once());
  const runs = Math.max(5, Math.min(200, Math.round(BATCH_MS / warm.at(-1)!)));
  const took: number[] = [];
  for (let run = 0; run < runs; run += 1) took.push(await once());
  return median(took);
}
