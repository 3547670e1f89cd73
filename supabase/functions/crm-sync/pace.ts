// When a request may be made, and how often it is made again. The budget is shared in the database by everyone who asks from
// our address; after a throttling answer nobody behind it asks for a while.
import { ProviderThrottledError, ProviderUnavailableError } from '../../../shared/booking/provider-error.ts';
import type { Rate, Share } from '../../../shared/booking/provider.ts';
import type { Now, Wait } from '../_shared/clock.ts';
import type { Log } from '../_shared/log.ts';
import { OutOfBudgetError } from './budget.ts';
import type { Budget } from './budget.ts';
import type { Mirror } from './mirror.ts';

const TRIES = 5;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

export interface PaceDeps {
  mirror: Pick<Mirror, 'takeRequest' | 'holdRequests'>;
  now: Now;
  wait: Wait;
  log: Log;
}

export class Pace {
  readonly #deps: PaceDeps;
  readonly #rate: Rate;
  readonly #share: Share;
  readonly #budget: Budget;
  #requests = 0;

  constructor(deps: PaceDeps, rate: Rate, share: Share, budget: Budget) {
    this.#deps = deps;
    this.#rate = rate;
    this.#share = share;
    this.#budget = budget;
  }

  /** How many requests were made, the failed ones too. */
  get requests(): number {
    return this.#requests;
  }

  /** Makes a request in its turn, and again while that may help; the error of the last try is thrown. */
  readonly send = async <Answer>(attempt: () => Promise<Answer>): Promise<Answer> => {
    for (let tries = 1; ; tries += 1) {
      await this.#turn();
      try {
        this.#requests += 1;
        return await attempt();
      } catch (error) {
        const pause = Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS);
        if (error instanceof ProviderThrottledError) await this.#hold(Math.max(error.waitMs, pause));
        else if (!(error instanceof ProviderUnavailableError)) throw error;
        if (tries === TRIES) throw error;
        this.#deps.log.warn('asked_again', { tries, reason: error.message });
        if (error instanceof ProviderUnavailableError) await this.#pause(pause);
      }
    }
  };

  async #turn(): Promise<void> {
    this.#budget.checkTime();
    // A turn that this invocation does not live to see is left to others.
    const turn = await this.#deps.mirror.takeRequest(this.#rate, this.#share, this.#budget.timeLeftMs);
    if (turn === null) throw new OutOfBudgetError();
    if (turn > 0) await this.#pause(turn);
  }

  /** For everyone behind our address, so the wait itself is part of the next turn. */
  async #hold(waitMs: number): Promise<void> {
    await this.#deps.mirror.holdRequests(this.#rate.bucket, waitMs);
  }

  async #pause(waitMs: number): Promise<void> {
    this.#budget.checkTime(waitMs);
    await this.#deps.wait(waitMs);
  }
}
