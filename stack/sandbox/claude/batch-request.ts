// The body of POST /v1/messages/batches and the query of its listing. The requests in it are looked at when they are answered.
import { z } from 'zod';
import { invalidRequest } from './api-error.ts';

const batchRequest = z.strictObject({
  requests: z
    .array(
      z.strictObject({
        custom_id: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, _ or -'),
        params: z.record(z.string(), z.unknown()),
      }),
    )
    .min(1)
    .max(100_000),
});
export type BatchRequest = z.infer<typeof batchRequest>;

const listQuery = z
  .strictObject({
    limit: z.coerce.number().int().min(1).max(1000).default(20),
    after_id: z.string().optional(),
    before_id: z.string().optional(),
  })
  .refine((query) => !(query.after_id && query.before_id), 'only one of after_id and before_id');

function read<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  if (issue?.code === 'unrecognized_keys')
    throw invalidRequest(`${[...issue.path, issue.keys[0]].join('.')}: Extra inputs are not permitted`);
  throw invalidRequest(`${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'is not valid'}`);
}

export function parseBatchRequest(input: unknown): BatchRequest {
  const request = read(batchRequest, input);
  const ids = new Set<string>();
  for (const { custom_id: id } of request.requests) {
    if (ids.has(id)) throw invalidRequest(`requests: custom_id "${id}" is not unique`);
    ids.add(id);
  }
  return request;
}

export const parseListQuery = (query: Record<string, string>) => read(listQuery, query);
