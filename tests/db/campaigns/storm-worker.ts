import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import type { Sql } from 'postgres';
import { seeded } from '../../../stack/sandbox/booking/random.ts';
import type { Random } from '../../../stack/sandbox/booking/random.ts';
import type { StormClock } from './storm-clock.ts';
import type { StormClub } from './storm-club.ts';
import type { Journal, Span } from './storm-journal.ts';

export interface Scene extends StormClub {
  journal: Journal;
  clock: StormClock;
}

/** What somebody does again and again: so often in each session, as far as its time allows, or until the others are done. */
export interface Job {
  name: string;
  rounds: number;
  round(worker: Worker): Promise<void>;
}

/** What was planned last is still written, approved and sent. */
const LAST_TOURS = 2;

/** One connection, one clock, one sequence of chances. */
export class Worker {
  readonly sql: Sql;
  readonly random: Random;
  readonly scene: Scene;
  readonly now: () => Date;
  readonly club: number;
  readonly #job: Job;

  constructor(job: Job, scene: Scene, url: string, seed: number) {
    this.#job = job;
    this.scene = scene;
    this.sql = postgres(url, { max: 1, onnotice: () => undefined });
    this.random = seeded(seed);
    this.now = scene.clock.hand(this.random);
    this.club = scene.campaign.club.id;
  }

  /** Whether this one decides when a session is over. */
  get isCounted(): boolean {
    return this.#job.rounds < Infinity;
  }

  async session(isClosing: () => boolean): Promise<void> {
    const { clock } = this.scene;
    let tours = 0;
    for (let round = 0; round < this.#job.rounds; round += 1) {
      await pause(clock.pause(this.random, Math.min(this.#job.rounds, 50)));
      await this.#job.round(this);
      if (this.isCounted ? clock.left === 0 : isClosing()) tours += 1;
      if (tours > (this.isCounted ? 0 : LAST_TOURS)) return;
    }
  }

  /** One statement, by this worker's clock, placed in the real order. */
  do<T>(statement: string, work: (sql: Sql, now: Date) => Promise<T>): Promise<{ result: T; span: Span }> {
    return this.scene.journal.during(statement, this.now, (now) => work(this.sql, now));
  }

  member() {
    return this.random.pick(this.scene.members);
  }

  async end(): Promise<void> {
    await this.sql.end();
  }
}
