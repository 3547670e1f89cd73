// The body of POST /v1/messages under anthropic-version 2026-10-21, as strict as the API.
import { z } from 'zod';
import { invalidRequest } from './api-error.ts';
import { ApiError } from './api-error.ts';
import { alwaysThinks, effortsWithoutThinking, models, refusesBudget } from './models.ts';
import { checkOutputSchema } from './output-schema.ts';
import type { JsonSchema } from './output-schema.ts';

const cacheControl = z
  .strictObject({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).optional() })
  .nullish();
const textBlock = z.strictObject({
  type: z.literal('text'),
  text: z.string().min(1),
  cache_control: cacheControl,
});
const content = z.union([z.string().min(1), z.array(textBlock).min(1)]);

const message = z.strictObject({ role: z.enum(['user', 'assistant']), content });

const thinking = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('disabled') }),
  z.strictObject({ type: z.literal('adaptive'), display: z.enum(['summarized', 'omitted']).nullish() }),
  z.strictObject({ type: z.literal('between_tools'), display: z.enum(['summarized', 'omitted']).nullish() }),
  z.strictObject({ type: z.literal('enabled'), budget_tokens: z.int().min(1024) }),
]);

const outputConfig = z.strictObject({
  effort: z.enum(['low', 'medium', 'high', 'xhigh', 'max']).nullish(),
  format: z
    .strictObject({ type: z.literal('json_schema'), schema: z.record(z.string(), z.unknown()) })
    .nullish(),
});

const countRequest = z.strictObject({
  model: z.string(),
  messages: z.array(message).min(1),
  system: content.optional(),
  thinking: thinking.optional(),
  output_config: outputConfig.optional(),
  cache_control: cacheControl,
});

const messageRequest = countRequest.extend({
  max_tokens: z.int().positive().max(128_000),
  metadata: z.strictObject({ user_id: z.string().max(256).nullish() }).optional(),
  stop_sequences: z.array(z.string()).optional(),
  stream: z.literal(false).optional(),
  service_tier: z.enum(['auto', 'standard_only']).optional(),
  inference_geo: z.enum(['global', 'us']).nullish(),
});

export type CountRequest = z.infer<typeof countRequest>;
export type MessageRequest = z.infer<typeof messageRequest>;

function parse<T extends z.ZodType>(schema: T, input: unknown): z.infer<T> {
  for (const name of ['temperature', 'top_p', 'top_k']) {
    if (typeof input === 'object' && input !== null && name in input) {
      throw invalidRequest(
        `${name}: sampling parameters are not supported as of anthropic-version 2026-10-21`,
      );
    }
  }
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  if (issue?.code === 'unrecognized_keys') {
    throw invalidRequest(`${[...issue.path, issue.keys[0]].join('.')}: Extra inputs are not permitted`);
  }
  throw invalidRequest(`${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'is not valid'}`);
}

function checkModel(request: CountRequest): void {
  const { model, thinking: mode, output_config: output } = request;
  if (!models.includes(model)) throw new ApiError('not_found_error', `model: ${model}`);
  if (mode?.type === 'enabled' && refusesBudget(model)) {
    throw invalidRequest(
      'thinking.enabled.budget_tokens: is not supported by this model; use adaptive thinking',
    );
  }
  if (mode?.type !== 'disabled') return;
  if (alwaysThinks(model)) throw invalidRequest('thinking.type: "disabled" is not supported by this model');
  if (refusesBudget(model) && output?.effort && !effortsWithoutThinking.includes(output.effort)) {
    throw invalidRequest(`thinking.type: "disabled" is not supported with effort "${output.effort}"`);
  }
}

function checkRequest(request: CountRequest): void {
  checkModel(request);
  if (request.messages.at(-1)?.role !== 'user') {
    throw invalidRequest(
      'This model does not support assistant message prefill. The conversation must end with a user message.',
    );
  }
  const schema = request.output_config?.format?.schema;
  if (schema) checkOutputSchema(schema as JsonSchema, 'output_config.format.schema');
}

export function parseMessageRequest(input: unknown): MessageRequest {
  const request = parse(messageRequest, input);
  checkRequest(request);
  return request;
}

export function parseCountRequest(input: unknown): CountRequest {
  const request = parse(countRequest, input);
  checkRequest(request);
  return request;
}

const blocksOf = (value: z.infer<typeof content>): string[] =>
  typeof value === 'string' ? [value] : value.map((block) => block.text);

/** The text blocks of the last message: what is asked. */
export const lastUserTexts = (request: CountRequest): string[] =>
  blocksOf(request.messages.at(-1)?.content ?? '');

/** All text the model would read. */
export const allText = (request: CountRequest): string =>
  [
    ...(request.system === undefined ? [] : blocksOf(request.system)),
    ...request.messages.flatMap((entry) => blocksOf(entry.content)),
    request.output_config?.format ? JSON.stringify(request.output_config.format.schema) : '',
  ].join('\n');
