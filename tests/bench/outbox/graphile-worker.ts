// graphile-worker, as it comes and tuned as its documentation advises for many quick jobs. The task is nothing.
import { EventEmitter } from 'node:events';
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import type { WorkerEvents } from 'graphile-worker';
import type { Sql } from 'postgres';
import { CONNECTIONS } from './contender.ts';
import type { Contender, Drained } from './contender.ts';

const TASK = 'send_message';
const TABLE = 'graphile_worker._private_jobs';
const CHUNK = 10_000;
const silent = new Logger(() => () => undefined);

interface Way {
  name: string;
  inside: string;
  jobsInRound: number;
  worker: GraphileConfig.WorkerOptions;
}

const WAYS: Way[] = [
  {
    name: 'graphile-worker, default',
    inside: `${CONNECTIONS} jobs at once, each taken and completed by itself`,
    jobsInRound: 2_000,
    worker: { concurrentJobs: CONNECTIONS, maxPoolSize: CONNECTIONS + 1 },
  },
  {
    name: 'graphile-worker, tuned',
    inside:
      'a local queue of 500, completions in batches without delay, 24 jobs at once: the fastest of those tried',
    jobsInRound: 20_000,
    worker: {
      concurrentJobs: 24,
      maxPoolSize: CONNECTIONS + 1,
      localQueue: { size: 500 },
      completeJobBatchDelay: 0,
      failJobBatchDelay: 0,
    },
  },
];

async function drain(url: string, worker: Way['worker'], jobs: number, limitMs = Infinity): Promise<Drained> {
  const events: WorkerEvents = new EventEmitter();
  let startedAt = 0;
  let done = 0;
  const finished = new Promise<Drained>((resolve) => {
    // Counted from the first job on: connecting is no part of it.
    events.once('job:start', () => (startedAt = performance.now()));
    events.on('job:complete', () => {
      done += 1;
      const ms = performance.now() - startedAt;
      if (done === jobs || ms >= limitMs) resolve({ jobs: done, ms });
    });
  });
  const runner = await run({
    preset: { worker: { ...worker, connectionString: url, logger: silent, events } },
    taskList: { [TASK]: () => undefined },
    noHandleSignals: true,
    parsedCronItems: [],
  });
  const drained = await finished;
  await runner.stop();
  return drained;
}

export async function graphileWorkers(url: string, admin: Sql): Promise<Contender[]> {
  const utils = await makeWorkerUtils({ connectionString: url, logger: silent });
  await utils.migrate();
  await utils.release();
  return WAYS.map(({ name, inside, jobsInRound, worker }) => ({
    name,
    inside,
    jobsInRound,
    table: TABLE,
    async fill(waiting) {
      const [held] = await admin.unsafe<{ jobs: number }[]>(`select count(*)::int as jobs from ${TABLE}`);
      for (let missing = waiting - held!.jobs; missing > 0; missing -= CHUNK) {
        await admin`
          select count(*)
          from graphile_worker.add_jobs(array(
            select row(
              ${TASK}, json_build_object('club_id', 1, 'message_id', 'message ' || number), null, null, null, null, null, null
            )::graphile_worker.job_spec
            from generate_series(1, ${Math.min(missing, CHUNK)}::integer) as number
          ))`;
      }
      await admin.unsafe(`vacuum (analyze) ${TABLE}`);
    },
    drain: (jobs, limitMs) => drain(url, worker, jobs, limitMs),
    close: () => Promise.resolve(),
  }));
}
