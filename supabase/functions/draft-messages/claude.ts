// Asks Claude, once: whoever waits longer than the timeout has no answer, and an error says why in words an operator can read.
import Anthropic, { APIConnectionTimeoutError, APIError } from '@anthropic-ai/sdk';
import { NoAnswerError } from './no-answer-error.ts';
import type { Answer } from './prompt.ts';
import { questionOf, readAnswer, spentOn } from './question.ts';
import type { PreviousAttempt, WritingTask } from './writing-task.ts';

export interface ClaudeOptions {
  apiKey: string;
  model: string;
  baseURL?: string;
  timeoutMs?: number;
}

export interface Asked {
  answer: Answer;
  spent: NoAnswerError['spent'];
  requestId: string | undefined;
}

export interface Claude {
  model: string;
  /** Throws NoAnswerError. */
  ask(task: WritingTask, previous?: PreviousAttempt): Promise<Asked>;
}

const TIMEOUT_MS = 25_000;

export const createAnthropic = ({ apiKey, baseURL, timeoutMs = TIMEOUT_MS }: ClaudeOptions): Anthropic =>
  new Anthropic({
    apiKey,
    baseURL,
    timeout: timeoutMs,
    maxRetries: 1,
    logLevel: 'off',
    openTelemetry: false,
  });

export function createClaude(options: ClaudeOptions): Claude {
  const { model, timeoutMs = TIMEOUT_MS } = options;
  const client = createAnthropic(options);
  return {
    model,
    async ask(task, previous) {
      let message: Anthropic.Message & { _request_id?: string | null };
      try {
        message = await client.messages.create(questionOf(task, model, previous));
      } catch (cause) {
        // An error of Claude's own is not billed; an answer that we did not wait for, or that got lost, may be.
        const isAnswered = cause instanceof APIError && cause.status !== undefined;
        throw new NoAnswerError(describe(cause, timeoutMs), isAnswered ? 'nothing' : 'unknown', { cause });
      }
      return {
        answer: readAnswer(message),
        spent: spentOn(message),
        requestId: message._request_id ?? undefined,
      };
    },
  };
}

export function describe(error: unknown, timeoutMs: number): string {
  if (error instanceof APIConnectionTimeoutError) return `Claude did not answer within ${timeoutMs / 1000} s`;
  if (!(error instanceof APIError)) return 'the question to Claude could not be asked';
  if (error.status === undefined) return 'Claude could not be reached';
  return `Claude answered ${error.status} (${error.type ?? 'no type'}): ${error.apiMessage ?? 'no message'}`;
}
