// The words of a draft: Claude's when they pass every check, at the second try at the latest; else the scenario's own line. A
// member never waits for a message because a model had a bad day, and the reason is kept with the words.
import { checkDraft } from '../../../shared/draft-checks/check-draft.ts';
import type { Now } from '../_shared/clock.ts';
import type { Log } from '../_shared/log.ts';
import { NoAnswerError } from './claude.ts';
import type { Claude, Usage } from './claude.ts';
import type { ClaimedDraft } from './claimed-draft.ts';
import { PROMPT_VERSION, toPrompt } from './prompt.ts';
import type { Answer, PreviousAttempt } from './prompt.ts';

export interface Written {
  source: 'claude' | 'static';
  author: string;
  message: string;
  usage: {
    model?: string;
    prompt_version: string;
    attempts: number;
    input_tokens: number;
    output_tokens: number;
    latency_ms: number;
    request_id?: string;
    /** What was wrong with the first try. */
    repaired?: string[];
    fallback_reason?: string;
  };
}

export type Writer = (draft: ClaimedDraft, log: Log) => Promise<Written>;

export interface WriterDeps {
  /** Null: no key is set, drafting is off. */
  claude: Claude | null;
  now: Now;
}

const TRIES = 2;

export function toStatic(draft: ClaimedDraft, usage: Written['usage'], reason: string): Written {
  return {
    source: 'static',
    author: 'system:static',
    message: draft.static_message,
    usage: { ...usage, fallback_reason: reason },
  };
}

function problemsOf(answer: Answer, draft: ClaimedDraft): string[] {
  if (answer.refuse_reason !== null) return [`Claude wrote nothing: ${answer.refuse_reason}`];
  return checkDraft(
    { language: answer.language, message: answer.message, factsUsed: answer.facts_used },
    { language: draft.language, facts: draft.facts, maxLength: draft.max_length },
  );
}

export function createWriter({ claude, now }: WriterDeps): Writer {
  const nothingUsed = {
    prompt_version: PROMPT_VERSION,
    attempts: 0,
    input_tokens: 0,
    output_tokens: 0,
    latency_ms: 0,
  };
  if (!claude) return (draft) => Promise.resolve(toStatic(draft, nothingUsed, 'drafting is off'));

  return async (draft, log) => {
    const startedAt = now().getTime();
    let usage: Written['usage'] = { ...nothingUsed, model: claude.model };
    let previous: PreviousAttempt | undefined;
    const note = (spent: Usage | undefined) => {
      usage = {
        ...usage,
        attempts: usage.attempts + 1,
        input_tokens: usage.input_tokens + (spent?.input_tokens ?? 0),
        output_tokens: usage.output_tokens + (spent?.output_tokens ?? 0),
        latency_ms: now().getTime() - startedAt,
        request_id: spent?.request_id ?? usage.request_id,
      };
    };
    while (usage.attempts < TRIES) {
      try {
        const { answer, usage: spent } = await claude.ask(toPrompt(draft, previous));
        note(spent);
        const problems = problemsOf(answer, draft);
        if (problems.length === 0) {
          const repaired = previous ? { repaired: previous.problems } : {};
          return {
            source: 'claude',
            author: `claude:${claude.model}`,
            message: answer.message,
            usage: { ...usage, ...repaired },
          };
        }
        previous = { message: answer.message, problems };
      } catch (error) {
        if (!(error instanceof NoAnswerError)) throw error;
        note(error.usage);
        log.error('no_answer', error, { draft_id: draft.draft_id });
        return toStatic(draft, usage, error.message);
      }
    }
    return toStatic(draft, usage, previous?.problems.join(' ') ?? 'no try was made');
  };
}
