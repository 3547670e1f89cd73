// Writes the replies that somebody asked for in a conversation. A person reads, changes and sends them; nothing here does.
import { z } from 'zod';
import type { Log } from '../_shared/log.ts';
import type { DraftDeps } from './draft-round.ts';
import { estimateMicroUsd } from './question.ts';
import type { Written } from './writer.ts';
import { writingTask } from './writing-task.ts';

const claimedSuggestion = writingTask.extend({
  club_id: z.number(),
  suggestion_id: z.number(),
  lease_token: z.uuid(),
});
type ClaimedSuggestion = z.infer<typeof claimedSuggestion>;

/** Somebody is looking at the page and waits. */
const BATCH = 5;
/** As for drafts: whoever takes longer has died, and another writes it. */
const LEASE_SECONDS = 180;

/** Why there is none, for whoever waits; null when there is one. A standard wording would answer no question. */
function whyNone({ source, usage }: Written): string | null {
  if (source === 'claude') return null;
  switch (usage.fallback_cause) {
    case 'off':
      return 'Drafting is off: set a key of Claude’s, or write the answer yourself.';
    case 'checks':
      return 'Claude’s answer said something that the club’s facts do not: write this one yourself.';
    default:
      return `There is no suggestion: ${usage.fallback_reason ?? 'nobody knows why'}. Write the answer yourself, or try again.`;
  }
}

async function handle(deps: DraftDeps, suggestion: ClaimedSuggestion, log: Log): Promise<void> {
  const written = await deps.write(suggestion, log);
  const error = whyNone(written);
  const state = await deps.database.call(
    'store_suggestion',
    {
      p_club_id: suggestion.club_id,
      p_suggestion_id: suggestion.suggestion_id,
      p_lease_token: suggestion.lease_token,
      p_message: error === null ? written.message : null,
      p_error: error,
      p_usage: written.usage,
      p_now: deps.now().toISOString(),
    },
    z.string(),
  );
  log.info('suggestion_written', { state, reason: written.usage.fallback_reason });
}

/** How many it wrote. One that cannot be stored is written again when its lease has ended; it does not hold up the others. */
export async function runSuggestionRound(deps: DraftDeps, log: Log): Promise<number> {
  const suggestions = await deps.database.call(
    'claim_suggestions',
    {
      p_limit: BATCH,
      p_lease_seconds: LEASE_SECONDS,
      p_model: deps.model,
      p_estimate_micro_usd: deps.model && estimateMicroUsd(deps.model),
      p_now: deps.now().toISOString(),
    },
    z.array(claimedSuggestion),
  );
  const results = await Promise.allSettled(
    suggestions.map((each) => handle(deps, each, log.with({ suggestion_id: each.suggestion_id }))),
  );
  for (const [index, result] of results.entries()) {
    if (result.status === 'rejected')
      log.error('suggestion_failed', result.reason, { suggestion_id: suggestions[index]?.suggestion_id });
  }
  return results.filter(({ status }) => status === 'fulfilled').length;
}
