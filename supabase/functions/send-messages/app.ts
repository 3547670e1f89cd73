// Sends what is approved and due. POST {}; answers {sent, failed, uncertain, complete}: complete when nothing due was left.
import { z } from 'zod';
import { createCronApp } from '../_shared/cron-app.ts';
import type { CronDeps } from '../_shared/cron-app.ts';
import { claimedMessage } from './claimed-message.ts';
import { sendBatch } from './send-batch.ts';
import type { SendDeps, Tally } from './send-batch.ts';

export interface Pace {
  /** Messages of one claim. */
  batch: number;
  /** Calls that may be under way at once: when this process dies, so many are uncertain at most. */
  concurrency: number;
  leaseSeconds: number;
  /** Nothing is begun so late in a lease that its call (25 s) and its report could outlive it. */
  beginWithinMs: number;
  /** An edge function may idle for 150 s: no batch begins after this. */
  budgetMs: number;
}

const PACE: Pace = {
  batch: 40,
  concurrency: 8,
  leaseSeconds: 60,
  beginWithinMs: 20_000,
  budgetMs: 100_000,
};

export function createApp(deps: SendDeps & CronDeps & { pace?: Pace }) {
  const { database, now, pace = PACE } = deps;
  return createCronApp(deps, z.strictObject({}), async ({ log }) => {
    const tally: Tally = { sent: 0, failed: 0, uncertain: 0 };
    const startedAt = now().getTime();
    while (now().getTime() - startedAt < pace.budgetMs) {
      const claimedAt = now();
      const messages = await database.call(
        'claim_messages',
        { p_limit: pace.batch, p_lease_seconds: pace.leaseSeconds, p_now: claimedAt.toISOString() },
        z.array(claimedMessage),
      );
      if (messages.length === 0) return { ...tally, complete: true };
      const mustStop = () => now().getTime() - claimedAt.getTime() > pace.beginWithinMs;
      const isStopped = await sendBatch(deps, messages, tally, {
        concurrency: pace.concurrency,
        mustStop,
        log,
      });
      if (isStopped) break;
    }
    return { ...tally, complete: false };
  });
}
