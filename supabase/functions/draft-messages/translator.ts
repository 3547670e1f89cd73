// Asks Claude, once, what a message says in another language. Without an answer the colleague reads the message as it is, and why.
import { APIError } from '@anthropic-ai/sdk';
import type Anthropic from '@anthropic-ai/sdk';
import type { Now } from '../_shared/clock.ts';
import { createAnthropic, describe } from './claude.ts';
import type { ClaudeOptions } from './claude.ts';
import { hideNames, putNamesBack } from './name-slots.ts';
import { NoAnswerError } from './no-answer-error.ts';
import { spentOn } from './question.ts';
import { readTranslation } from './translation-answer.ts';
import {
  TRANSLATION_PROMPT_VERSION,
  translationCostOf,
  translationQuestionOf,
} from './translation-question.ts';
import type { TranslationTask } from './translation-task.ts';
import type { DraftUsage } from './writer.ts';

export type TranslationUsage = Omit<DraftUsage, 'voice_version'>;

/** Either what it says, or why nobody knows. */
export interface Translated {
  text: string | null;
  error: Error | null;
  usage: TranslationUsage;
}

export interface Translator {
  model: string;
  translate(task: TranslationTask): Promise<Translated>;
}

/** A card waits for it, and so do those behind it: less patience than a draft has. */
const TIMEOUT_MS = 12_000;

export const noTranslationUsage: TranslationUsage = {
  prompt_version: TRANSLATION_PROMPT_VERSION,
  attempts: 0,
  input_tokens: 0,
  output_tokens: 0,
  cost_micro_usd: 0,
  latency_ms: 0,
};

type Answered = Anthropic.Message & { _request_id?: string | null };

export function createTranslator(options: ClaudeOptions & { now: Now }): Translator {
  const { model, now, timeoutMs = TIMEOUT_MS } = options;
  const client = createAnthropic({ ...options, timeoutMs });

  async function ask(task: TranslationTask, text: string): Promise<Answered> {
    try {
      return await client.messages.create(translationQuestionOf(task, text, model));
    } catch (cause) {
      const isAnswered = cause instanceof APIError && cause.status !== undefined;
      throw new NoAnswerError(describe(cause, timeoutMs), isAnswered ? 'nothing' : 'unknown', { cause });
    }
  }

  function read(task: TranslationTask, hidden: string, message: Answered): string {
    const text = putNamesBack(task, hidden, readTranslation(message, hidden, task));
    if (text === null) throw new NoAnswerError('Claude lost the place of a name', spentOn(message));
    return text;
  }

  return {
    model,
    async translate(task) {
      const startedAt = now().getTime();
      const hidden = hideNames(task);
      const usageOf = (spent: NoAnswerError['spent'], requestId?: string | null): TranslationUsage => ({
        ...noTranslationUsage,
        model,
        attempts: 1,
        ...(typeof spent === 'object'
          ? { input_tokens: spent.input_tokens, output_tokens: spent.output_tokens }
          : {}),
        cost_micro_usd: translationCostOf(model, spent),
        latency_ms: now().getTime() - startedAt,
        ...(requestId ? { request_id: requestId } : {}),
      });
      let requestId: string | null | undefined;
      try {
        const message = await ask(task, hidden);
        requestId = message._request_id;
        const text = read(task, hidden, message);
        return { text, error: null, usage: usageOf(spentOn(message), requestId) };
      } catch (error) {
        if (!(error instanceof NoAnswerError)) throw error;
        return { text: null, error, usage: usageOf(error.spent, requestId) };
      }
    },
  };
}
