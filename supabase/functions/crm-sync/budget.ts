// One invocation may not outlive the edge runtime, nor use more of its processor than it is given: it stops in time, and the
// next one goes on where it stopped.
import type { Now } from '../_shared/clock.ts';

/** The budget of this invocation is used up. Nothing is wrong: the cursor stands, and the next invocation goes on. */
export class OutOfBudgetError extends Error {
  constructor() {
    super('The budget of this invocation is used up; the next one goes on.');
    this.name = 'OutOfBudgetError';
  }
}

export interface BudgetLimits {
  timeMs: number;
  /** Of 200 rows. */
  pages: number;
}

const ROWS_OF_A_PAGE = 200;
/** Even an empty page takes a request, an answer and a word with the database. */
const LEAST_OF_A_PAGE = 0.1;

export class Budget {
  readonly #now: Now;
  readonly #endsAt: number;
  #pagesLeft: number;

  constructor(now: Now, { timeMs, pages }: BudgetLimits) {
    this.#now = now;
    this.#endsAt = now().getTime() + timeMs;
    this.#pagesLeft = pages;
  }

  get timeLeftMs(): number {
    return Math.max(0, this.#endsAt - this.#now().getTime() - 1);
  }

  /** Throws when there is no time left to begin something after waiting so long. */
  checkTime(waitMs = 0): void {
    if (this.#now().getTime() + waitMs >= this.#endsAt) throw new OutOfBudgetError();
  }

  /** Throws when there is nothing left for another page. */
  takePage(): void {
    this.checkTime();
    if (this.#pagesLeft <= 0) throw new OutOfBudgetError();
  }

  /** Counts a page of so many rows that was read. */
  spend(rows: number): void {
    this.#pagesLeft -= Math.max(rows / ROWS_OF_A_PAGE, LEAST_OF_A_PAGE);
  }
}
