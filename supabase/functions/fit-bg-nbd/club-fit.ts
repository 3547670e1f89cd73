// One club's fit: its own facts when they are enough, else those of all clubs; kept with its calibration, or what was missing.
import { z } from 'zod';
import type { Facts } from '../../../shared/bg-nbd/facts.ts';
import type { Fit } from '../../../shared/bg-nbd/fit.ts';
import type { Now } from '../_shared/clock.ts';
import type { Database } from '../_shared/database.ts';

export interface FitDeps {
  database: Database;
  fit: (facts: readonly Facts[]) => Fit;
  now: Now;
}

export type Outcome = 'own' | 'pooled' | 'too_few';

/** What all clubs together led to; the fit is null when they are too few. */
export interface Pooled {
  repeatClients: number;
  fit: Fit | null;
}

const facts = z.object({
  repeat_clients: z.number(),
  is_enough: z.boolean(),
  facts: z.array(
    z
      .tuple([z.number(), z.number(), z.number(), z.number()])
      .transform(([frequency, recency, age, clients]): Facts => ({ frequency, recency, age, clients })),
  ),
});

export async function fitPooled({ database, fit, now }: FitDeps): Promise<Pooled> {
  const found = await database.call('bg_nbd_pooled_facts', { p_now: now().toISOString() }, facts);
  return { repeatClients: found.repeat_clients, fit: found.is_enough ? fit(found.facts) : null };
}

export async function fitClub(
  deps: FitDeps,
  clubId: number,
  pooled: () => Promise<Pooled>,
): Promise<Outcome> {
  const { database, now } = deps;
  const common = { p_club_id: clubId, p_now: now().toISOString() };
  const own = await database.call('begin_bg_nbd_fit', common, facts);
  if (own.is_enough) {
    await keep(deps, clubId, 'own', deps.fit(own.facts));
    return 'own';
  }
  const { fit, repeatClients } = await pooled();
  if (fit === null) {
    await database.call(
      'note_bg_nbd_shortage',
      { ...common, p_pooled_repeat_clients: repeatClients },
      z.null(),
    );
    return 'too_few';
  }
  await keep(deps, clubId, 'pooled', fit);
  return 'pooled';
}

async function keep({ database, now }: FitDeps, clubId: number, basis: string, fit: Fit): Promise<void> {
  const { r, alpha, a, b, clients, iterations } = fit;
  const row = {
    ...{ r, alpha, a, b, clients, iterations },
    repeat_clients: fit.repeatClients,
    log_likelihood: fit.logLikelihood,
    has_converged: fit.hasConverged,
  };
  await database.call(
    'keep_bg_nbd_fit',
    { p_club_id: clubId, p_basis: basis, p_fit: row, p_now: now().toISOString() },
    z.number(),
  );
}
