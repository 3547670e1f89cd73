// Sends what is approved and due. POST {}; answers {sent, failed, uncertain, complete}: complete when nothing due was left.
import { z } from 'zod';
import { createCronApp } from '../_shared/cron-app.ts';
import type { CronDeps } from '../_shared/cron-app.ts';
import { claimedMessage } from './claimed-message.ts';
import { sendBatch } from './send-batch.ts';
import type { SendDeps, Tally } from './send-batch.ts';

const BATCH = 10;
const LEASE_SECONDS = 60;
/** Nothing is begun so late in a lease that its call (25 s) and its report could outlive it. */
const BEGIN_WITHIN_MS = 20_000;
/** An edge function may idle for 150 s: no batch begins after this. */
const BUDGET_MS = 100_000;

export function createApp(deps: SendDeps & CronDeps) {
  const { database, now } = deps;
  return createCronApp(deps, z.strictObject({}), async ({ log }) => {
    const tally: Tally = { sent: 0, failed: 0, uncertain: 0 };
    const startedAt = now().getTime();
    while (now().getTime() - startedAt < BUDGET_MS) {
      const claimedAt = now();
      const messages = await database.call(
        'claim_messages',
        { p_limit: BATCH, p_lease_seconds: LEASE_SECONDS, p_now: claimedAt.toISOString() },
        z.array(claimedMessage),
      );
      if (messages.length === 0) return { ...tally, complete: true };
      const mustStop = () => now().getTime() - claimedAt.getTime() > BEGIN_WITHIN_MS;
      if (await sendBatch(deps, messages, tally, mustStop, log)) break;
    }
    return { ...tally, complete: false };
  });
}
