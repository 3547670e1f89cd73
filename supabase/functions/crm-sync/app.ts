// crm-sync: brings the mirror of every club to what its booking platform knows. Called every minute by cron.
import type { Hono } from 'hono';
import { z } from 'zod';
import type { BookingProvider, Rate, Send } from '../../../shared/booking/provider.ts';
import type { Now, Wait } from '../_shared/clock.ts';
import { createCronApp, OutsideServiceError } from '../_shared/cron-app.ts';
import type { CronDeps } from '../_shared/cron-app.ts';
import type { Database } from '../_shared/database.ts';
import { Budget } from './budget.ts';
import type { BudgetLimits } from './budget.ts';
import { ClubSync, LANES } from './club-sync.ts';
import type { ClubReport } from './club-sync.ts';
import type { LaneSyncDeps } from './lane-sync.ts';
import { Mirror } from './mirror.ts';
import type { Lane, SyncTarget } from './mirror.ts';

/**
 * The edge runtime ends an invocation after 150 s, and a request that has begun may still take its time; it also gives 2 s of
 * processor, of which a page of 200 rows takes about 20 ms.
 */
const LIMITS: BudgetLimits = { timeMs: 110_000, pages: 80 };

const FULL_ONLY: readonly Lane[] = ['full'];

/** Clubs read at once: one whose platform does not answer must not keep the others waiting. */
const CLUBS_AT_ONCE = 4;

export interface CrmSyncDeps extends CronDeps {
  database: Database;
  rate: Rate;
  openProvider: (target: SyncTarget, send: Send) => BookingProvider;
  now: Now;
  wait: Wait;
  limits?: Partial<BudgetLimits>;
}

const bodySchema = z.strictObject({
  /** `changes`: the minute's tick; `full`: everything again; `rebuild`: go on with that; `hints`: what webhooks hinted at. */
  mode: z.enum(['changes', 'full', 'rebuild', 'hints']).default('changes'),
  club_id: z.int().optional(),
});
type Body = z.output<typeof bodySchema>;

export interface SyncAnswer {
  /** False when there is more to read, or something failed: call again. */
  complete: boolean;
  /** The body to call again with; absent: the same. */
  next?: Body;
  clubs: ClubReport[];
}

export function createApp(deps: CrmSyncDeps): Hono {
  const mirror = new Mirror(deps.database, deps.now);
  return createCronApp(deps, bodySchema, async ({ body, log }): Promise<SyncAnswer> => {
    const budget = new Budget(deps.now, { ...LIMITS, ...deps.limits });
    const targets = await beginRebuilds(mirror, body);
    const clubs = await syncClubs({ ...deps, mirror, budget, log }, targets.sort(longestWaiting), body);
    // Whoever calls again until all is complete must not ask the platform for ever.
    if (clubs.length > 0 && clubs.every((club) => club.needs_person)) {
      throw new OutsideServiceError(clubs.map(({ error }) => error).join(' '));
    }
    const complete = clubs.every((club) => club.complete);
    // A rebuild is begun once: further calls only finish it.
    const isBegun = !complete && body.mode === 'full';
    return { complete, ...(isBegun ? { next: { ...body, mode: 'rebuild' } } : {}), clubs };
  });
}

/** The clubs that are meant, those to be read anew with everything opened at once, so that whoever comes next can go on. */
async function beginRebuilds(mirror: Mirror, { mode, club_id: only }: Body): Promise<SyncTarget[]> {
  const find = async () => (await mirror.targets()).filter(({ club_id: id }) => (only ?? id) === id);
  const targets = await find();
  if (mode === 'hints') return targets;
  const due = targets.filter((target) => mode === 'full' || target.is_rebuild_due);
  const cause = mode === 'full' ? 'asked' : 'nightly';
  for (const { club_id: id } of due) await mirror.beginRebuild(id, cause);
  return due.length > 0 ? find() : targets;
}

/** What changed comes first, in every club: a rebuild only gets the time that is left. */
async function syncClubs(deps: LaneSyncDeps, targets: SyncTarget[], { mode }: Body): Promise<ClubReport[]> {
  const isFullWanted = mode === 'full' || mode === 'rebuild';
  const clubs = targets.map((target) => new ClubSync(deps, target, isFullWanted));
  if (mode === 'hints') await eachOf(clubs, CLUBS_AT_ONCE, (club) => club.followHints());
  else
    for (const lane of isFullWanted ? FULL_ONLY : LANES)
      await eachOf(clubs, CLUBS_AT_ONCE, (club) => club.read(lane));
  return clubs.map((club) => club.report());
}

/** Runs `work` for each item, several at once, in their order. The first error is thrown once nothing is running any more. */
async function eachOf<Item>(items: readonly Item[], atOnce: number, work: (item: Item) => Promise<void>) {
  const waiting = items.values();
  const workers = Array.from({ length: Math.min(atOnce, items.length) }, async () => {
    for (const item of waiting) await work(item);
  });
  const settled = await Promise.allSettled(workers);
  const failed = settled.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

/** The club whose mirror is oldest comes first, so that a large one cannot keep the others waiting for ever. */
function longestWaiting(first: SyncTarget, second: SyncTarget): number {
  return lastRead(first) - lastRead(second);
}

function lastRead({ last_good_sync: at }: SyncTarget): number {
  return at?.getTime() ?? Number.MAX_SAFE_INTEGER;
}
