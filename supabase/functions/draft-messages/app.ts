// Words for planned drafts, and what the moderation chat is to show. POST {}; answers {drafted, fallbacks, posts, complete}.
import { z } from 'zod';
import { createCronApp } from '../_shared/cron-app.ts';
import type { CronDeps } from '../_shared/cron-app.ts';
import { runBatchRound } from './batch-round.ts';
import type { BatchDeps } from './batch-round.ts';
import { runDraftRound } from './draft-round.ts';
import { runPostRound } from './post-round.ts';
import type { PostDeps } from './post-round.ts';
import { runSuggestionRound } from './suggestion-round.ts';
import { runTranslationRound } from './translation-round.ts';
import type { TranslationDeps } from './translation-round.ts';
import { runTrialRound } from './trial-round.ts';

/** An edge function may idle for 150 s. A round of drafts takes up to 100 s in the worst case, a post 40 s. */
const DRAFTS_BEGIN_WITHIN_MS = 45_000;
const POSTS_BEGIN_WITHIN_MS = 100_000;
/** While words are being written, nobody waits for the last to see the first; nor do the others wait long for the chat. */
const POSTS_BETWEEN_DRAFTS_MS = 5000;

export function createApp(deps: BatchDeps & TranslationDeps & PostDeps & CronDeps) {
  const { now } = deps;
  return createCronApp(deps, z.strictObject({}), async ({ log }) => {
    const startedAt = now().getTime();
    const answer = { drafted: 0, fallbacks: 0, posts: 0, complete: false };
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
    while (isWithin(POSTS_BEGIN_WITHIN_MS)) {
      if (!areDraftsDone && isWithin(DRAFTS_BEGIN_WITHIN_MS)) {
        const round = await runDraftRound(deps, log);
        answer.drafted += round.drafted;
        answer.fallbacks += round.fallbacks;
        areDraftsDone = round.claimed === 0;
      }
      const translated = await runTranslationRound(deps, log);
      const until = now().getTime() + POSTS_BETWEEN_DRAFTS_MS;
      const posts = await runPostRound(
        deps,
        log,
        () => isWithin(POSTS_BEGIN_WITHIN_MS) && (areDraftsDone || now().getTime() < until),
      );
      answer.posts += posts.shown;
      if (!posts.isDone || translated > 0) continue;
      if (areDraftsDone) return { ...answer, complete: true };
      if (!isWithin(DRAFTS_BEGIN_WITHIN_MS)) break;
    }
    return answer;
  });
}
