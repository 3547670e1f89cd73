// Writes the messages of trials, with which a club looks at its voice before it saves it. Nothing of them is ever sent.
import { z } from 'zod';
import type { Log } from '../_shared/log.ts';
import type { DraftDeps } from './draft-round.ts';
import { estimateMicroUsd } from './question.ts';
import { writingTask } from './writing-task.ts';

const claimedTrialDraft = writingTask.extend({
  club_id: z.number(),
  trial_id: z.number(),
  place: z.number(),
  lease_token: z.uuid(),
});
type ClaimedTrialDraft = z.infer<typeof claimedTrialDraft>;

/** Of three messages each: somebody is looking at the page and waits. */
const BATCH = 2;
/** As for drafts: whoever takes longer has died, and another writes what is missing. */
const LEASE_SECONDS = 180;

async function handle(deps: DraftDeps, draft: ClaimedTrialDraft, log: Log): Promise<void> {
  const { club_id, trial_id, place, lease_token } = draft;
  const written = await deps.write(draft, log);
  const state = await deps.database.call(
    'store_trial_draft',
    {
      p_club_id: club_id,
      p_trial_id: trial_id,
      p_place: place,
      p_lease_token: lease_token,
      p_message: written.message,
      p_source: written.source,
      p_author: written.author,
      p_usage: written.usage,
      p_now: deps.now().toISOString(),
    },
    z.string(),
  );
  log.info('trial_written', { source: written.source, reason: written.usage.fallback_reason, state });
}

/** How many messages it wrote. One that cannot be stored is written again when its lease has ended; it does not hold up the others. */
export async function runTrialRound(deps: DraftDeps, log: Log): Promise<number> {
  const drafts = await deps.database.call(
    'claim_trials',
    {
      p_limit: BATCH,
      p_lease_seconds: LEASE_SECONDS,
      p_model: deps.model,
      p_estimate_micro_usd: deps.model && estimateMicroUsd(deps.model),
      p_now: deps.now().toISOString(),
    },
    z.array(claimedTrialDraft),
  );
  const results = await Promise.allSettled(
    drafts.map((draft) => handle(deps, draft, log.with({ trial_id: draft.trial_id, place: draft.place }))),
  );
  for (const [index, result] of results.entries()) {
    if (result.status === 'rejected')
      log.error('trial_failed', result.reason, { trial_id: drafts[index]?.trial_id });
  }
  return results.filter(({ status }) => status === 'fulfilled').length;
}
