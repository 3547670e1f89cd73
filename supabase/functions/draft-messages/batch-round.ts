// Drafts in batches, at half the price: many that have time are asked for together, and looked at once a minute until Anthropic has
// answered them. Whatever goes wrong with a batch is noted, and its drafts are written one by one: nobody waits for a batch for ever.
import { z } from 'zod';
import { DatabaseError } from '../_shared/database.ts';
import type { Log } from '../_shared/log.ts';
import type { BatchClient } from './batch-client.ts';
import { BatchError } from './batch-error.ts';
import { readSlice } from './batch-results.ts';
import { claimedBatch, dueBatch } from './claimed-batch.ts';
import type { ClaimedBatch, DueBatch } from './claimed-batch.ts';
import type { DraftDeps } from './draft-round.ts';
import { costMicroUsd } from './prices.ts';
import { PROMPT_VERSION } from './prompt.ts';
import { mostTokens, questionOf } from './question.ts';

export interface BatchDeps extends DraftDeps {
  /** Null: drafting is off. */
  batches: BatchClient | null;
  /** So many drafts of a club that have time make a batch. */
  batchFrom: number;
}

export interface BatchRound {
  /** Answers. */
  read: number;
  drafted: number;
  fallbacks: number;
}

const MOST_IN_A_BATCH = 1000;
/** Nothing is begun later: drafts that cannot wait are written after this. */
const BEGIN_WITHIN_MS = 15_000;

async function fail(
  { database, now }: BatchDeps,
  { club_id, batch_id }: Pick<DueBatch, 'club_id' | 'batch_id'>,
  error: BatchError,
): Promise<void> {
  await database.call(
    'fail_batch',
    {
      p_club_id: club_id,
      p_batch_id: batch_id,
      p_error: error.message,
      p_is_unspent: error.isRefused,
      p_now: now().toISOString(),
    },
    z.null(),
  );
}

/** Asks for the drafts of a batch. Died on the way, their leases end by themselves, and what may have been spent stays reserved. */
async function submit(
  deps: BatchDeps,
  client: BatchClient,
  model: string,
  batch: ClaimedBatch,
  log: Log,
): Promise<void> {
  let providerId: string;
  try {
    providerId = await client.submit(
      batch.tasks.map((task) => ({ id: task.draft_id, question: questionOf(task, model) })),
    );
  } catch (error) {
    if (!(error instanceof BatchError)) throw error;
    log.error('not_submitted', error);
    return fail(deps, batch, error);
  }
  const isOurs = await deps.database.call(
    'start_batch',
    {
      p_club_id: batch.club_id,
      p_batch_id: batch.batch_id,
      p_provider_id: providerId,
      p_now: deps.now().toISOString(),
    },
    z.boolean(),
  );
  log.info('submitted', { provider_id: providerId, drafts: batch.tasks.length, is_ours: isOurs });
  if (!isOurs) await client.cancel(providerId);
}

async function submitWaiting(
  deps: BatchDeps,
  client: BatchClient,
  model: string,
  log: Log,
): Promise<boolean> {
  const batch = await deps.database.call(
    'claim_batch',
    {
      p_from: deps.batchFrom,
      p_limit: MOST_IN_A_BATCH,
      p_model: model,
      p_prompt_version: PROMPT_VERSION,
      // One question at half the price: the one that repairs it is asked, and reserved for, alone.
      p_estimate_micro_usd: costMicroUsd(model, mostTokens(model), { isBatch: true }),
      p_now: deps.now().toISOString(),
    },
    claimedBatch.nullable(),
  );
  if (!batch) return false;
  await submit(deps, client, model, batch, log.with({ club_id: batch.club_id, batch_id: batch.batch_id }));
  return true;
}

async function lookAt(deps: BatchDeps, client: BatchClient, batch: DueBatch, log: Log): Promise<BatchRound> {
  const round: BatchRound = { read: 0, drafted: 0, fallbacks: 0 };
  const { provider_id } = batch;
  let view = await client.look(provider_id);
  if (view.status === 'in_progress' && batch.is_overdue) view = await client.cancel(provider_id);
  let status: 'in_progress' | 'canceling' | 'reading' | 'read' = 'in_progress';
  if (view.status === 'ended') {
    const read = await readSlice(deps, client, batch, log);
    round.read = read.read;
    round.drafted = read.drafted;
    round.fallbacks = read.fallbacks;
    // What could not be stored waits for the next look, in a minute.
    if (read.failed === 0) status = read.isLast ? 'read' : 'reading';
  } else {
    status = view.status;
  }
  log.info('looked', { status, counts: view.counts, drafted: round.drafted });
  await deps.database.call(
    'note_batch',
    {
      p_club_id: batch.club_id,
      p_batch_id: batch.batch_id,
      p_status: status,
      p_counts: view.counts,
      p_now: deps.now().toISOString(),
    },
    z.null(),
  );
  return round;
}

/** Looks at one batch that is due; null when there is none. */
async function lookAtDue(deps: BatchDeps, log: Log): Promise<BatchRound | null> {
  const { database, batches: client, now } = deps;
  const due = await database.call('look_at_batch', { p_now: now().toISOString() }, dueBatch.nullable());
  // Without a key nobody can read it; its drafts are given back when its time is over.
  if (!due || !client) return null;
  const dueLog = log.with({ club_id: due.club_id, batch_id: due.batch_id });
  try {
    return await lookAt(deps, client, due, dueLog);
  } catch (error) {
    if (!(error instanceof BatchError)) throw error;
    dueLog.error('not_looked_at', error);
    // Anthropic knows nothing of it any more, and never will. Any other error may be over in a minute.
    if (error.status === 404) await fail(deps, due, error);
    return { read: 0, drafted: 0, fallbacks: 0 };
  }
}

export async function runBatchRound(deps: BatchDeps, log: Log): Promise<BatchRound> {
  const { batches: client, model, now } = deps;
  const startedAt = now().getTime();
  const isEarly = () => now().getTime() - startedAt < BEGIN_WITHIN_MS;
  const round: BatchRound = { read: 0, drafted: 0, fallbacks: 0 };
  try {
    // One slice of answers in an invocation: the rest is due at once, in the next.
    while (isEarly() && round.read === 0) {
      const looked = await lookAtDue(deps, log);
      if (!looked) break;
      round.read += looked.read;
      round.drafted += looked.drafted;
      round.fallbacks += looked.fallbacks;
    }
    while (client && model && isEarly() && (await submitWaiting(deps, client, model, log)));
  } catch (error) {
    if (!(error instanceof DatabaseError) && !(error instanceof BatchError)) throw error;
    // Drafts are written one by one all the same.
    log.error('batch_failed', error);
  }
  return round;
}
