// pg-boss with its own fetch and complete, in batches; its maintenance does not run meanwhile.
import { PgBoss } from 'pg-boss';
import type { Sql } from 'postgres';
import { BATCH, CONNECTIONS } from './contender.ts';
import type { Contender } from './contender.ts';
import { drainTogether } from './workers.ts';

const QUEUE = 'messages';
const CHUNK = 10_000;

export async function pgBoss(url: string, admin: Sql): Promise<Contender> {
  const boss = new PgBoss({
    connectionString: url,
    max: CONNECTIONS,
    supervise: false,
    schedule: false,
    registerInstance: false,
  });
  boss.on('error', (error) => {
    throw error;
  });
  await boss.start();
  await boss.createQueue(QUEUE, { partition: true });
  const [queue] = await boss.getQueues([QUEUE]);
  const table = `pgboss.${queue!.table}`;

  const turn = async (batch: number) => {
    const jobs = await boss.fetch(QUEUE, { batchSize: batch });
    if (jobs.length > 0) await boss.complete(QUEUE, jobs);
    return jobs.length;
  };
  return {
    name: 'pg-boss',
    inside: `fetch and complete of ${BATCH} jobs a call, a table of its own for the queue, fenced by the attempt; supervision off`,
    jobsInRound: 20_000,
    table,
    async fill(waiting) {
      const [held] = await admin.unsafe<{ jobs: number }[]>(
        `select count(*)::int as jobs from ${table} where state = 'created'`,
      );
      for (let missing = waiting - held!.jobs; missing > 0; missing -= CHUNK) {
        const jobs = Array.from({ length: Math.min(missing, CHUNK) }, (_, index) => ({
          data: { club_id: 1, message_id: `message ${missing - index}` },
        }));
        await boss.insert(QUEUE, jobs);
      }
      await admin.unsafe(`vacuum (analyze) ${table}`);
    },
    drain: (jobs, limitMs) => drainTogether(Array<typeof turn>(CONNECTIONS).fill(turn), jobs, limitMs),
    close: () => boss.stop({ graceful: false }),
  };
}
