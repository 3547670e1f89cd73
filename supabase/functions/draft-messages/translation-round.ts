// Translates messages for the moderation chat, whose readers may not read the members' languages. A card waits for its translation, but
// never long: whatever goes wrong is stored in its place, and the card is shown without.
import { z } from 'zod';
import type { Now } from '../_shared/clock.ts';
import type { Database } from '../_shared/database.ts';
import type { Log } from '../_shared/log.ts';
import { translationEstimateMicroUsd } from './translation-question.ts';
import { claimedTranslation } from './translation-task.ts';
import type { ClaimedTranslation } from './translation-task.ts';
import { noTranslationUsage } from './translator.ts';
import type { Translator, TranslationUsage } from './translator.ts';
import { sayStaticReason } from './writing-task.ts';

export interface TranslationDeps {
  database: Database;
  /** Null: no key is set, Claude is off. */
  translator: Translator | null;
  now: Now;
}

const BATCH = 5;
/** One question of 12 s, repeated once by the client, and the storing: whoever takes longer has died. */
const LEASE_SECONDS = 60;

interface Outcome {
  text: string | null;
  error: string | null;
  usage: TranslationUsage;
}

const withoutAsking = (error: string): Outcome => ({ text: null, error, usage: noTranslationUsage });

async function translate(
  { translator }: TranslationDeps,
  task: ClaimedTranslation,
  log: Log,
): Promise<Outcome> {
  if (!translator) return withoutAsking('There is no translation: Claude is off.');
  const { static_reason: reason } = task;
  if (reason) return withoutAsking(`There is no translation: ${sayStaticReason(reason)}.`);
  const { text, error, usage } = await translator.translate(task);
  if (error) log.error('not_translated', error);
  return { text, error: error && `There is no translation: ${error.message}.`, usage };
}

async function handle(deps: TranslationDeps, task: ClaimedTranslation, log: Log): Promise<void> {
  const { text, error, usage } = await translate(deps, task, log);
  const state = await deps.database.call(
    'store_translation',
    {
      p_club_id: task.club_id,
      p_draft_id: task.draft_id,
      p_version: task.version,
      p_language: task.to,
      p_lease_token: task.lease_token,
      p_text: text,
      p_error: error,
      p_usage: usage,
      p_now: deps.now().toISOString(),
    },
    z.string(),
  );
  log.info('translated', { state, from: task.from, to: task.to });
}

/** How many it settled. One that cannot be stored is translated again when its lease has ended; it does not hold up the others. */
export async function runTranslationRound(deps: TranslationDeps, log: Log): Promise<number> {
  const { database, translator, now } = deps;
  const tasks = await database.call(
    'claim_translations',
    {
      p_limit: BATCH,
      p_lease_seconds: LEASE_SECONDS,
      p_model: translator?.model ?? null,
      p_estimate_micro_usd: translator && translationEstimateMicroUsd(translator.model),
      p_now: now().toISOString(),
    },
    z.array(claimedTranslation),
  );
  const results = await Promise.allSettled(
    tasks.map((task) => handle(deps, task, log.with({ draft_id: task.draft_id, version: task.version }))),
  );
  for (const [index, result] of results.entries()) {
    if (result.status === 'rejected')
      log.error('translation_failed', result.reason, { draft_id: tasks[index]?.draft_id });
  }
  return results.filter(({ status }) => status === 'fulfilled').length;
}
