// The words of a draft: Claude's when they pass every check, at the second try at the latest; else the scenario's own line. A
// member never waits for a message because a model had a bad day, and the reason is kept with the words.
import { checkDraft } from '../../../shared/draft-checks/check-draft.ts';
import type { DraftTask } from '../../../shared/draft-checks/draft.ts';
import { fillAddress, FIRST_NAME } from '../../../shared/draft-checks/address.ts';
import { checkWhole } from '../../../shared/draft-checks/whole.ts';
import type { Now } from '../_shared/clock.ts';
import type { Log } from '../_shared/log.ts';
import type { Claude } from './claude.ts';
import { NoAnswerError } from './no-answer-error.ts';
import { PROMPT_VERSION } from './prompt.ts';
import type { Answer } from './prompt.ts';
import { costOf, TRIES } from './question.ts';
import { sayStaticReason } from './writing-task.ts';
import type { PreviousAttempt, WritingTask } from './writing-task.ts';

/** Why the static line was taken. */
export type FallbackCause = 'off' | 'budget_money' | 'budget_drafts' | 'no_answer' | 'checks' | 'template';

export interface DraftUsage {
  model?: string;
  prompt_version: string;
  voice_version: number;
  attempts: number;
  input_tokens: number;
  output_tokens: number;
  cost_micro_usd: number;
  latency_ms: number;
  request_id?: string;
  is_batch?: boolean;
  /** What was wrong with the first try. */
  repaired?: string[];
  fallback_cause?: FallbackCause;
  fallback_reason?: string;
  /** What a person should look at: it does not go out by itself. */
  warnings?: string[];
}

export interface Written {
  source: 'claude' | 'static';
  author: string;
  message: string;
  usage: DraftUsage;
}

export type Writer = (task: WritingTask, log: Log) => Promise<Written>;

export interface WriterDeps {
  /** Null: no key is set, drafting is off. */
  claude: Claude | null;
  now: Now;
}

function warningsOf(task: WritingTask, message: string): Pick<DraftUsage, 'warnings'> {
  const whole = task.frame.replace('{{message}}', () => message);
  const warnings = checkWhole(whole, task.language, { hasOptOutButton: task.has_opt_out_button });
  return warnings.length > 0 ? { warnings } : {};
}

export function toStatic(
  task: WritingTask,
  usage: DraftUsage,
  fallback_cause: FallbackCause,
  fallback_reason: string,
): Written {
  const message = task.static_message;
  return {
    source: 'static',
    author: 'system:static',
    message,
    usage: { ...usage, fallback_cause, fallback_reason, ...warningsOf(task, message) },
  };
}

export function toWritten(task: WritingTask, model: string, message: string, usage: DraftUsage): Written {
  return {
    source: 'claude',
    author: `claude:${model}`,
    message,
    usage: { ...usage, ...warningsOf(task, message) },
  };
}

/** The rules an answer is held to. */
export const toDraftTask = (task: WritingTask): DraftTask => ({
  language: task.language,
  form: task.form,
  facts: task.facts,
  maxLength: task.max_length,
  address: task.address,
  forbiddenWords: task.voice.forbidden_words,
  lastMessage: task.last_message,
});

/** The words as the member will read them, or what is wrong with them. */
export function judgeAnswer(answer: Answer, task: WritingTask): { message: string } | PreviousAttempt {
  const problems =
    answer.refuse_reason !== null
      ? [`Claude wrote nothing: ${answer.refuse_reason}`]
      : checkDraft(
          { language: answer.language, message: answer.message, factsUsed: answer.facts_used },
          toDraftTask(task),
        );
  // A problem may quote the text that was checked, with the name in it; the next question to Claude may not.
  const { address } = task;
  return problems.length > 0
    ? {
        message: answer.message,
        problems: address === null ? problems : problems.map((each) => each.replaceAll(address, FIRST_NAME)),
      }
    : { message: fillAddress(answer.message, task.address) };
}

export const nothingUsed = (task: WritingTask): DraftUsage => ({
  prompt_version: PROMPT_VERSION,
  voice_version: task.voice.version,
  attempts: 0,
  input_tokens: 0,
  output_tokens: 0,
  cost_micro_usd: 0,
  latency_ms: 0,
});

/** What one more try adds. */
export function addTry(
  usage: DraftUsage,
  model: string,
  spent: NoAnswerError['spent'],
  { isBatch = false } = {},
): DraftUsage {
  const counted = typeof spent === 'object' ? spent : { input_tokens: 0, output_tokens: 0 };
  return {
    ...usage,
    model,
    attempts: usage.attempts + 1,
    input_tokens: usage.input_tokens + counted.input_tokens,
    output_tokens: usage.output_tokens + counted.output_tokens,
    cost_micro_usd: usage.cost_micro_usd + costOf(model, spent, { isBatch }),
  };
}

export function createWriter({ claude, now }: WriterDeps): Writer {
  return async (task, log) => {
    if (!claude) return toStatic(task, nothingUsed(task), 'off', 'drafting is off');
    const { static_reason: reason } = task;
    if (reason) return toStatic(task, nothingUsed(task), reason, sayStaticReason(reason));

    const startedAt = now().getTime();
    let previous = task.previous_attempt ?? undefined;
    let usage: DraftUsage = { ...nothingUsed(task), model: claude.model, attempts: previous ? 1 : 0 };
    const note = (spent: NoAnswerError['spent']) => {
      usage = { ...addTry(usage, claude.model, spent), latency_ms: now().getTime() - startedAt };
    };
    while (usage.attempts < TRIES) {
      try {
        const { answer, spent, requestId } = await claude.ask(task, previous);
        note(spent);
        if (requestId) usage.request_id = requestId;
        const judged = judgeAnswer(answer, task);
        if (!('problems' in judged)) {
          const repaired = previous ? { repaired: previous.problems } : {};
          return toWritten(task, claude.model, judged.message, { ...usage, ...repaired });
        }
        previous = judged;
      } catch (error) {
        if (!(error instanceof NoAnswerError)) throw error;
        note(error.spent);
        log.error('no_answer', error);
        return toStatic(task, usage, 'no_answer', error.message);
      }
    }
    return toStatic(task, usage, 'checks', previous?.problems.join(' ') ?? 'no try was made');
  };
}
