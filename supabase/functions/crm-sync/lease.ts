// The right to read a lane of a club: one reader at a time, whoever called it.
import type { Now, Wait } from '../_shared/clock.ts';
import type { Lane, Mirror } from './mirror.ts';

const LEASE_SECONDS = 120;
const PROLONG_AFTER_MS = 30_000;
/** Whoever calls again until all is complete finds the club taken by cron now and then: a short wait spares the round trip. */
const TRIES = 5;
const BETWEEN_TRIES_MS = 2_000;

/** Another run reads this lane of the club, or has taken it over. */
export class LeaseLostError extends Error {
  constructor() {
    super('Another run is syncing this club; it goes on with it.');
    this.name = 'LeaseLostError';
  }
}

export interface LeaseDeps {
  mirror: Pick<Mirror, 'lease' | 'release'>;
  now: Now;
  wait: Wait;
}

export class Lease {
  readonly #deps: LeaseDeps;
  readonly #clubId: number;
  readonly #lane: Lane;
  readonly #token = crypto.randomUUID();
  #keptAt = Number.NEGATIVE_INFINITY;

  constructor(deps: LeaseDeps, clubId: number, lane: Lane) {
    this.#deps = deps;
    this.#clubId = clubId;
    this.#lane = lane;
  }

  /** Claims the lane, or throws when another run keeps it: at once, or after waiting a little. */
  async take({ isPatient }: { isPatient: boolean }): Promise<void> {
    for (let tries = 1; !(await this.#claim()); tries += 1) {
      if (!isPatient || tries === TRIES) throw new LeaseLostError();
      await this.#deps.wait(BETWEEN_TRIES_MS);
    }
  }

  /** Prolongs the claim when it is time to; throws when another run has taken the lane over. */
  readonly keep = async (): Promise<void> => {
    if (this.#deps.now().getTime() - this.#keptAt < PROLONG_AFTER_MS) return;
    if (!(await this.#claim())) throw new LeaseLostError();
  };

  release(): Promise<void> {
    return this.#deps.mirror.release(this.#clubId, this.#lane, this.#token);
  }

  async #claim(): Promise<boolean> {
    const now = this.#deps.now().getTime();
    const isOurs = await this.#deps.mirror.lease(this.#clubId, this.#lane, this.#token, LEASE_SECONDS);
    if (isOurs) this.#keptAt = now;
    return isOurs;
  }
}
