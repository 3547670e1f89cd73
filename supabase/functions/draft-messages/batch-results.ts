// Reads the answers of a batch that has ended, a slice at a time. Which are read is in the database: whoever comes next goes on there,
// and an answer that is read twice changes nothing.
import { z } from 'zod';
import type { Log } from '../_shared/log.ts';
import type { BatchClient, BatchResult } from './batch-client.ts';
import type { DueBatch } from './claimed-batch.ts';
import { claimedDraft } from './claimed-draft.ts';
import type { ClaimedDraft } from './claimed-draft.ts';
import { keepWritten } from './draft-round.ts';
import type { DraftDeps } from './draft-round.ts';
import { NoAnswerError } from './no-answer-error.ts';
import type { Answer } from './prompt.ts';
import { costOf, readAnswer, spentOn } from './question.ts';
import { addTry, judgeAnswer, nothingUsed, toStatic, toWritten } from './writer.ts';
import type { DraftUsage, Written } from './writer.ts';
import type { PreviousAttempt } from './writing-task.ts';

/** As many as are checked and stored well within the 2 s of computing that an invocation has. */
export const SLICE = 50;
const AT_ONCE = 5;

export interface SliceRead {
  read: number;
  drafted: number;
  fallbacks: number;
  /** Could not be stored: they are read again. */
  failed: number;
  isLast: boolean;
}

type Succeeded = Extract<BatchResult['result'], { type: 'succeeded' }>;

/** The words, or what is wrong with them, by the same rules as for an answer to a single question. */
function judge(
  { model }: DueBatch,
  task: ClaimedDraft,
  { message }: Succeeded,
  used: DraftUsage,
): Written | PreviousAttempt {
  let answer: Answer;
  try {
    answer = readAnswer(message);
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error;
    return toStatic(task, used, 'no_answer', error.message);
  }
  const judged = judgeAnswer(answer, task);
  return 'problems' in judged ? judged : toWritten(task, model, judged.message, used);
}

function usageOf(deps: DraftDeps, batch: DueBatch, task: ClaimedDraft, { message }: Succeeded): DraftUsage {
  return {
    ...addTry(nothingUsed(task), batch.model, spentOn(message), { isBatch: true }),
    prompt_version: batch.prompt_version,
    voice_version: batch.voice_version,
    is_batch: true,
    latency_ms: deps.now().getTime() - Date.parse(batch.submitted_at),
    request_id: message.id,
  };
}

/** Gives a draft back to be written alone. */
async function release(
  { database, now }: DraftDeps,
  { club_id }: DueBatch,
  lease: { draft_id: string; lease_token: string },
  usage: Pick<DraftUsage, 'cost_micro_usd' | 'attempts'>,
  previous: PreviousAttempt | null,
): Promise<void> {
  await database.call(
    'release_batched_draft',
    {
      p_club_id: club_id,
      p_draft_id: lease.draft_id,
      p_lease_token: lease.lease_token,
      p_previous_attempt: previous,
      p_usage: usage,
      p_now: now().toISOString(),
    },
    z.null(),
  );
}

/** Where the draft's words came from; null: it was given back. */
async function settle(
  deps: DraftDeps,
  batch: DueBatch,
  { custom_id, result }: BatchResult,
  task: ClaimedDraft | undefined,
  log: Log,
): Promise<Written['source'] | null> {
  const lease = { draft_id: custom_id, lease_token: batch.leases[custom_id]! };
  if (result.type !== 'succeeded') {
    log.warn('not_answered', { result: result.type });
    await release(deps, batch, lease, { cost_micro_usd: 0, attempts: 0 }, null);
    return null;
  }
  // Its template is gone, or another worker has just read it: only what it cost is to be kept.
  if (!task) {
    const cost = costOf(batch.model, spentOn(result.message), { isBatch: true });
    await release(deps, batch, lease, { cost_micro_usd: cost, attempts: 1 }, null);
    return null;
  }
  const used = usageOf(deps, batch, task, result);
  const judged = judge(batch, task, result, used);
  if ('source' in judged) return keepWritten(deps, task, judged, log);
  log.info('not_accepted', { problems: judged.problems });
  await release(deps, batch, lease, used, judged);
  return null;
}

/** The next lines whose drafts wait for them. */
async function take(client: BatchClient, { provider_id, leases }: DueBatch) {
  const lines: BatchResult[] = [];
  for await (const line of client.results(provider_id)) {
    if (!(line.custom_id in leases)) continue;
    if (lines.length === SLICE) return { lines, isLast: false };
    lines.push(line);
  }
  return { lines, isLast: true };
}

export async function readSlice(
  deps: DraftDeps,
  client: BatchClient,
  batch: DueBatch,
  log: Log,
): Promise<SliceRead> {
  const { lines, isLast } = await take(client, batch);
  const tasks = await deps.database.call(
    'batch_tasks',
    {
      p_club_id: batch.club_id,
      p_batch_id: batch.batch_id,
      p_draft_ids: lines.map(({ custom_id }) => custom_id),
    },
    z.array(claimedDraft),
  );
  const taskOf = new Map(tasks.map((task) => [task.draft_id, task]));
  const read: SliceRead = { read: lines.length, drafted: 0, fallbacks: 0, failed: 0, isLast };
  for (let place = 0; place < lines.length; place += AT_ONCE) {
    const some = lines.slice(place, place + AT_ONCE);
    const results = await Promise.allSettled(
      some.map((line) =>
        settle(deps, batch, line, taskOf.get(line.custom_id), log.with({ draft_id: line.custom_id })),
      ),
    );
    for (const [index, result] of results.entries()) {
      if (result.status === 'rejected') {
        read.failed += 1;
        log.error('draft_failed', result.reason, { draft_id: some[index]!.custom_id });
      } else if (result.value !== null) {
        read.drafted += 1;
        if (result.value === 'static') read.fallbacks += 1;
      }
    }
  }
  return read;
}
