import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from 'postgres';
import { activeJobs, runJob } from './cron-run.ts';
import type { CronRun } from './cron-run.ts';
import { connect } from './database.ts';
import { StackProblem } from './problem.ts';

export interface NetResult {
  id: string;
  status_code: number | null;
  error_msg: string | null;
}

export interface TickResult {
  runs: CronRun[];
  answers: NetResult[];
}

const PATIENCE_MS = 300_000;

/** Runs each active job once, in the order of their ids, and waits until the requests they caused are answered. */
export async function tick(adminUrl: string, now: () => Date = () => new Date()): Promise<TickResult> {
  const sql = connect(adminUrl, 2);
  try {
    const before = await lastRequest(sql);
    const runs: CronRun[] = [];
    for (const job of await activeJobs(sql)) runs.push(await runJob(sql, adminUrl, job, now));
    return { runs, answers: await untilAnswered(sql, before, await lastRequest(sql)) };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function lastRequest(sql: Sql): Promise<string> {
  const [row] = await sql<{ last: string }[]>`
    select case when is_called then last_value else 0 end as last from net.http_request_queue_id_seq
  `;
  return row!.last;
}

/** A number of the sequence may belong to a request that was rolled back, so wait for those queued or under way. */
async function untilAnswered(sql: Sql, after: string, upTo: string): Promise<NetResult[]> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const [waiting] = await sql<{ count: number }[]>`
      select count(*)::integer as count
      from (select id from net.http_request_queue union all select id from net._in_flight) as open_request
      where id > ${after} and id <= ${upTo}
    `;
    if (waiting!.count === 0) break;
    if (Date.now() > deadline) {
      throw new StackProblem(
        `${waiting!.count} requests got no answer within ${PATIENCE_MS / 1000} s: is the stack up (npm run stack -- status)?`,
      );
    }
    await sleep(100);
  }
  return sql<NetResult[]>`
    select id, status_code, error_msg from net._http_response where id > ${after} and id <= ${upTo} order by id
  `;
}
