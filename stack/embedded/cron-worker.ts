import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from 'postgres';
import { activeJobs, closeBrokenRuns, runJob } from './cron-run.ts';
import type { CronJob, CronRun } from './cron-run.ts';
import { nextDue, parseSchedule } from './cron-schedule.ts';
import type { Schedule } from './cron-schedule.ts';
import { connect } from './database.ts';
import type { PartLog } from './log.ts';
import { errorMessage } from './problem.ts';

const LOOK_EVERY_MS = 1000;

interface Tracked {
  job: CronJob;
  schedule: Schedule;
  dueAt: Date | undefined;
  isRunning: boolean;
  /** Became due while it ran: pg_cron starts it again as soon as the run ends. */
  isQueued: boolean;
}

export interface CronTable {
  /** Takes the jobs as they are now: new ones wait for their next moment, changed ones start over, others stay. */
  update(jobs: CronJob[], now: Date, invalid: (job: CronJob, reason: string) => void): void;
  /** The jobs to start now. They count as running until `finished`. */
  takeDue(now: Date): CronJob[];
  /** True when the job became due meanwhile and is to be run again at once. */
  finished(jobid: string): boolean;
}

/** Which job is due when; no database and no clock of its own. */
export function createCronTable(): CronTable {
  const tracked = new Map<string, Tracked>();
  return {
    update(jobs, now, invalid) {
      const present = new Set(jobs.map(({ jobid }) => jobid));
      for (const jobid of tracked.keys()) if (!present.has(jobid)) tracked.delete(jobid);
      for (const job of jobs) {
        const known = tracked.get(job.jobid);
        if (known && known.job.schedule === job.schedule) {
          known.job = job;
          continue;
        }
        try {
          const schedule = parseSchedule(job.schedule);
          const isRunning = known?.isRunning ?? false;
          tracked.set(job.jobid, {
            job,
            schedule,
            dueAt: nextDue(schedule, now),
            isRunning,
            isQueued: false,
          });
        } catch (error) {
          if (known?.job.schedule !== job.schedule) invalid(job, errorMessage(error));
          tracked.delete(job.jobid);
        }
      }
    },
    takeDue(now) {
      const due = [...tracked.values()].filter(({ dueAt }) => dueAt !== undefined && dueAt <= now);
      for (const entry of due) entry.dueAt = nextDue(entry.schedule, now);
      for (const entry of due) if (entry.isRunning) entry.isQueued = true;
      const starting = due.filter((entry) => !entry.isRunning);
      for (const entry of starting) entry.isRunning = true;
      return starting.map(({ job }) => job);
    },
    finished(jobid) {
      const entry = tracked.get(jobid);
      if (!entry) return false;
      const again = entry.isQueued;
      entry.isQueued = false;
      entry.isRunning = again;
      return again;
    },
  };
}

export interface CronWorker {
  stop(): Promise<void>;
}

export interface CronWorkerOptions {
  adminUrl: string;
  log: PartLog;
  now: () => Date;
}

/** The stand-in for pg_cron's background worker. Times are GMT, as pg_cron's are. */
export async function startCronWorker({ adminUrl, log, now }: CronWorkerOptions): Promise<CronWorker> {
  const admin = connect(adminUrl, 2);
  const table = createCronTable();
  const running = new Set<Promise<void>>();
  await closeBrokenRuns(admin, now);

  const start = (job: CronJob) => {
    const run = untilIdle(admin, adminUrl, job, table, log, now).finally(() => running.delete(run));
    running.add(run);
  };
  let lastTrouble = '';
  const look = async () => {
    try {
      table.update(await activeJobs(admin), now(), (job, reason) =>
        log.line(`${nameOf(job)} never runs: ${reason}`),
      );
      for (const job of table.takeDue(now())) start(job);
      lastTrouble = '';
    } catch (error) {
      const trouble = errorMessage(error);
      if (trouble !== lastTrouble) log.line(`cannot read cron.job, trying again: ${trouble}`);
      lastTrouble = trouble;
    }
  };
  await look();
  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => (looking = looking.then(look)), LOOK_EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
      // A run cut short here is rolled back by Postgres and recorded as broken at the next start.
      await Promise.race([Promise.allSettled(running), sleep(2000, undefined, { ref: false })]);
      await admin.end({ timeout: 1 });
    },
  };
}

async function untilIdle(
  admin: Sql,
  adminUrl: string,
  job: CronJob,
  table: CronTable,
  log: PartLog,
  now: () => Date,
): Promise<void> {
  let again = true;
  while (again) {
    try {
      report(await runJob(admin, adminUrl, job, now), log);
    } catch (error) {
      log.line(`${nameOf(job)} could not be run: ${errorMessage(error)}`);
    }
    again = table.finished(job.jobid);
  }
}

function report({ job, status, message }: CronRun, log: PartLog): void {
  if (status === 'failed') log.line(`${nameOf(job)} failed: ${message}`);
}

export function nameOf(job: CronJob): string {
  return job.jobname ?? `job ${job.jobid}`;
}
