// crm-sync: brings the mirror of every club to what its booking platform knows. Called every minute by cron.
import type { Hono } from 'hono';
import { z } from 'zod';
import type { BookingProvider, Rate, Send } from '../../../shared/booking/provider.ts';
import type { Now, Wait } from '../_shared/clock.ts';
import { createCronApp, OutsideServiceError } from '../_shared/cron-app.ts';
import type { CronDeps } from '../_shared/cron-app.ts';
import type { Database } from '../_shared/database.ts';
import { syncClub } from './club-sync.ts';
import type { ClubReport } from './club-sync.ts';
import { Budget } from './budget.ts';
import type { BudgetLimits } from './budget.ts';
import { Mirror } from './mirror.ts';
import type { SyncTarget } from './mirror.ts';

/**
 * The edge runtime ends an invocation after 150 s, and a request that has begun may still take its time; it also gives 2 s of
 * processor, of which a page of 200 rows takes about 10 ms.
 */
const LIMITS: BudgetLimits = { timeMs: 110_000, pages: 120 };

export interface CrmSyncDeps extends CronDeps {
  database: Database;
  rate: Rate;
  openProvider: (target: SyncTarget, send: Send) => BookingProvider;
  now: Now;
  wait: Wait;
  limits?: Partial<BudgetLimits>;
}

const bodySchema = z.strictObject({
  mode: z.enum(['changes', 'full']).default('changes'),
  club_id: z.int().optional(),
});

export interface SyncAnswer {
  /** False when there is more to read, or something failed: call again. */
  complete: boolean;
  /** The body to call again with; absent: the same. */
  next?: z.infer<typeof bodySchema>;
  clubs: ClubReport[];
}

export function createApp(deps: CrmSyncDeps): Hono {
  const mirror = new Mirror(deps.database, deps.now);
  return createCronApp(deps, bodySchema, async ({ body, log }): Promise<SyncAnswer> => {
    const budget = new Budget(deps.now, { ...LIMITS, ...deps.limits });
    const targets = (await mirror.targets()).filter(({ club_id: id }) => (body.club_id ?? id) === id);
    const clubs: ClubReport[] = [];
    for (const target of targets.sort(longestWaiting)) {
      const clubLog = log.with({ club_id: target.club_id });
      const report = await syncClub({ ...deps, mirror }, target, body.mode, budget, clubLog);
      if (report.error) clubLog.warn('sync_stopped', { reason: report.error });
      else clubLog.info('synced', { complete: report.complete, entities: report.entities });
      clubs.push(report);
    }
    // Whoever calls again until all is complete must not ask the platform for ever.
    if (clubs.length > 0 && clubs.every((club) => club.needs_person)) {
      throw new OutsideServiceError(clubs.map(({ error }) => error).join(' '));
    }
    const complete = clubs.every((club) => club.complete);
    // A rebuild is begun once: further calls only finish what it opened. One that never began is asked for again.
    const hasBegun = clubs.every(({ entities }) => Object.keys(entities).length > 0);
    return { complete, ...(!complete && hasBegun ? { next: { ...body, mode: 'changes' } } : {}), clubs };
  });
}

/** The club whose mirror is oldest comes first, so that a large one cannot keep the others waiting for ever. */
function longestWaiting(first: SyncTarget, second: SyncTarget): number {
  return lastRead(first) - lastRead(second);
}

function lastRead({ listings }: SyncTarget): number {
  return listings.bookings?.completed_at?.getTime() ?? Number.MAX_SAFE_INTEGER;
}
