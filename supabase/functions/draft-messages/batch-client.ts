// Batches at Anthropic. Nothing is tried twice here: a batch that was submitted twice would be paid twice, and what is only looked at
// is looked at again in a minute.
import { APIError } from '@anthropic-ai/sdk';
import type Anthropic from '@anthropic-ai/sdk';
import { BatchError } from './batch-error.ts';
import { createAnthropic, describe } from './claude.ts';
import type { ClaudeOptions } from './claude.ts';
import type { Question } from './question.ts';

export type BatchResult = Anthropic.Messages.MessageBatchIndividualResponse;
export type BatchStatus = Anthropic.Messages.MessageBatch['processing_status'];

export interface BatchView {
  status: BatchStatus;
  counts: Anthropic.Messages.MessageBatchRequestCounts;
}

/** Every call throws BatchError. */
export interface BatchClient {
  /** Returns the batch's id at Anthropic. */
  submit(questions: { id: string; question: Question }[]): Promise<string>;
  look(providerId: string): Promise<BatchView>;
  cancel(providerId: string): Promise<BatchView>;
  /** Of a batch that has ended, in any order. */
  results(providerId: string): AsyncIterable<BatchResult>;
}

/** A thousand questions are some megabytes. */
const SUBMIT_TIMEOUT_MS = 45_000;
const TIMEOUT_MS = 10_000;
/** For all lines, not only the first. */
const READ_TIMEOUT_MS = 20_000;

async function attempt<T>(timeoutMs: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const status = cause instanceof APIError ? (cause.status as number | undefined) : undefined;
    throw new BatchError(describe(cause, timeoutMs), status, { cause });
  }
}

const toView = (batch: Anthropic.Messages.MessageBatch): BatchView => ({
  status: batch.processing_status,
  counts: batch.request_counts,
});

export function createBatchClient(options: ClaudeOptions): BatchClient {
  const { batches } = createAnthropic(options).messages;
  const once = { maxRetries: 0, timeout: options.timeoutMs ?? TIMEOUT_MS };
  return {
    submit: (questions) =>
      attempt(SUBMIT_TIMEOUT_MS, async () => {
        const requests = questions.map(({ id, question }) => ({ custom_id: id, params: question }));
        return (await batches.create({ requests }, { maxRetries: 0, timeout: SUBMIT_TIMEOUT_MS })).id;
      }),
    look: (id) => attempt(once.timeout, async () => toView(await batches.retrieve(id, {}, once))),
    cancel: (id) => attempt(once.timeout, async () => toView(await batches.cancel(id, {}, once))),
    async *results(id) {
      const signal = AbortSignal.timeout(READ_TIMEOUT_MS);
      const lines = await attempt(READ_TIMEOUT_MS, () => batches.results(id, {}, { ...once, signal }));
      const reader = lines[Symbol.asyncIterator]();
      try {
        for (;;) {
          const next = await attempt(READ_TIMEOUT_MS, () => reader.next());
          if (next.done) return;
          yield next.value;
        }
      } finally {
        // Whoever has read enough leaves the rest where it is.
        lines.controller.abort();
      }
    },
  };
}
