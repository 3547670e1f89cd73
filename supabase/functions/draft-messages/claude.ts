// One question to Claude and its answer, read with suspicion: why it stopped comes before what it says.
import Anthropic, { APIConnectionTimeoutError, APIError } from '@anthropic-ai/sdk';
import { ANSWER_SCHEMA, answerShape, SYSTEM_PROMPT } from './prompt.ts';
import type { Answer } from './prompt.ts';

export interface ClaudeOptions {
  apiKey: string;
  model: string;
  baseURL?: string;
  timeoutMs?: number;
}

export interface Usage {
  input_tokens: number;
  output_tokens: number;
  request_id?: string;
}

/** No usable answer. The message says why, in words an operator can read; tokens may have been spent all the same. */
export class NoAnswerError extends Error {
  readonly usage: Usage | undefined;

  constructor(message: string, usage?: Usage, options?: ErrorOptions) {
    super(message, options);
    this.name = 'NoAnswerError';
    this.usage = usage;
  }
}

export interface Claude {
  model: string;
  ask(prompt: string): Promise<{ answer: Answer; usage: Usage }>;
}

const TIMEOUT_MS = 25_000;

/** A line and its frame need a few hundred tokens; a model that cannot but think needs room for that. */
function thinkingOf(
  model: string,
): Pick<Anthropic.MessageCreateParamsNonStreaming, 'thinking' | 'max_tokens'> {
  return model.includes('haiku')
    ? { thinking: { type: 'disabled' }, max_tokens: 800 }
    : { thinking: { type: 'adaptive' }, max_tokens: 4000 };
}

export function createClaude({ apiKey, model, baseURL, timeoutMs = TIMEOUT_MS }: ClaudeOptions): Claude {
  const client = new Anthropic({
    apiKey,
    baseURL,
    timeout: timeoutMs,
    maxRetries: 1,
    logLevel: 'off',
    openTelemetry: false,
  });
  return {
    model,
    async ask(prompt) {
      const message = await create(client, timeoutMs, {
        model,
        ...thinkingOf(model),
        system: [{ type: 'text', text: SYSTEM_PROMPT }],
        messages: [{ role: 'user', content: [{ type: 'text', text: prompt }] }],
        output_config: { effort: 'low', format: { type: 'json_schema', schema: ANSWER_SCHEMA } },
      });
      const usage = {
        input_tokens: message.usage.input_tokens,
        output_tokens: message.usage.output_tokens,
        request_id: message._request_id ?? undefined,
      };
      return { answer: readAnswer(message, usage), usage };
    },
  };
}

async function create(
  client: Anthropic,
  timeoutMs: number,
  params: Anthropic.MessageCreateParamsNonStreaming,
) {
  try {
    return await client.messages.create(params);
  } catch (cause) {
    throw new NoAnswerError(describe(cause, timeoutMs), undefined, { cause });
  }
}

function describe(error: unknown, timeoutMs: number): string {
  if (error instanceof APIConnectionTimeoutError) return `Claude did not answer within ${timeoutMs / 1000} s`;
  if (!(error instanceof APIError)) return 'the question to Claude could not be asked';
  if (error.status === undefined) return 'Claude could not be reached';
  return `Claude answered ${error.status} (${error.type ?? 'no type'}): ${error.apiMessage ?? 'no message'}`;
}

function readAnswer(message: Anthropic.Message, usage: Usage): Answer {
  if (message.stop_reason === 'refusal') throw new NoAnswerError('Claude declined to answer', usage);
  if (message.stop_reason !== 'end_turn') {
    throw new NoAnswerError(`Claude's answer was cut off (${message.stop_reason})`, usage);
  }
  const text = message.content
    .filter((block) => block.type === 'text')
    .map((block) => block.text)
    .join('');
  try {
    return answerShape.parse(JSON.parse(text));
  } catch (cause) {
    throw new NoAnswerError("Claude's answer was not of the shape agreed", usage, { cause });
  }
}
