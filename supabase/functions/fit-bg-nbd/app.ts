// The weekly fit of BG/NBD for the clubs whose turn it is. POST {}; answers {own, pooled, too_few, failed, left}: clubs.
import { z } from 'zod';
import { createCronApp } from '../_shared/cron-app.ts';
import type { CronDeps } from '../_shared/cron-app.ts';
import { fitClub, fitPooled } from './club-fit.ts';
import type { FitDeps, Pooled } from './club-fit.ts';

/** An edge function has 2 s of processor time, and a fit takes up to 1 s: no other begins once so much went into fits. */
const FITS_BEGIN_WITHIN_MS = 700;
/** It may idle for 150 s; replaying and keeping one club may take a good part of that. */
const CLUBS_BEGIN_WITHIN_MS = 40_000;

const clubsDue = z.array(z.object({ club_id: z.number() }));

/** The same search, and how long all searches took. */
function timed({ fit, now }: FitDeps) {
  const spent = { milliseconds: 0 };
  const timedFit: FitDeps['fit'] = (facts) => {
    const begunAt = now().getTime();
    try {
      return fit(facts);
    } finally {
      spent.milliseconds += now().getTime() - begunAt;
    }
  };
  return { fit: timedFit, spent };
}

export function createApp(deps: FitDeps & CronDeps) {
  const { database, now } = deps;
  return createCronApp(deps, z.strictObject({}), async ({ log }) => {
    const startedAt = now().getTime();
    const { fit, spent } = timed(deps);
    const fitting: FitDeps = { database, now, fit };
    let shared: Promise<Pooled> | undefined;
    const pooled = () => (shared ??= fitPooled(fitting));

    const due = await database.call('bg_nbd_due', { p_now: now().toISOString() }, clubsDue);
    const answer = { own: 0, pooled: 0, too_few: 0, failed: 0, left: due.length };
    for (const { club_id: clubId } of due) {
      if (spent.milliseconds > FITS_BEGIN_WITHIN_MS || now().getTime() - startedAt > CLUBS_BEGIN_WITHIN_MS)
        break;
      answer.left -= 1;
      try {
        answer[await fitClub(fitting, clubId, pooled)] += 1;
      } catch (error) {
        // One club that fails is noted and shown to its operators; the others go on.
        log.error('fit_failed', error, { club_id: clubId });
        answer.failed += 1;
        const message = error instanceof Error ? error.message : String(error);
        await database.call(
          'note_bg_nbd_failure',
          { p_club_id: clubId, p_message: message, p_now: now().toISOString() },
          z.null(),
        );
      }
    }
    log.info('fitted', answer);
    return answer;
  });
}
