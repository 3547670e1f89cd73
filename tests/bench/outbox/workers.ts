// Four connections that claim and complete until enough is done, each with its statements prepared.
import { Client } from 'pg';
import { BATCH, CONNECTIONS } from './contender.ts';
import type { Drained } from './contender.ts';

/** Claims up to a batch and completes it; returns how many. */
export type Turn = (client: Client, batch: number) => Promise<number>;

export class Workers {
  readonly #clients: Client[];

  private constructor(clients: Client[]) {
    this.#clients = clients;
  }

  static async connect(url: string): Promise<Workers> {
    const clients = Array.from({ length: CONNECTIONS }, () => new Client({ connectionString: url }));
    await Promise.all(clients.map((client) => client.connect()));
    return new Workers(clients);
  }

  async drain(turn: Turn, jobs: number, limitMs = Infinity): Promise<Drained> {
    return drainTogether(
      this.#clients.map((client) => (batch) => turn(client, batch)),
      jobs,
      limitMs,
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.end()));
  }
}

/** Every worker takes turns until so many jobs are done or the time is over. */
export async function drainTogether(
  turns: ((batch: number) => Promise<number>)[],
  jobs: number,
  limitMs = Infinity,
): Promise<Drained> {
  let begun = 0;
  let done = 0;
  const startedAt = performance.now();
  const isOver = () => begun >= jobs || performance.now() - startedAt >= limitMs;
  await Promise.all(
    turns.map(async (turn) => {
      while (!isOver()) {
        begun += BATCH;
        const completed = await turn(BATCH);
        if (completed === 0) throw new Error(`Nothing was left to claim after ${done} of ${jobs} jobs.`);
        done += completed;
      }
    }),
  );
  return { jobs: done, ms: performance.now() - startedAt };
}
