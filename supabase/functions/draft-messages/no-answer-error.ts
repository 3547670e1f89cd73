import type { Tokens } from './prices.ts';

/**
 * No usable answer. The message says why, in words an operator can read. `spent`: the tokens of an answer that came all the same,
 * `unknown` when one may have been written and never arrived.
 */
export class NoAnswerError extends Error {
  readonly spent: Tokens | 'nothing' | 'unknown';

  constructor(message: string, spent: NoAnswerError['spent'], options?: ErrorOptions) {
    super(message, options);
    this.name = 'NoAnswerError';
    this.spent = spent;
  }
}
