// Words for planned drafts, then cards for those a person must see. POST {}; answers {drafted, fallbacks, cards, complete}.
import { z } from 'zod';
import { createCronApp } from '../_shared/cron-app.ts';
import type { CronDeps } from '../_shared/cron-app.ts';
import { runAlertRound } from './alert-round.ts';
import { runBatchRound } from './batch-round.ts';
import type { BatchDeps } from './batch-round.ts';
import { runCardRound } from './card-round.ts';
import type { CardDeps } from './card-round.ts';
import { runDraftRound } from './draft-round.ts';
import { runNoticeRound } from './notice-round.ts';
import { runSuggestionRound } from './suggestion-round.ts';
import { runTrialRound } from './trial-round.ts';

/** An edge function may idle for 150 s. A round of drafts takes up to 100 s in the worst case, a round of cards 25 s. */
const DRAFTS_BEGIN_WITHIN_MS = 45_000;
const CARDS_BEGIN_WITHIN_MS = 100_000;

export function createApp(deps: BatchDeps & CardDeps & CronDeps) {
  const { now } = deps;
  return createCronApp(deps, z.strictObject({}), async ({ log }) => {
    const startedAt = now().getTime();
    const answer = { drafted: 0, fallbacks: 0, cards: 0, complete: false };
    const isWithin = (milliseconds: number) => now().getTime() - startedAt < milliseconds;
    // Somebody is looking at the page and waits for these.
    await runSuggestionRound(deps, log);
    await runTrialRound(deps, log);
    await deps.database.call('note_drafting', { p_model: deps.model, p_now: now().toISOString() }, z.null());
    // First: what goes into a batch is not to be asked for alone.
    const batched = await runBatchRound(deps, log);
    answer.drafted += batched.drafted;
    answer.fallbacks += batched.fallbacks;
    let areDraftsDone = false;
    while (isWithin(CARDS_BEGIN_WITHIN_MS)) {
      if (!areDraftsDone && isWithin(DRAFTS_BEGIN_WITHIN_MS)) {
        const round = await runDraftRound(deps, log);
        answer.drafted += round.drafted;
        answer.fallbacks += round.fallbacks;
        areDraftsDone = round.claimed === 0;
      }
      // After each round: nobody waits for the last draft to see the first card.
      const cards = await runCardRound(deps, log);
      answer.cards += cards.shown;
      if (cards.mustStop) break;
      await runNoticeRound(deps, log);
      await runAlertRound(deps, log);
      if (cards.claimed > 0) continue;
      if (areDraftsDone) return { ...answer, complete: true };
      if (!isWithin(DRAFTS_BEGIN_WITHIN_MS)) break;
    }
    return answer;
  });
}
