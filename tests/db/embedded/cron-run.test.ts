import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeBrokenRuns, runJob } from '../../../stack/embedded/cron-run.ts';
import type { CronJob } from '../../../stack/embedded/cron-run.ts';
import { connect } from '../../../stack/embedded/database.ts';
import type { Sql } from 'postgres';
import { cloneDatabase } from '../../setup/database.ts';
import type { ClonedDatabase } from '../../stack.ts';

let db: ClonedDatabase;
let admin: Sql;
const now = () => new Date('2026-03-01T10:00:00Z');

beforeAll(async () => {
  db = await cloneDatabase();
  admin = connect(db.adminUrl);
});
afterAll(async () => {
  await admin.end();
  await db.drop();
});

async function schedule(command: string): Promise<CronJob> {
  await db.sql`select cron.schedule('probe', '* * * * *', ${command})`;
  const [job] = await admin<CronJob[]>`select * from cron.job where jobname = 'probe'`;
  return job!;
}
const details = async (job: CronJob) => {
  const [row] =
    await admin`select * from cron.job_run_details where jobid = ${job.jobid} order by runid desc limit 1`;
  return row;
};

test('scheduling a name again changes the job and keeps its number', async () => {
  const [first] = await db.sql`select cron.schedule('same', '* * * * *', 'select 1') as id`;
  const [second] = await db.sql`select cron.schedule('same', '30 seconds', 'select 2') as id`;
  expect(second).toEqual(first);
  const [job] = await db.sql`select schedule, command, active from cron.job where jobname = 'same'`;
  expect(job).toEqual({ schedule: '30 seconds', command: 'select 2', active: true });
  await db.sql`select cron.unschedule('same')`;
  await expect(db.sql`select cron.unschedule('same')`).rejects.toThrow('could not find valid entry');
});

test('a job runs as the user who scheduled it, never as the superuser', async () => {
  const job = await schedule(
    'create table public.proof as select current_user as who, session_user as login',
  );
  expect(await runJob(admin, db.adminUrl, job, now)).toMatchObject({ status: 'succeeded' });
  expect([...(await db.sql`select * from public.proof`)]).toEqual([{ who: 'postgres', login: 'postgres' }]);
  expect(await details(job)).toMatchObject({
    status: 'succeeded',
    username: 'postgres',
    start_time: now(),
    end_time: now(),
  });
});

test('a job of several statements runs them all', async () => {
  const job = await schedule('select 1; select generate_series(1, 3) as n');
  expect(await runJob(admin, db.adminUrl, job, now)).toMatchObject({
    status: 'succeeded',
    message: '3 rows',
  });
});

test('a failing job leaves its error and changes nothing', async () => {
  const job = await schedule('create table public.half (id int); select 1 / 0');
  const run = await runJob(admin, db.adminUrl, job, now);
  expect(run).toMatchObject({ status: 'failed', message: 'ERROR: division by zero' });
  expect(await details(job)).toMatchObject({ status: 'failed', return_message: 'ERROR: division by zero' });
  const [half] = await db.sql`select to_regclass('public.half') as half`;
  expect(half?.half).toBeNull();
});

test('a run that a killed stack left open is closed as broken', async () => {
  await admin`insert into cron.job_run_details (jobid, status) values (77, 'running')`;
  await closeBrokenRuns(admin, now);
  const [row] = await admin`select status, return_message from cron.job_run_details where jobid = 77`;
  expect(row).toEqual({ status: 'failed', return_message: 'server restarted' });
});
