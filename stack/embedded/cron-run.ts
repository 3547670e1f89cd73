import type { Sql } from 'postgres';
import { connect } from './database.ts';
import { errorMessage } from './problem.ts';

export interface CronJob {
  jobid: string;
  jobname: string | null;
  schedule: string;
  command: string;
  database: string;
  username: string;
}

export interface CronRun {
  job: CronJob;
  status: 'succeeded' | 'failed';
  message: string;
}

export function activeJobs(sql: Sql): Promise<CronJob[]> {
  return sql<CronJob[]>`
    select jobid, jobname, schedule, command, database, username from cron.job where active order by jobid
  `;
}

/**
 * Runs a job once, as its own database user on a connection of its own, and keeps the record that pg_cron keeps.
 * `admin` writes the record; `adminUrl` opens the connection.
 */
export async function runJob(admin: Sql, adminUrl: string, job: CronJob, now: () => Date): Promise<CronRun> {
  const [details] = await admin<{ runid: string }[]>`
    insert into cron.job_run_details (jobid, database, username, command, status)
    values (${job.jobid}, ${job.database}, ${job.username}, ${job.command}, 'starting')
    returning runid
  `;
  const runid = details!.runid;
  const session = connect(urlOf(adminUrl, job.database));
  let run: CronRun;
  try {
    const startedAt = now();
    const message = await executeAs(session, job, async (pid) => {
      await admin`
        update cron.job_run_details set status = 'running', job_pid = ${pid}, start_time = ${startedAt}
        where runid = ${runid}
      `;
    });
    run = { job, status: 'succeeded', message };
  } catch (error) {
    run = { job, status: 'failed', message: `ERROR: ${errorMessage(error)}` };
  } finally {
    await session.end({ timeout: 1 });
  }
  await admin`
    update cron.job_run_details
    set status = ${run.status}, return_message = ${run.message}, end_time = ${now()},
        start_time = coalesce(start_time, ${now()})
    where runid = ${runid}
  `;
  return run;
}

async function executeAs(
  session: Sql,
  job: CronJob,
  started: (pid: number) => Promise<void>,
): Promise<string> {
  // Reserved: a lost connection must fail the run, not continue on a new one with the superuser's rights.
  const connection = await session.reserve();
  try {
    // What the user's own login would have set.
    await connection`
      select set_config(split_part(setting, '=', 1), substr(setting, strpos(setting, '=') + 1), false)
      from pg_catalog.pg_db_role_setting as role_setting
      cross join unnest(role_setting.setconfig) as setting
      where role_setting.setrole = (select oid from pg_catalog.pg_roles where rolname = ${job.username})
        and role_setting.setdatabase in (0, (select oid from pg_catalog.pg_database where datname = ${job.database}))
    `;
    await connection.unsafe(`set session authorization "${job.username.replaceAll('"', '""')}"`);
    const [backend] = await connection<{ pid: number }[]>`select pg_backend_pid() as pid`;
    await started(backend!.pid);
    const outcome: unknown = await connection.unsafe(job.command).simple();
    return describeOutcome(outcome);
  } finally {
    connection.release();
  }
}

/** "3 rows", or the command's own tag: what psql would show for the last statement. */
function describeOutcome(outcome: unknown): string {
  const results =
    Array.isArray(outcome) && outcome.length > 0 && Array.isArray(outcome[0]) ? outcome : [outcome];
  const last = results.at(-1) as { command?: string; count?: number | null } | undefined;
  const count = last?.count ?? 0;
  if (last?.command === 'SELECT') return count === 1 ? '1 row' : `${count} rows`;
  return `${last?.command ?? 'done'}${last?.count == null ? '' : ` ${count}`}`;
}

function urlOf(adminUrl: string, database: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** A run that the previous stack did not live to end; pg_cron says the same after a restart. */
export async function closeBrokenRuns(admin: Sql, now: () => Date): Promise<void> {
  await admin`
    update cron.job_run_details
    set status = 'failed', return_message = 'server restarted', end_time = ${now()}
    where status in ('starting', 'running')
  `;
}
