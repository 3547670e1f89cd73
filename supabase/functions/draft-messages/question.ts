// One question to Claude and how its answer is read, the same whether it is asked alone or in a batch.
import type Anthropic from '@anthropic-ai/sdk';
import { z } from 'zod';
import { NoAnswerError } from './no-answer-error.ts';
import { costMicroUsd } from './prices.ts';
import type { Tokens } from './prices.ts';
import { ANSWER_SCHEMA, answerShape, SYSTEM_PROMPT, toPrompt } from './prompt.ts';
import type { Answer } from './prompt.ts';
import type { PreviousAttempt, WritingTask } from './writing-task.ts';

export type Question = Anthropic.MessageCreateParamsNonStreaming;

/** A message and its frame need a few hundred tokens; a model that cannot but think needs room for that. */
function thinkingOf(model: string): Pick<Question, 'thinking' | 'max_tokens'> {
  return model.includes('haiku')
    ? { thinking: { type: 'disabled' }, max_tokens: 800 }
    : { thinking: { type: 'adaptive' }, max_tokens: 4000 };
}

export function questionOf(task: WritingTask, model: string, previous?: PreviousAttempt): Question {
  return {
    model,
    ...thinkingOf(model),
    system: [{ type: 'text', text: SYSTEM_PROMPT }],
    messages: [{ role: 'user', content: [{ type: 'text', text: toPrompt(task, previous) }] }],
    output_config: { effort: 'low', format: { type: 'json_schema', schema: ANSWER_SCHEMA } },
  };
}

/** More tokens than the longest prompt of ours has: facts, offers and forbidden words are bounded. */
const MOST_INPUT_TOKENS = 6000;
/** A first try and the one that repairs it. */
export const TRIES = 2;

/** What one answer has at most. */
export const mostTokens = (model: string): Tokens => ({
  input_tokens: MOST_INPUT_TOKENS,
  output_tokens: thinkingOf(model).max_tokens,
});

/** What a try cost. What nobody knows counts as the most it can have been: money is never hidden. */
export function costOf(model: string, spent: NoAnswerError['spent'], options?: { isBatch: boolean }): number {
  if (spent === 'nothing') return 0;
  return costMicroUsd(model, spent === 'unknown' ? mostTokens(model) : spent, options);
}

/** What writing one message costs at most, in millionths of a US dollar: this much of a budget is reserved before asking. */
export const estimateMicroUsd = (model: string): number => TRIES * costMicroUsd(model, mostTokens(model));

/** The SDK checks no answer: between us and Claude may be a proxy with ideas of its own. */
const answered = z.looseObject({
  stop_reason: z.string().nullish(),
  content: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })),
  usage: z.looseObject({ input_tokens: z.number().nonnegative(), output_tokens: z.number().nonnegative() }),
});

/** The tokens of an answer, if it says them. */
export const spentOn = (message: unknown): NoAnswerError['spent'] =>
  answered.pick({ usage: true }).safeParse(message).data?.usage ?? 'unknown';

/** What Claude answered, in the shape that was asked for; throws NoAnswerError. Why it stopped comes before what it says. */
export function readShape<T>(message: unknown, shape: z.ZodType<T>): T {
  const spent = spentOn(message);
  const { data, error } = answered.safeParse(message);
  if (!data) throw new NoAnswerError('What came was no answer of Claude’s', spent, { cause: error });
  if (data.stop_reason === 'refusal') throw new NoAnswerError('Claude declined to answer', spent);
  if (data.stop_reason !== 'end_turn') {
    throw new NoAnswerError(`Claude's answer was cut off (${data.stop_reason})`, spent);
  }
  const text = data.content
    .filter((block) => block.type === 'text')
    .map((block) => block.text ?? '')
    .join('');
  try {
    return shape.parse(JSON.parse(text));
  } catch (cause) {
    throw new NoAnswerError("Claude's answer was not of the shape agreed", spent, { cause });
  }
}

export const readAnswer = (message: unknown): Answer => readShape(message, answerShape);
